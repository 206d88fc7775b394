import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openCatalog } from '@cozecut/catalog/node';
import { makePng, makeWav } from '@cozecut/tools/sample-media';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Any, openTestHost, second, type TestHost } from './support/host.ts';

const folder = mkdtempSync(join(tmpdir(), 'cozecut-union-'));
let tools: TestHost;
const STICKERS = {
  schema: 'draft-catalog/1',
  app: 'jianying',
  kind: 'sticker',
  columns: ['name', 'resource_id', 'vip'],
  rows: [
    ['红心', '7000000000000000001', true],
    ['红心大', '7000000000000000002', null],
  ],
};

beforeAll(async () => {
  const user = join(folder, 'catalog');
  mkdirSync(user);
  writeFileSync(join(user, 'jianying-sticker.json'), JSON.stringify(STICKERS));
  tools = await openTestHost(folder, { catalog: openCatalog({ user }) });
});
afterAll(async () => {
  await tools.close();
  rmSync(folder, { recursive: true });
});

const create = async (input: object = {}) => (await tools.run('create_draft', input)).draft_id as string;
const tracksOf = async (id: string): Promise<Any[]> =>
  (await tools.run('get_tracks', { draft_id: id })).tracks;

describe('create_draft', () => {
  test.each(['CON', 'nul.txt', 'LPT1', '\ud800', 'a\udc00b'])(
    'refuses the name %j, which is no folder everywhere',
    async (name) => {
      const { code, hint } = await tools.refused('create_draft', { name });
      expect(code).toBe('INPUT_INVALID');
      await create({ name: JSON.parse(hint!.replace(' would do', '')) });
    },
  );

  test('with a key makes one draft, also when it is asked at the same time', async () => {
    const input = { name: 'once', idempotency_key: 'the first run' };
    const ids = await Promise.all(Array.from({ length: 8 }, () => create(input)));
    expect(new Set(ids).size).toBe(1);
    expect(await create(input)).toBe(ids[0]);
    expect(await create({ ...input, width: 720 })).not.toBe(ids[0]);
    expect(await create({ ...input, idempotency_key: 'the second run' })).not.toBe(ids[0]);
  });

  test('a key is that of its owner, and of nobody else', async () => {
    const { host, store } = tools;
    const input = { name: 'mine', idempotency_key: 'the same run' };
    const of = async (owner: string) => {
      const drafts = store.drafts.forOwner(owner);
      const result = await host.call('create_draft', input, { mode: 'cloud', owner, drafts });
      return (result as Any).output.draft_id;
    };
    const [anna, ben] = [await of('anna'), await of('ben')];
    expect(anna).not.toBe(ben);
    expect([await of('anna'), await of('ben')]).toEqual([anna, ben]);
  });

  test('from a template begins with its tracks and its size, and leaves it as it is', async () => {
    const template = await create({ name: 'template', width: 720, height: 1280 });
    await tools.run('add_captions', { draft_id: template, captions: [{ text: 'a', start: 0, end: second }] });
    const id = await create({ name: 'made', template_id: template });
    expect(await tools.run('get_draft', { draft_id: id })).toMatchObject({
      name: 'made',
      width: 720,
      height: 1280,
    });
    await tools.run('add_captions', { draft_id: id, captions: [{ text: 'b', start: 0, end: second }] });
    expect([(await tracksOf(id)).length, (await tracksOf(template)).length]).toEqual([2, 1]);
    expect(await tools.refused('create_draft', { template_id: 'none' })).toMatchObject({
      code: 'DRAFT_NOT_FOUND',
    });
  });
});

test('query_script and get_tracks show what is there', async () => {
  const id = await create({ name: 'shown' });
  await tools.run('add_captions', { draft_id: id, captions: [{ text: '你好', start: 0, end: second }] });
  await tools.run('add_sticker', { draft_id: id, sticker_id: '红心', start: 0, end: second });
  const { script, revision } = await tools.run('query_script', { draft_id: id, force_update: false });
  expect(script).toMatchObject({
    schema: 'draft-timeline/1',
    name: 'shown',
    tracks: [{ clips: [{ text: '你好' }] }, { clips: [{ sticker: { name: '红心' } }] }],
  });
  expect(revision).toBe(3);
  expect(await tracksOf(id)).toMatchObject([
    { type: 'text', clips: 1 },
    { type: 'sticker', clips: 1, end: second },
  ]);
  expect(await tools.run('get_tracks', { draft_id: id, type: 'sticker' })).toMatchObject({
    tracks: [{ type: 'sticker' }],
  });
});

