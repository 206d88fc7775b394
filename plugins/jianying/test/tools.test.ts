import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lintDraft } from '@cozecut/draft-core';
import { openDraft } from '@cozecut/draft-core/node';
import { makeSampleMedia, type SampleMedia } from '@cozecut/tools/sample-media';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Any, archivePorts, openTestHost, second, type TestHost } from './support/host.ts';

const folder = mkdtempSync(join(tmpdir(), 'cozecut-tools-media-'));
let media: SampleMedia;
let host: TestHost;
let draft_id: string;

beforeAll(async () => {
  media = await makeSampleMedia(folder);
});
afterAll(() => rmSync(folder, { recursive: true }));
beforeEach(async () => {
  host = await openTestHost(folder);
  ({ draft_id } = await host.run('create_draft', { name: 'show', width: 1080, height: 1920 }));
});
afterEach(() => host.close());

const run = (tool: string, input: object = {}) => host.run(tool, { draft_id, ...input });
const refused = (tool: string, input: object = {}) => host.refused(tool, { draft_id, ...input });
const timeline = async (): Promise<Any> => (await host.store.drafts.get(draft_id)).timeline;
const clipOf = async (id: string): Promise<Any> =>
  JSON.parse((await run('get_segment', { segment_id: id })).clip);

async function twoVideos(more: object = {}): Promise<[string, string]> {
  const video_infos = [0, 2].map((start) => ({
    video_url: media.video,
    start: start * second,
    end: (start + 2) * second,
    ...more,
  }));
  return (await run('add_videos', { video_infos })).segment_ids;
}

async function captions(...texts: string[]): Promise<string[]> {
  const list = texts.map((text, index) => ({ text, start: index * second, end: (index + 1) * second }));
  return (await run('add_captions', { captions: list })).segment_ids;
}

describe('a bot makes a video with everything on it', () => {
  test('and the draft that is saved has no faults', async () => {
    const { timelines } = await host.run('timelines', { duration: 6 * second, num: 3 });
    const { infos } = await host.run('imgs_infos', {
      imgs: [media.picture, media.picture, media.picture],
      timelines,
      transition: '叠化',
      transition_duration: 400_000,
      in_animation: '渐显',
    });
    const images = await run('add_images', {
      image_infos: infos.map((one: object) => ({ ...one, motion: 'none' })),
    });
    expect(images.problems).toEqual([]);
    await run('add_background', { segment_ids: images.segment_ids, background_blur: 0.375 });
    await run('add_masks', { segment_ids: [images.segment_ids[0]], name: '圆形', feather: 10 });
    const moves = await host.run('keyframes_infos', {
      ctype: 'scale',
      offsets: '0|100',
      values: '1|1.2',
      segment_infos: images.segment_infos,
    });
    expect(await run('add_keyframes', { keyframes: moves.keyframes_infos })).toMatchObject({
      keyframes_added: 6,
      failed: [],
    });
    const sound = await run('add_audios', {
      audio_infos: [{ audio_url: media.music, start: 0, end: 4 * second }],
    });
    await run('add_fades', { segment_ids: sound.segment_ids, fade_in: 500_000, fade_out: 500_000 });
    await run('add_audio_effects', { segment_ids: sound.segment_ids, audio_effect: '麦霸', kind: 'scene' });
    const made = await host.run('caption_infos', {
      texts: ['早上好', '大家好'],
      keywords: ['早上', ''],
      timelines,
    });
    const texts = await run('add_captions', { captions: JSON.stringify(made.infos), has_shadow: true });
    await run('add_animations', {
      segment_ids: texts.segment_ids,
      type: 'in',
      animation: '渐显',
      duration: 300_000,
    });
    await run('add_text_styles', {
      text_styles: [{ segment_id: texts.segment_ids[1], keyword: '大家', color: '#00ff00' }],
    });
    await run('add_effects', { effect_infos: [{ effect_title: '九屏', start: 0, end: second }] });
    await run('add_filters', {
      filter_infos: [{ filter_title: '冷白', start: 0, end: second, intensity: 40 }],
    });
    await run('add_stickers', {
      sticker_infos: [{ sticker_id: '7226264888031694091', start: 0, end: second, scale: 0.5 }],
    });
    expect(await run('lint_draft')).toMatchObject({ errors: [] });
    const { split } = {
      split: await run('split_segment', { segment_id: images.segment_ids[2], at: 5 * second }),
    };
    expect(split.new_segment_ids).toHaveLength(1);
    await run('replace_text', { segment_id: texts.segment_ids[0], text: '晚上好' });
    await run('set_volume', { segment_id: sound.segment_ids[0], volume: 0.4 });

    const saved = await run('save_draft');
    expect(saved).toMatchObject({ duration_us: 6 * second, tracks: 6, clips: 10 });
    const found = lintDraft(await openDraft(saved.folder_path));
    expect(found.filter(({ severity }) => severity === 'error')).toEqual([]);
    const content = JSON.parse(readFileSync(join(saved.folder_path, 'draft_content.json'), 'utf8'));
    expect(content.materials.transitions).toMatchObject([
      { name: '叠化', duration: 400_000 },
      { name: '叠化' },
    ]);
    expect(content.materials.masks ?? content.materials.common_mask).toHaveLength(1);
    expect(content.materials.audio_fades).toHaveLength(1);
    const words = content.materials.texts.map(({ content: text }: Any) => JSON.parse(text));
    expect(words.map(({ text }: Any) => text)).toEqual(['晚上好', '大家好']);
    expect(words[1].styles[0]).toMatchObject({
      range: [0, 2],
      fill: { content: { solid: { color: [0, 1, 0] } } },
    });
  });
});

