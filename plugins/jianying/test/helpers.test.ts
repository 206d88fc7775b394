import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeSampleMedia, type SampleMedia } from '@cozecut/tools/sample-media';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Any, openTestHost, second, type TestHost } from './support/host.ts';

const folder = mkdtempSync(join(tmpdir(), 'cozecut-helpers-'));
let media: SampleMedia;
let host: TestHost;
const run = (tool: string, input: object): Promise<Any> => host.run(tool, input);

beforeAll(async () => {
  media = await makeSampleMedia(folder);
  host = await openTestHost(folder);
});
afterAll(async () => {
  await host.close();
  rmSync(folder, { recursive: true });
});

describe('timelines', () => {
  // Cut points that the tool which workflows come from gives for these inputs.
  test.each([
    [10_000_000, 0, 2, [1_867_825]],
    [10_000_000, 0, 3, [419_610, 1_867_825]],
    [10_000_000, 0, 5, [419_610, 1_867_825, 4_108_603, 4_614_226]],
    [
      10_000_000,
      0,
      10,
      [419_610, 1_458_591, 1_719_583, 1_867_825, 2_341_057, 3_744_854, 4_108_603, 4_614_226, 9_149_732],
    ],
    [60_000_000, 0, 5, [1_678_443, 7_471_301, 42_911_206, 49_764_611]],
    [10_000_000, 1_000_000, 3, [1_419_610, 2_867_825]],
    [10, 5, 3, [6, 15]],
  ])('%i us from %i in %i random parts', async (duration, start, num, cuts) => {
    const { timelines, all_timelines } = await run('timelines', { duration, start, num, type: 1 });
    expect(timelines.slice(0, -1).map(({ end }: Any) => end)).toEqual(cuts);
    expect(timelines.slice(1).map(({ start: at }: Any) => at)).toEqual(cuts);
    expect(all_timelines).toEqual([{ start, end: start + duration }]);
  });

  test('random parts of more than an hour and a half use more than one word of the generator', async () => {
    const { timelines } = await run('timelines', { duration: 2 ** 40, num: 4, type: 1 });
    const ends = timelines.map(({ end }: Any) => end);
    expect(ends).toHaveLength(4);
    expect(ends).toEqual([...ends].sort((a, b) => a - b));
    expect(ends[2]).toBeGreaterThan(2 ** 32);
  });

  test('equal parts leave the rest to the last, and no part is none', async () => {
    const { timelines } = await run('timelines', { duration: 10, num: 3, start: 5 });
    expect(timelines).toEqual([
      { start: 5, end: 8 },
      { start: 8, end: 11 },
      { start: 11, end: 15 },
    ]);
    expect(await run('timelines', { duration: 10, num: 0 })).toEqual({
      timelines: [],
      all_timelines: [{ start: 0, end: 10 }],
    });
    expect(await host.refused('timelines', { duration: 2 ** 53, num: 1, start: 5 })).toMatchObject({
      code: 'INPUT_INVALID',
    });
  });

  test('sounds lie one behind the other', async () => {
    const { timelines, all_timelines } = await run('audio_timelines', {
      links: [media.music, media.video, media.music],
      start: 100,
    });
    expect(timelines[0].start).toBe(100);
    expect(timelines[1].start).toBe(timelines[0].end);
    expect(timelines[2].end - timelines[2].start).toBe(timelines[0].end - timelines[0].start);
    expect(all_timelines).toEqual([{ start: 100, end: timelines[2].end }]);
    expect(await run('audio_timelines', { links: [] })).toEqual({
      timelines: [],
      all_timelines: [{ start: 0, end: 0 }],
    });
    expect(await host.refused('audio_timelines', { links: [media.picture] })).toMatchObject({
      code: 'MEDIA_UNSUPPORTED',
    });
  });
});

test('media are looked into', async () => {
  const info = await run('get_media_info', { url: media.videoPortrait });
  expect(info).toMatchObject({ kind: 'video', has_audio: expect.any(Boolean), bytes: expect.any(Number) });
  expect(info.height).toBeGreaterThan(info.width);
  expect(info).toMatchObject({ fps: expect.any(Number), rotation: 0, codecs: ['avc'] });
  expect(info.fps).toBeGreaterThan(0);
  expect(await run('get_media_info', { url: media.picture })).toMatchObject({
    kind: 'photo',
    duration_us: 0,
    fps: 0,
    codecs: [],
    has_audio: false,
  });
  const { duration } = await run('get_audio_duration', { mp3_url: media.music });
  expect((await run('get_media_info', { url: media.music })).duration_us).toBe(duration);
  const text = join(folder, 'words.mp3');
  writeFileSync(text, 'no sound');
  expect(await host.refused('get_audio_duration', { mp3_url: text })).toMatchObject({
    code: 'MEDIA_UNSUPPORTED',
  });
  expect(await host.refused('get_media_info', { url: '/etc/passwd' })).toMatchObject({
    code: 'MEDIA_FORBIDDEN',
  });
});