test('add_sticker adds one, once for a key, and answers with it', async () => {
  const id = await create();
  const input = {
    draft_id: id,
    sticker_id: '7000000000000000001',
    start: second,
    end: 3 * second,
    scale: 0.5,
    transform_x: 100,
    idempotency_key: 'one sticker',
  };
  const added = await tools.run('add_sticker', input);
  expect(added).toEqual({
    draft_id: id,
    draft_url: expect.stringContaining(`draft_id=${id}`),
    sticker_id: '7000000000000000001',
    track_id: expect.any(String),
    segment_id: expect.any(String),
    duration: 2 * second,
    problems: [],
  });
  expect(await tools.run('add_sticker', input)).toEqual(added);
  expect((await tracksOf(id)).length).toBe(1);
  const { clip } = await tools.run('get_segment', { draft_id: id, segment_id: added.segment_id });
  expect(JSON.parse(clip)).toMatchObject({
    sticker: { id: '7000000000000000001' },
    transform: { scale: 0.5 },
  });
  const backwards = { draft_id: id, sticker_id: 'a', start: 2, end: 1 };
  expect((await tools.refused('add_sticker', backwards)).problems.length).toBeGreaterThan(0);
});

test('search_sticker finds by a part of the title, and nothing where there is nothing', async () => {
  expect(await tools.run('search_sticker', { keyword: '红心' })).toEqual({
    data: [
      { sticker_id: '7000000000000000001', title: '红心', vip: true },
      { sticker_id: '7000000000000000002', title: '红心大' },
    ],
    total: 2,
  });
  expect(await tools.run('search_sticker', { keyword: '没有' })).toEqual({ data: [], total: 0 });
});

describe('add_text_style', () => {
  test('writes the style as capcut-mate does', async () => {
    const { text_style, text_styles } = await tools.run('add_text_style', {
      text: 'hello world',
      keyword: 'world',
    });
    expect(text_style).toBe(
      '{"text":"hello world","styles":[{"fill":{"content":{"solid":{"color":[1.0,1.0,1.0]}}},"range":[0,6],"size":12,"font":{"id":"","path":""}},{"fill":{"content":{"solid":{"color":[1.0,0.44313725490196076,0.0]}}},"range":[6,11],"size":15,"font":{"id":"","path":""},"useLetterColor":true}]}',
    );
    expect(text_styles).toEqual([{ start: 6, end: 11, color: '#ff7100', font_size: 15 }]);
  });

  test.each([
    ['', 'a', []],
    ['', ' ', [[0, 0]]],
    ['abc', ' | ', [[0, 3]]],
    [
      'aab',
      'a|ab',
      [
        [0, 1],
        [1, 3],
      ],
    ],
    [
      '👋x👋',
      'x',
      [
        [0, 1],
        [1, 2],
        [2, 3],
      ],
    ],
  ])('%j with %j has the parts %j', async (text, keyword, ranges) => {
    const { text_style } = await tools.run('add_text_style', { text, keyword });
    const { styles } = JSON.parse(text_style);
    expect(styles.map(({ range }: Any) => range)).toEqual(ranges);
  });

  test('add_captions takes the parts, on characters of two units as well', async () => {
    const text = '👋 hello';
    const { text_styles } = await tools.run('add_text_style', { text, keyword: 'hello' });
    const id = await create();
    const captions = [{ text, start: 0, end: second, text_styles }];
    const { segment_ids } = await tools.run('add_captions', { draft_id: id, captions });
    const { clip } = await tools.run('get_segment', { draft_id: id, segment_id: segment_ids[0] });
    expect(JSON.parse(clip).ranges).toMatchObject([
      { start: 3, end: 8, style: { color: '#ff7100', size: 15 } },
    ]);
  });
});

test('diagnose_draft opens the media that lint_draft does not', async () => {
  const id = await create();
  const video_infos = [{ video_url: 'missing.mp4', start: 0, end: second }];
  await tools.run('add_videos', { draft_id: id, video_infos });
  expect(await tools.run('lint_draft', { draft_id: id })).toEqual({ errors: [], warnings: [], fixes: [] });
  const { errors } = await tools.run('diagnose_draft', { draft_id: id });
  expect(errors).toMatchObject([{ severity: 'error', message: expect.stringContaining('missing.mp4') }]);
  expect(await tools.run('diagnose_draft', { draft_id: await create() })).toMatchObject({ errors: [] });
  expect(await tools.refused('diagnose_draft', { draft_id: 'none' })).toMatchObject({
    code: 'DRAFT_NOT_FOUND',
  });
});