describe('what is added', () => {
  test('goes on a track that is there, when one is named', async () => {
    const { track_ids } = await run('add_tracks', {
      tracks: [{ type: 'text', track_name: '字幕', layer: 4 }],
    });
    const first = await run('add_captions', {
      track_id: track_ids[0],
      captions: [{ text: 'a', start: 0, end: second }],
    });
    const list = [{ text: 'b', start: second, end: 2 * second }];
    const more = await run('add_captions', { track_id: '字幕', captions: list });
    expect([first.track_id, more.track_id]).toEqual([track_ids[0], track_ids[0]]);
    expect((await timeline()).tracks).toMatchObject([
      { name: '字幕', layer: 4, clips: [{ text: 'a' }, { text: 'b' }] },
    ]);
    expect(await refused('add_captions', { track_id: '字幕', captions: list })).toMatchObject({
      code: 'DRAFT_INVALID',
    });
    expect(await refused('add_captions', { track_id: 'x', captions: list })).toMatchObject({
      code: 'TRACK_NOT_FOUND',
    });
    const video = [{ video_url: media.video, start: 0, end: second }];
    expect(await refused('add_videos', { track_id: '字幕', video_infos: video })).toMatchObject({
      code: 'INPUT_INVALID',
    });
  });

  test('may have looks of its own, and takes those of the call otherwise', async () => {
    const info = { video_url: media.video, start: 0, end: second };
    await run('add_videos', {
      video_infos: [
        {
          ...info,
          alpha: 0.5,
          scale_x: 2,
          mask: 'star',
          filter: '冷白',
          filter_intensity: 30,
          loop_animation: '三分割',
        },
        { ...info, start: second, end: 2 * second, transform_x: 108 },
      ],
      scale_x: 0.5,
      scale_y: 0.5,
      transform_y: 192,
    });
    const [{ clips }] = (await timeline()).tracks;
    expect(clips[0]).toMatchObject({
      transform: { x: 0, y: 0.1, scaleX: 2, scaleY: 0.5, opacity: 0.5 },
      mask: { shape: 'star' },
      filters: [{ name: '冷白', intensity: 30 }],
      animations: { group: { name: '三分割' } },
    });
    expect(clips[0].transform).not.toHaveProperty('scale');
    expect(clips[1].transform).toMatchObject({ x: 0.1, y: 0.1, scale: 0.5, opacity: 1 });
  });

  test.each([
    [
      'zoom_in',
      {
        scale: [
          [0, 1],
          [second, 1.2],
        ],
      },
    ],
    [
      'pan_left',
      {
        scale: [
          [0, 1.2],
          [second, 1.2],
        ],
        positionX: [
          [0, 0.2],
          [second, -0.2],
        ],
      },
    ],
    [
      'pan_up',
      {
        scale: [
          [0, 1.2],
          [second, 1.2],
        ],
        positionY: [
          [0, -0.2],
          [second, 0.2],
        ],
      },
    ],
  ])('moves slowly: %s', async (motion, keyframes) => {
    const { segment_ids } = await run('add_images', {
      image_infos: [{ image_url: media.picture, start: 0, end: second, motion }],
    });
    const curves = (await clipOf(segment_ids[0])).keyframes;
    for (const points of Object.values(curves) as Any[])
      for (const point of points) point[1] = Number(point[1].toFixed(6));
    expect(curves).toEqual(keyframes);
  });

  test('a transition that leads nowhere is left out and told; that of the last clip is not told', async () => {
    const at = (start: number) => ({
      image_url: media.picture,
      start: start * second,
      end: (start + 1) * second,
      transition: '叠化',
    });
    const added = await run('add_images', { image_infos: [at(0), at(1), at(3), at(4)] });
    expect(added.problems).toMatchObject([{ code: 'DR074', message: expect.stringContaining('clip 1') }]);
    const { transitions } = await timeline();
    expect(transitions.map(({ after }: Any) => after)).toEqual([added.segment_ids[0], added.segment_ids[2]]);
  });

  test('captions have words that stand out, parts with a style, and their own place', async () => {
    const { segment_ids } = await run('add_captions', {
      captions: [
        {
          text: '好消息：好的消息',
          start: 0,
          end: second,
          keyword: '消息|好消息',
          keyword_font_size: 20,
          text_styles: [{ start: 4, end: 5, bold: true }],
          transform_y: 960,
          text_effect: '6896144116811812103',
          in_animation: '渐显',
          in_animation_duration: 200_000,
        },
      ],
      font: '抖音美好体',
      has_shadow: true,
      shadow_info: { shadow_alpha: 0.5 },
    });
    expect(await clipOf(segment_ids[0])).toMatchObject({
      transform: { x: 0, y: 0.5 },
      style: { font: { name: '抖音美好体' }, shadow: { opacity: 0.5 } },
      decoration: { id: '6896144116811812103' },
      animations: { in: { name: '渐显', duration: 200_000 } },
      ranges: [
        { start: 0, end: 3, style: { color: '#ff7100', size: 20 } },
        { start: 4, end: 5, style: { bold: true } },
        { start: 6, end: 8, style: { color: '#ff7100', size: 20 } },
      ],
    });
  });

  test('effects and filters are for the whole picture or for a clip, all or none', async () => {
    const [first] = await twoVideos();
    const effects = await run('add_effects', {
      effect_infos: [
        { effect_title: '九屏', segment_id: first },
        { effect_title: '九屏', start: 0, end: second, intensity: 20 },
      ],
    });
    expect(effects.segment_infos).toMatchObject([{ start: 0, end: second }]);
    expect(await clipOf(first)).toMatchObject({ effects: [{ name: '九屏' }] });
    const only = await run('add_filters', { filter_infos: [{ filter_title: '冷白', segment_id: first }] });
    expect(only).toMatchObject({ draft_id, segment_ids: [], segment_infos: [], problems: [] });
    const before = await timeline();
    for (const info of [
      { effect_title: '九屏' },
      { effect_title: 'no such effect at all', start: 0, end: second },
    ]) {
      const effect_infos = [{ effect_title: '九屏', segment_id: first }, info];
      expect((await refused('add_effects', { effect_infos })).code).toMatch(/^(INPUT|DRAFT)_INVALID$/);
    }
    expect(await timeline()).toEqual(before);
  });

  test('subtitles of each format, later by an offset', async () => {
    const srt = '1\n00:00:01,000 --> 00:00:02,000\n<i>one</i>\n\n2\n00:00:01,500 --> 00:00:03,000\ntwo\n';
    const added = await run('add_subtitles', {
      content: srt,
      time_offset: -1_200_000,
      font_size: 9,
      transform_y: -960,
    });
    expect(added).toMatchObject({ captions: 2 });
    const { tracks } = await timeline();
    expect(tracks.map(({ id }: Any) => id)).toEqual(added.track_ids);
    const clips = tracks.flatMap(({ clips: all }: Any) => all);
    expect(clips.map(({ text, start, duration }: Any) => [text, start, duration])).toEqual([
      ['one', 0, 800_000],
      ['two', 300_000, 1_500_000],
    ]);
    expect(tracks[0]).toMatchObject({
      captions: true,
      defaults: { style: { size: 9 }, transform: { y: -0.5 } },
    });
    expect(
      await run('add_subtitles', { content: 'WEBVTT\n\n00:10.000 --> 00:11.000\nthree\n' }),
    ).toMatchObject({ captions: 1 });
    expect(await refused('add_subtitles', { content: '{"drafts": []}' })).toMatchObject({
      code: expect.stringMatching(/INVALID|UNKNOWN/),
    });
    expect(await refused('add_subtitles', {})).toMatchObject({ code: 'INPUT_INVALID' });
    expect(await refused('add_subtitles', { url: 'file:///etc/passwd' })).toMatchObject({
      code: 'INPUT_INVALID',
    });
  });

  test('subtitles come from an address through the guarded fetch, and are not read without end', async () => {
    await host.close();
    const endless = new ReadableStream({ pull: (controller) => controller.enqueue(new Uint8Array(1 << 20)) });
    host = await openTestHost(folder, {
      fetch: async (url) =>
        String(url).endsWith('.srt')
          ? new Response('1\n00:00:01,000 --> 00:00:02,000\none\n')
          : new Response(endless),
    });
    ({ draft_id } = await host.run('create_draft', {}));
    expect(await run('add_subtitles', { url: 'https://files.example/a.srt' })).toMatchObject({ captions: 1 });
    expect(await refused('add_subtitles', { url: 'https://files.example/big' })).toMatchObject({
      code: 'MEDIA_TOO_LARGE',
    });
  });

  test('a sound, a video, a picture and a text at once, or nothing', async () => {
    const before = await timeline();
    const bad = { audio_url: media.music, img_url: join(folder, 'none.png'), text: 'x' };
    expect(await refused('easy_create_material', bad)).toMatchObject({ code: 'MEDIA_NOT_FOUND' });
    expect(await timeline()).toEqual(before);
    const all = { audio_url: media.music, video_url: media.video, img_url: media.picture, text: '你好' };
    const { segment_infos } = await run('easy_create_material', all);
    expect(segment_infos).toHaveLength(4);
    expect((await timeline()).tracks.map(({ type }: Any) => type)).toEqual([
      'audio',
      'video',
      'video',
      'text',
    ]);
    expect(await run('save_draft')).toMatchObject({ clips: 4 });
  });

  test('keyframes that cannot be added are told, the others are there', async () => {
    const [first] = await twoVideos();
    const [text] = await captions('a');
    const one = { segment_id: first, property: 'position_x', offset: 0, value: 540 };
    const added = await run('add_keyframes', {
      keyframes: [
        one,
        { ...one, offset: 2 * second, value: -540, easing: 'ease-in' },
        { ...one, offset: 3 * second },
        { ...one, segment_id: 'nobody' },
        { ...one, segment_id: text, property: 'volume' },
      ],
    });
    expect(added).toMatchObject({ keyframes_added: 2, affected_segments: [first] });
    expect(added.failed.map(({ index }: Any) => index)).toEqual([2, 3, 4]);
    expect((await clipOf(first)).keyframes).toEqual({
      positionX: [
        [0, 0.5],
        [2 * second, -0.5, 'ease-in'],
      ],
    });
    const again = {
      keyframes: [
        { ...one, value: 0 },
        { ...one, property: 'KFTypeAlpha', value: 0.5 },
      ],
      unit: 'norm',
    };
    await run('add_keyframes', again);
    expect((await clipOf(first)).keyframes.positionX).toEqual([
      [0, 0],
      [2 * second, -0.5, 'ease-in'],
    ]);
    await run('add_keyframes', { ...again, mode: 'replace' });
    expect((await clipOf(first)).keyframes).toEqual({ positionX: [[0, 0]], opacity: [[0, 0.5]] });
  });
});