test('of a long video at an address no more is fetched than is needed', async () => {
  const padding = Buffer.alloc(5_000_000);
  padding.writeUInt32BE(padding.length);
  padding.write('free', 4);
  const content = Buffer.concat([readFileSync(media.videoPortrait), padding]);
  let sent = 0;
  const far = await openTestHost(folder, {
    fetch: async (_address, { headers } = {}) => {
      const [, from, to] = /bytes=(\d+)-(\d+)/.exec((headers as Record<string, string>).range ?? '') ?? [];
      const [start, end] = [Number(from ?? 0), Math.min(Number(to ?? Infinity) + 1, content.length)];
      sent += end - start;
      return new Response(content.subarray(start, end), {
        status: from === undefined ? 200 : 206,
        headers: { etag: '"1"', 'content-range': `bytes ${start}-${end - 1}/${content.length}` },
      });
    },
  });
  try {
    const info = await far.run('get_media_info', { url: 'https://host.example/a.mp4' });
    expect(info).toMatchObject({ kind: 'video', bytes: content.length, codecs: ['avc'] });
    expect(sent).toBeLessThan(content.length / 2);
  } finally {
    await far.close();
  }
});

describe('lists for the tools that add clips', () => {
  const timelines = [0, 1, 2].map((at) => ({ start: at * second, end: (at + 1) * second }));

  test.each([
    ['video_infos', 'video_urls', 'add_videos', 'video_infos', { volume: 0.5 }],
    ['audio_infos', 'mp3_urls', 'add_audios', 'audio_infos', { volume: 0.5 }],
    [
      'imgs_infos',
      'imgs',
      'add_images',
      'image_infos',
      { in_animation: '渐显', in_animation_duration: 200_000 },
    ],
    ['caption_infos', 'texts', 'add_captions', 'captions', { keywords: ['a', ''], font_size: 10 }],
    ['effect_infos', 'effects', 'add_effects', 'effect_infos', { intensity: 30 }],
    ['filter_infos', 'filters', 'add_filters', 'filter_infos', { intensities: [120, -1] }],
    ['sticker_infos', 'sticker_ids', 'add_stickers', 'sticker_infos', { scale: 0.5, transform_x: 10 }],
  ])('%s: what it makes is what %s of %s takes', async (tool, key, _add, _into, extra) => {
    const names: Record<string, string> = {
      effects: '九屏',
      filters: '冷白',
      sticker_ids: '7226264888031694091',
    };
    const list = [1, 2].map((n) => names[key] ?? `a${n}`);
    const { infos } = await run(tool, { [key]: list, timelines, ...extra });
    // The shorter list decides.
    expect(infos).toHaveLength(2);
    expect(infos[1]).toMatchObject({ start: second, end: 2 * second });
    const { draft_id } = await run('create_draft', {});
    expect(await run(_add, { draft_id, [_into]: infos })).toMatchObject({
      segment_ids: [expect.any(String), expect.any(String)],
    });
  });

  test('values separated by | are for one picture each, and the last repeats', async () => {
    const { infos } = await run('imgs_infos', {
      imgs: ['a', 'b', 'c'],
      timelines,
      transition: '叠化| |叠加',
      transition_duration: 5,
      loop_animation: 'x',
    });
    expect(
      infos.map(({ transition, transition_duration: length, loop_animation: loop }: Any) => [
        transition,
        length,
        loop,
      ]),
    ).toEqual([
      ['叠化', 5, 'x'],
      [undefined, undefined, 'x'],
      ['叠加', 5, 'x'],
    ]);
  });

  test('keyframes of every clip, at percents of its length', async () => {
    const { keyframes_infos: made } = await run('keyframes_infos', {
      ctype: 'rotation',
      offsets: '0| 50 |100',
      values: '0|-10|0.5',
      segment_infos: [{ id: 'a', start: second, end: second + 3 }],
    });
    expect(made.map(({ offset, value }: Any) => [offset, value])).toEqual([
      [0, 0],
      [1, -10],
      [3, 0.5],
    ]);
    for (const wrong of [{ values: '1' }, { offsets: '0|101|5' }, { offsets: '0|x|5' }, { offsets: '||' }]) {
      const input = { ctype: 'scale', offsets: '0|1|2', values: '1|1|1', segment_infos: [], ...wrong };
      const segment_infos = [{ id: 'a', start: 0, end: 1 }];
      expect(await host.refused('keyframes_infos', { ...input, segment_infos })).toMatchObject({
        code: 'INPUT_INVALID',
      });
    }
  });

  test('a part without a length is refused by its place', async () => {
    const wrong = { texts: ['a', 'b'], timelines: [timelines[0], { start: 5, end: 5 }] };
    expect(await host.refused('caption_infos', wrong)).toMatchObject({
      code: 'INPUT_INVALID',
      message: expect.stringContaining('timelines[1]'),
    });
  });

  test('are changed, joined and put into another order', async () => {
    const list = [
      { text: 'a', start: 0, end: 2, speed: 1 },
      { text: 'b', start: 2, end: 5 },
    ];
    const modified = await run('modify_infos', {
      infos: list,
      values: { speed: null, volume: 0.5 },
      indexes: [0],
    });
    expect(JSON.parse(modified.infos)).toEqual([{ text: 'a', start: 0, end: 2, volume: 0.5 }, list[1]]);
    const joined = await run('concat_infos', {
      infos: JSON.stringify(list),
      more_infos: [{ text: 'c', start: 1, end: 2 }],
      shift: true,
    });
    expect(JSON.parse(joined.infos)).toEqual([...list, { text: 'c', start: 6, end: 7 }]);
    const swapped = await run('swap_infos', { infos: list, first: 0, second: 1 });
    expect(JSON.parse(swapped.infos)).toEqual([
      { text: 'b', start: 0, end: 2 },
      { text: 'a', start: 2, end: 5, speed: 1 },
    ]);
    expect(await host.refused('swap_infos', { infos: list, first: 0, second: 2 })).toMatchObject({
      code: 'INPUT_INVALID',
    });
    expect(await host.refused('modify_infos', { infos: list, values: {}, indexes: [9] })).toMatchObject({
      code: 'INPUT_INVALID',
    });
    const odd = {
      infos: [{ start: 0, end: { toString: false } }],
      more_infos: [{ start: 'x' }],
      shift: true,
    };
    expect(await host.refused('concat_infos', odd)).toMatchObject({ code: 'INPUT_INVALID' });
  });
});