test('effects take the values of their parameters in order', async () => {
  const id = await create();
  const { entries } = await tools.run('search_catalog', { domain: 'effect', limit: 1 });
  const effect_infos = [{ effect_title: entries[0].name, start: 0, end: second, params: '[10, 20]' }];
  const { segment_ids } = await tools.run('add_effects', {
    draft_id: id,
    effect_infos: JSON.stringify(effect_infos),
  });
  const { clip } = await tools.run('get_segment', { draft_id: id, segment_id: segment_ids[0] });
  expect(JSON.parse(clip).effect).toMatchObject({ params: { 0: 10, 1: 20 } });
});

describe('what is made by the file', () => {
  const silence = (seconds: number) => makeWav(seconds, [() => 0]);
  const clipsOf = async (id: string, segment_ids: string[]): Promise<Any[]> =>
    Promise.all(
      segment_ids.map(async (segment_id) =>
        JSON.parse((await tools.run('get_segment', { draft_id: id, segment_id })).clip),
      ),
    );

  test('a picture that covers fills the canvas, whatever its scale and its crop', async () => {
    const image_url = 'wide.png';
    writeFileSync(
      join(folder, image_url),
      makePng(300, 100, () => [0, 0, 0]),
    );
    const id = await create({ width: 100, height: 200 });
    const at = (second: number) => ({ image_url, start: second * 1_000_000, end: (second + 1) * 1_000_000 });
    const half = { left: 0, right: 0.5, top: 0, bottom: 1 };
    const image_infos = [
      { ...at(0), mode: 'contain' },
      { ...at(1), mode: 'cover' },
      { ...at(2), mode: 'cover', crop: half, scale_x: 2, scale_y: 2 },
      { ...at(3), mode: 'cover', scale_x: 2 },
    ];
    const { segment_ids } = await tools.run('add_images', { draft_id: id, image_infos });
    const transforms = (await clipsOf(id, segment_ids)).map(({ transform }) => transform);
    // 300x100 in 100x200 is 100x33.3, and six times that is as high as the canvas.
    expect(transforms).toMatchObject([
      { scale: 1 },
      { scale: expect.closeTo(6) },
      { scale: expect.closeTo(6) },
      { scaleX: expect.closeTo(12), scaleY: expect.closeTo(6) },
    ]);
  });

  test('a sound that loops begins anew until its time is over, and comes and goes once', async () => {
    const audio_url = 'tone.wav';
    writeFileSync(join(folder, audio_url), silence(1));
    const id = await create();
    const info = { audio_url, start: 500_000, end: 3_000_000, fade_in: 1_000, fade_out: 2_000, volume: 0.5 };
    const audio_infos = [
      { ...info, loop: true },
      { audio_url, start: 4_000_000, end: 4_500_000 },
    ];
    const { segment_ids, segment_infos } = await tools.run('add_audios', { draft_id: id, audio_infos });
    const spans = segment_infos.map(({ start, end }: Any) => [start, end]);
    expect(spans).toEqual([
      [500_000, 1_500_000],
      [1_500_000, 2_500_000],
      [2_500_000, 3_000_000],
      [4_000_000, 4_500_000],
    ]);
    const clips = await clipsOf(id, segment_ids);
    expect(clips.map(({ fade, volume }) => [fade?.in ?? 0, fade?.out ?? 0, volume])).toEqual([
      [1_000, 0, 0.5],
      [0, 0, 0.5],
      [0, 2_000, 0.5],
      [0, 0, undefined],
    ]);
    const part = {
      audio_url,
      start: 0,
      end: 700_000,
      loop: true,
      source_start: 200_000,
      source_end: 500_000,
      speed: 2,
    };
    const again = await tools.run('add_audios', { draft_id: id, audio_infos: [part] });
    expect(again.segment_infos.map(({ start }: Any) => start)).toEqual([
      0, 150_000, 300_000, 450_000, 600_000,
    ]);
    expect((await clipsOf(id, again.segment_ids))[1]).toMatchObject({ source: { start: 200_000 }, speed: 2 });
    expect((await tools.run('diagnose_draft', { draft_id: id })).errors).toEqual([]);
  });

  test('a sound that is too short to loop is refused', async () => {
    const audio_url = 'click.wav';
    writeFileSync(join(folder, audio_url), silence(0.001));
    const id = await create();
    const audio_infos = [{ audio_url, start: 0, end: 3_600 * second, loop: true }];
    expect(await tools.refused('add_audios', { draft_id: id, audio_infos })).toMatchObject({
      code: 'INPUT_INVALID',
    });
    expect(await tracksOf(id)).toEqual([]);
  });
});