describe('a call that is repeated with its key', () => {
  const time = { start: 0, end: second };

  test.each([
    ['add_videos', () => ({ video_infos: [{ video_url: media.video, ...time }] })],
    ['add_captions', () => ({ captions: [{ text: 'a', ...time }], track_name: 'mine' })],
    ['add_effects', () => ({ effect_infos: [{ effect_title: '九屏', ...time }] })],
    ['add_subtitles', () => ({ content: '1\n00:00:01,000 --> 00:00:02,000\none\n' })],
    ['easy_create_material', () => ({ audio_url: media.music, text: 'a' })],
  ])('%s adds nothing, and answers the same', async (tool, input) => {
    const idempotency_key = 'run 1, node 2';
    const [first, ...others] = [
      await run(tool, { ...input(), idempotency_key }),
      ...(await Promise.all([1, 2, 3].map(() => run(tool, { ...input(), idempotency_key })))),
    ];
    for (const other of others) expect(other).toEqual(first);
    const { tracks } = await timeline();
    const count = tracks.length;
    // The header of a request is a key as well, and another key is another call.
    const byHeader = { mode: 'cloud', idempotencyKey: 'another one' } as const;
    const again = { draft_id, ...input(), ...(tool === 'add_captions' ? { track_name: 'other' } : {}) };
    for (const _ of [1, 2]) expect(await host.host.call(tool, again, byHeader)).toMatchObject({ ok: true });
    expect((await timeline()).tracks).toHaveLength(2 * count);
  });

  test('but not word by word is another call', async () => {
    const call = (text: string) =>
      run('add_captions', { captions: [{ text, ...time }], idempotency_key: '12345678' });
    const [one, two] = [await call('a'), await call('b')];
    expect(one.track_id).not.toBe(two.track_id);
    expect((await timeline()).tracks).toHaveLength(2);
  });
});