test('texts and lists become each other', async () => {
  expect(await run('str_to_list', { obj: 'a|b' })).toEqual({ infos: ['a|b'] });
  expect(await run('str_to_list', { obj: ' a | |b', separator: '|' })).toEqual({ infos: ['a', 'b'] });
  expect(await run('str_list_to_objs', { infos: '["a","b"]' })).toEqual({
    infos: [{ output: 'a' }, { output: 'b' }],
  });
  expect(await run('objs_to_str_list', { outputs: [{ output: 'a' }, '{"output": "b"}'] })).toEqual({
    infos: ['a', 'b'],
  });
  expect(await run('get_url', { output: 'https://x' })).toEqual({ output: 'https://x' });
});

describe('the catalog', () => {
  test('is searched by name, id and kind', async () => {
    const { entries, total } = await run('search_catalog', { q: '叠', domain: 'transition', limit: 3 });
    expect(total).toBeGreaterThanOrEqual(entries.length);
    for (const entry of entries)
      expect(entry).toMatchObject({
        domain: 'transition',
        app: 'jianying',
        name: expect.stringContaining('叠'),
      });
    const byId = await run('search_catalog', { q: entries[0].id });
    expect(byId.entries[0]).toMatchObject({ id: entries[0].id });
    const free = await run('search_catalog', { domain: 'filter', vip: 'no', limit: 100 });
    expect(free.entries.every(({ vip }: Any) => vip === false)).toBe(true);
    expect(free.total).toBeLessThan((await run('search_catalog', { domain: 'filter' })).total);
    expect(await run('search_catalog', { q: 'no such thing anywhere' })).toEqual({ entries: [], total: 0 });
    expect(
      (await run('search_catalog', { domain: 'transition', app: 'capcut', limit: 1 })).entries[0].app,
    ).toBe('capcut');
  });

  test('gives names that the other tools take, also where several have one', async () => {
    const { entries } = await run('search_catalog', { domain: 'effect', limit: 100 });
    const { draft_id } = await run('create_draft', {});
    const effect_infos = entries.map(({ name }: Any, index: number) => ({
      effect_title: name,
      start: index,
      end: index + 1,
    }));
    const at = effect_infos.map((info: object, index: number) => ({
      ...info,
      start: index * second,
      end: (index + 1) * second,
    }));
    expect((await run('add_effects', { draft_id, effect_infos: at })).segment_ids).toHaveLength(
      entries.length,
    );
  });
});