describe('clips are changed', () => {
  test('only in what is given', async () => {
    const [first, other] = await twoVideos({ scale_x: 2, scale_y: 2 });
    const changed = await run('modify_segment', {
      segment_ids: [first],
      scale_x: 1,
      alpha: 0.5,
      volume: 0.2,
      crop: { left: 0.1 },
    });
    expect(changed).toMatchObject({ segment_ids: [first], new_segment_ids: [], duration_us: 4 * second });
    expect(await clipOf(first)).toMatchObject({
      transform: { scaleX: 1, scaleY: 2, opacity: 0.5, x: 0 },
      volume: 0.2,
      crop: { left: 0.1 },
    });
    expect((await clipOf(other)).transform).toMatchObject({ scale: 2, opacity: 1 });
    const [text] = await captions('a');
    expect(await refused('modify_segment', { segment_ids: [text], volume: 1 })).toMatchObject({
      code: 'INPUT_INVALID',
    });
    expect(await refused('modify_segment', { segment_ids: [text] })).toMatchObject({ code: 'INPUT_INVALID' });
  });

  test('masks, fades, backgrounds, transitions and animations are set again without being there twice', async () => {
    const [first, second_] = await twoVideos();
    const segment_ids = [first, second_];
    for (const round of [1, 2]) {
      await run('add_masks', { segment_ids, name: 'circle', feather: round });
      await run('add_fades', { segment_ids, fade_in: 100_000 * round });
      await run('add_background', { segment_ids, background_color: `#00000${round}` });
      await run('add_transitions', { segment_ids: [first], transition: '叠化', duration: 100_000 * round });
      await run('add_animations', { segment_ids, type: 'out', animation: '渐隐', duration: 100_000 * round });
      const stored = await timeline();
      expect(stored.transitions).toEqual([{ after: first, name: '叠化', duration: 100_000 * round }]);
      expect(stored.tracks[0].clips[0]).toMatchObject({
        mask: { shape: 'circle', feather: round },
        fade: { in: 100_000 * round, out: 0 },
        background: { type: 'color', color: `#00000${round}` },
        animations: { out: { name: '渐隐', duration: 100_000 * round } },
      });
    }
    await run('add_masks', { segment_ids, name: 'heart', mode: 'keep' });
    await run('add_fades', { segment_ids });
    const clip = await clipOf(first);
    expect(clip.mask.shape).toBe('circle');
    expect(clip).not.toHaveProperty('fade');
  });

  test('texts are styled as a whole and in parts', async () => {
    const [id] = await captions('one two one');
    await run('add_text_styles', {
      text_styles: [
        { segment_id: id, font_size: 12, alignment: 'left', color: '#112233' },
        { segment_id: id, keyword: 'one', bold: true },
        { segment_id: id, start: 4, end: 7, color: '#ff0000' },
        { segment_id: id, start: 4, end: 7, color: '#00ff00' },
      ],
    });
    expect(await clipOf(id!)).toMatchObject({
      style: { size: 12, align: 'left', color: '#112233' },
      ranges: [
        { start: 0, end: 3, style: { bold: true } },
        { start: 4, end: 7, style: { color: '#00ff00' } },
        { start: 8, end: 11, style: { bold: true } },
      ],
    });
    await run('add_text_styles', {
      text_styles: [{ segment_id: id, start: 2, end: 5, underline: true, bold: false }],
    });
    expect((await clipOf(id!)).ranges).toEqual([
      { start: 0, end: 2, style: { bold: true } },
      { start: 2, end: 3, style: { bold: false, underline: true } },
      { start: 3, end: 4, style: { bold: false, underline: true } },
      { start: 4, end: 5, style: { color: '#00ff00', bold: false, underline: true } },
      { start: 5, end: 7, style: { color: '#00ff00' } },
      { start: 8, end: 11, style: { bold: true } },
    ]);
    for (const style of [
      { keyword: 'three' },
      { start: 4 },
      { start: 2, end: 1 },
      { start: 0, end: 3, alignment: 'left' },
    ])
      expect(await refused('add_text_styles', { text_styles: [{ segment_id: id, ...style }] })).toMatchObject(
        { code: 'INPUT_INVALID' },
      );
  });

  test('a track goes with its clips and their transitions', async () => {
    const [first] = await twoVideos({ transition: '叠化' });
    await captions('a');
    const gone = await run('delete_track', { track_id: 'video_1' });
    expect(gone).toMatchObject({ message: expect.stringContaining('2 clips'), duration_us: second });
    expect(await timeline()).not.toHaveProperty('transitions');
    expect(await refused('get_segment', { segment_id: first })).toMatchObject({ code: 'SEGMENT_NOT_FOUND' });
    expect(await refused('delete_track', { track_id: 'video_1' })).toMatchObject({ code: 'TRACK_NOT_FOUND' });
  });
});

describe('edits', () => {
  const spans = async () =>
    (await run('get_track', { track_id: 'video_1' })).segments.map(({ start, end }: Any) => [start, end]);

  test('move, trim, split, speed, duplicate and delete a clip', async () => {
    const [first, other] = await twoVideos();
    expect(await run('move_segment', { segment_id: other, start: 4 * second })).toMatchObject({
      segment_ids: [other],
      new_segment_ids: [],
      duration_us: 6 * second,
      message: expect.stringContaining('moved'),
    });
    await run('trim_segment', { segment_id: first, start: second });
    expect((await clipOf(first)).source).toEqual({ start: second, duration: second });
    const { new_segment_ids } = await run('split_segment', { segment_id: other, at: 5 * second });
    await run('set_speed', { segment_id: new_segment_ids[0], speed: 2 });
    await run('duplicate_segment', { segment_id: first, start: 2 * second });
    await run('delete_segment', { segment_id: other });
    expect(await spans()).toEqual([
      [second, 2 * second],
      [2 * second, 3 * second],
      [5 * second, 5.5 * second],
    ]);
    expect(await run('save_draft')).toMatchObject({ clips: 3 });
  });

  test('a still picture is split without a place in its file, since the tool looks what it is', async () => {
    const { segment_ids } = await run('add_images', {
      image_infos: [{ image_url: media.picture, start: 0, end: 4 * second }],
    });
    await run('split_segment', { segment_id: segment_ids[0], at: second });
    for (const clip of (await timeline()).tracks[0].clips) expect(clip).not.toHaveProperty('source');
    expect(await run('save_draft')).toMatchObject({ clips: 2 });
  });

  test('another file, other words, another volume for a whole track', async () => {
    const [first] = await twoVideos();
    const [text] = await captions('old');
    await run('replace_media', {
      segment_id: first,
      media: media.videoPortrait,
      source: { start: 0, duration: second },
    });
    expect(await clipOf(first)).toMatchObject({ media: media.videoPortrait, duration: second });
    await run('replace_media', { name: 'none', media: media.video }).catch((error) =>
      expect(String(error)).toContain('no file is called'),
    );
    await run('replace_text', { segment_id: text, text: 'new' });
    await run('set_volume', { track: 'video_1', volume: 0 });
    expect((await timeline()).tracks[0].clips.map(({ volume }: Any) => volume)).toEqual([0, 0]);
    expect(await clipOf(text!)).toMatchObject({ text: 'new' });
  });

  test('a copy of a draft is changed apart, and tracks of it come back', async () => {
    await captions('{{greeting}} all');
    const copy = await run('copy_draft', { name: 'second' });
    await host.run('fill_draft', { draft_id: copy.draft_id, texts: '{"greeting": "Hi"}' });
    await run('copy_track', { from_draft_id: copy.draft_id, track: 'text_1', offset: 2 * second });
    await run('concat_drafts', { from_draft_id: copy.draft_id, gap: second, tracks: 'new' });
    const { tracks } = await timeline();
    expect(tracks.flatMap(({ clips }: Any) => clips.map(({ text, start }: Any) => [text, start]))).toEqual([
      ['{{greeting}} all', 0],
      ['Hi all', 2 * second],
      ['Hi all', 4 * second],
    ]);
    await run('cut_draft', { start: 0, end: 2 * second });
    await run('migrate_draft', { profile: 'capcut-mac' });
    expect(await run('get_draft')).toMatchObject({ profile: 'capcut-mac', duration_us: 3 * second });
    expect(await refused('copy_track', { from_draft_id: 'none', track: '0' })).toMatchObject({
      code: 'DRAFT_NOT_FOUND',
    });
  });

  test('several at once are made or none; a list may be JSON text', async () => {
    const [first, other] = await twoVideos();
    const edits = [
      { op: 'split', clip: { id: first }, at: second },
      { op: 'delete', clip: { id: other } },
    ];
    const before = await timeline();
    const failing = JSON.stringify([...edits, { op: 'delete', clip: { id: 'none' } }]);
    expect(await refused('edit_draft', { edits: failing })).toMatchObject({ code: 'DRAFT_EDIT_FAILED' });
    expect(await timeline()).toEqual(before);
    const made = await run('edit_draft', { edits: edits.map((edit) => JSON.stringify(edit)) });
    expect(made.message.split('; ')).toHaveLength(2);
    expect(await spans()).toEqual([
      [0, second],
      [second, 2 * second],
    ]);
  });

  test('clips are added as in a timeline; their files are opened when the draft is saved', async () => {
    const track = { type: 'video', name: 'own', clips: [{ media: 'none.mp4', start: 0, duration: 2 }] };
    const made = await run('edit_draft', { edits: [{ op: 'add', track, timeUnit: 's' }] });
    expect(made).toMatchObject({ new_segment_ids: [expect.any(String)], duration_us: 2 * second });
    expect(await refused('save_draft')).toMatchObject({ code: 'MEDIA_NOT_FOUND' });
    const replaced = { segment_id: made.new_segment_ids[0], media: media.video };
    await run('replace_media', replaced);
    expect(await run('save_draft')).toMatchObject({ clips: 1 });
  });

  test('of many callers at once none loses an edit', async () => {
    const ids = await captions(...Array.from({ length: 24 }, (_, index) => `text ${index}`));
    await Promise.all([
      ...ids.map((segment_id, index) => run('replace_text', { segment_id, text: `new ${index}` })),
      ...Array.from({ length: 8 }, (_, index) => captions(`more ${index}`)),
    ]);
    const { tracks } = await timeline();
    expect(tracks).toHaveLength(9);
    expect(tracks[0].clips.map(({ text }: Any) => text)).toEqual(ids.map((_, index) => `new ${index}`));
  });

  test('a draft whose times are in seconds is changed and added to in the right unit', async () => {
    const own = {
      schema: 'draft-timeline/1',
      name: 'own',
      timeUnit: 's',
      canvas: { width: 1920, height: 1080, fps: 30 },
      tracks: [
        {
          type: 'text',
          clips: [
            { text: 'a', start: 0, duration: 1.5 },
            { text: 'b', start: '2s', duration: '500ms' },
          ],
        },
      ],
    };
    ({ draft_id } = (await host.run('generate_draft', { content: own })).drafts[0]);
    const { segments } = await run('get_track', { track_id: (await run('get_draft')).tracks[0].track_id });
    await run('move_segment', { segment_id: segments[1].segment_id, start: 3 * second });
    await captions('c');
    expect(await run('get_draft')).toMatchObject({
      duration_us: 3.5 * second,
      tracks: [{ end: 3.5 * second }, { end: second }],
    });
  });
});

describe('calls that are refused', () => {
  test('say one thing clearly and leave the draft as it was', async () => {
    const [first] = await twoVideos();
    const before = await host.store.drafts.get(draft_id);
    const ids = { segment_ids: [first] };
    const bad: [string, object, string][] = [
      ['move_segment', { segment_id: 'none', start: 0 }, 'DRAFT_EDIT_FAILED'],
      ['move_segment', { segment_id: first, start: second }, 'DRAFT_EDIT_FAILED'],
      ['move_segment', { segment_id: first, start: -1 }, 'DRAFT_EDIT_FAILED'],
      ['move_segment', { segment_id: first, start: 0.5 }, 'INPUT_INVALID'],
      ['move_segment', { segment_id: first, start: 0, clip: { id: 'x' } }, 'INPUT_INVALID'],
      ['split_segment', { segment_id: first, at: 0 }, 'DRAFT_EDIT_FAILED'],
      ['set_speed', { segment_id: first, speed: 0 }, 'DRAFT_EDIT_FAILED'],
      ['set_volume', { volume: 1 }, 'DRAFT_EDIT_FAILED'],
      ['migrate_draft', { profile: 'nothing' }, 'DRAFT_EDIT_FAILED'],
      ['replace_media', { segment_id: first, media: join(folder, 'none.mp4') }, 'MEDIA_NOT_FOUND'],
      ['replace_media', { segment_id: first, media: '/etc/passwd' }, 'MEDIA_FORBIDDEN'],
      ['edit_draft', { edits: [] }, 'INPUT_INVALID'],
      ['edit_draft', { edits: [{}] }, 'DRAFT_EDIT_FAILED'],
      ['edit_draft', { edits: [{ op: '__proto__' }] }, 'DRAFT_EDIT_FAILED'],
      ['add_masks', { ...ids, name: 'hexagon' }, 'INPUT_INVALID'],
      ['add_masks', { segment_ids: [first, 'none'], name: 'circle' }, 'SEGMENT_NOT_FOUND'],
      ['add_transitions', { ...ids, transition: 'no such transition at all' }, 'DRAFT_INVALID'],
      [
        'add_transitions',
        { segment_ids: [(before.timeline as Any).tracks[0].clips[1].id], transition: '叠化' },
        'DRAFT_INVALID',
      ],
      ['add_animations', { ...ids, type: 'in', animation: '渐显', duration: 9 * second }, 'DRAFT_INVALID'],
      ['add_fades', { ...ids, fade_in: 3 * second }, 'DRAFT_INVALID'],
      ['add_background', { ...ids }, 'INPUT_INVALID'],
      ['add_background', { ...ids, background_blur: 1, background_color: '#000000' }, 'INPUT_INVALID'],
      ['add_audio_effects', { ...ids, audio_effect: '麦霸' }, 'INPUT_INVALID'],
      ['add_tracks', { tracks: [{ type: 'video', track_name: 'video_1' }] }, 'DRAFT_INVALID'],
      [
        'add_videos',
        { video_infos: [{ video_url: media.video, start: 0, end: second, mask: 'x' }] },
        'INPUT_INVALID',
      ],
      ['add_stickers', { sticker_infos: 'a|b' }, 'INPUT_INVALID'],
      ['get_track', { track_id: 'toString' }, 'TRACK_NOT_FOUND'],
      ['get_segment', { segment_id: '__proto__' }, 'SEGMENT_NOT_FOUND'],
      ['copy_draft', { name: '../up' }, 'INPUT_INVALID'],
    ];
    for (const [tool, input, code] of bad) {
      const error = await refused(tool, input);
      expect(error, `${tool} ${JSON.stringify(input)}`).toMatchObject({
        code,
        message: expect.stringMatching(/\S{3}/),
      });
    }
    expect(await host.store.drafts.get(draft_id)).toEqual(before);
  });

  test('every tool with an id of a draft says when there is none', async () => {
    for (const { name, input } of host.host.tools) {
      const { properties = {}, required = [] } = input as Any;
      if (!Object.hasOwn(properties, 'draft_id')) continue;
      const filled = Object.fromEntries(required.map((key: string) => [key, sample(properties[key])]));
      const error = await host.refused(name, { ...filled, ...more(name), draft_id: 'none' });
      expect(error, name).toMatchObject({ code: 'DRAFT_NOT_FOUND' });
    }
  });
});

/** What some tools need besides what they require. */
function more(tool: string): object {
  if (tool === 'add_subtitles') return { content: '1\n00:00:01,000 --> 00:00:02,000\none\n' };
  if (tool === 'modify_segment') return { volume: 1 };
  if (tool === 'add_effects') return { effect_infos: [{ effect_title: 'x', start: 0, end: 1 }] };
  if (tool === 'add_filters') return { filter_infos: [{ filter_title: 'x', start: 0, end: 1 }] };
  return tool === 'add_background' ? { background_blur: 1 } : {};
}

/** A value that a schema takes. */
function sample(schema: Any): unknown {
  if (schema.enum) return schema.enum[0];
  switch (schema.type) {
    case 'array':
      return [sample(schema.items)];
    case 'object':
      return Object.fromEntries(
        (schema.required ?? []).map((key: string) => [key, sample(schema.properties[key])]),
      );
    case 'string':
      return schema.description?.includes('Shape') ? 'circle' : 'x';
    default:
      return 1;
  }
}

describe('drafts', () => {
  test('are shown with their tracks, and whole when asked for', async () => {
    await twoVideos();
    const shown = await run('get_draft');
    expect(shown).toMatchObject({
      draft_id,
      name: 'show',
      status: 'open',
      width: 1080,
      fps: 30,
      duration_us: 4 * second,
      tracks: [{ type: 'video', name: 'video_1', clips: 2, start: 0, end: 4 * second }],
    });
    expect(shown).not.toHaveProperty('timeline');
    const { timeline: text } = await run('get_draft', { include_timeline: true });
    expect(JSON.parse(text)).toEqual(await timeline());
    await run('save_draft');
    expect(await run('get_draft')).toMatchObject({
      status: 'completed',
      folder_path: join(host.root, 'show'),
    });
  });

  test('have versions, and become again what they were', async () => {
    await captions('one');
    const before = await timeline();
    await captions('two');
    await captions('three');
    const { version, versions, next_cursor } = await run('list_versions', { limit: 3 });
    expect(versions.map((one: Any) => one.version)).toEqual([4, 3, 2]);
    expect([version, next_cursor]).toEqual([4, '2']);
    expect((await run('list_versions', { cursor: next_cursor })).versions).toMatchObject([{ version: 1 }]);
    expect(await run('restore_version', { version: 2 })).toEqual({
      draft_id,
      version: 5,
      restored_version: 2,
    });
    expect(await timeline()).toEqual(before);
    // What was undone is a version, too.
    await run('restore_version', { version: 4 });
    expect((await timeline()).tracks).toHaveLength(3);
    expect(await refused('restore_version', { version: 99 })).toMatchObject({
      code: 'DRAFT_REVISION_NOT_FOUND',
    });
    expect(await refused('list_versions', { cursor: 'x' })).toMatchObject({ code: 'INPUT_INVALID' });
  });

  test('are deleted with all of their versions; a folder that the person chose stays', async () => {
    await captions('one');
    const { folder_path } = await run('save_draft');
    expect(await run('delete_draft')).toEqual({ draft_id, name: 'show' });
    expect(await refused('get_draft')).toMatchObject({ code: 'DRAFT_NOT_FOUND' });
    expect(await refused('delete_draft')).toMatchObject({ code: 'DRAFT_NOT_FOUND' });
    expect(existsSync(folder_path)).toBe(true);
  });

  test('that a server keeps to itself go with their folder, and nothing else does', async () => {
    const own = await openTestHost(folder, {
      drafts: {
        ...host.store.drafts,
        root: host.root,
        rootIsChosen: false,
        ...archivePorts(host.store, host.root),
      },
    });
    try {
      await captions('one');
      const { folder_path } = await run('save_draft');
      const elsewhere = await host.store.drafts.create(await timeline(), { name: 'elsewhere' });
      await host.store.drafts.saved(elsewhere.id, folder);
      await own.run('delete_draft', { draft_id });
      await own.run('delete_draft', { draft_id: elsewhere.id });
      expect([existsSync(folder_path), existsSync(folder), existsSync(host.root)]).toEqual([
        false,
        true,
        true,
      ]);
    } finally {
      await own.close();
    }
  });

  test('that a job works on are not deleted', async () => {
    await host.store.jobs.enqueue({
      tool: 'save_draft',
      input: {},
      drafts: [{ draftId: draft_id, folder: '/f' }],
    });
    expect(await refused('delete_draft')).toMatchObject({ code: 'DRAFT_IN_USE' });
    expect((await run('get_draft')).name).toBe('show');
  });

  test('are listed page by page', async () => {
    for (const name of ['a1', 'a2', 'a3']) await host.run('create_draft', { name });
    const first = await host.run('list_drafts', { q: 'a', limit: '2' });
    expect(first).toMatchObject({ total: 3, drafts: [{ name: 'a3' }, { name: 'a2' }] });
    const next = await host.run('list_drafts', { q: 'a', limit: 2, cursor: first.next_cursor });
    expect(next.drafts.map(({ name }: Any) => name)).toEqual(['a1']);
    expect(next).not.toHaveProperty('next_cursor');
  });

  test('without a name get one each, and are saved side by side', async () => {
    for (const _ of [1, 2]) {
      ({ draft_id } = await host.run('create_draft', {}));
      await captions('a');
      await run('save_draft');
    }
  });

  test('have a cover', async () => {
    await captions('a');
    await run('add_cover', { cover_url: media.picture });
    expect(await timeline()).toMatchObject({ cover: media.picture });
  });
});
