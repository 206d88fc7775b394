import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lintDraft } from '@cozecut/draft-core';
import { openDraft } from '@cozecut/draft-core/node';
import { makeSampleMedia, type SampleMedia } from '@cozecut/tools/sample-media';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Any, openTestHost, second, type TestHost } from './support/host.ts';

/** Calls as people make them who come from another service, and what they get in the draft. */

const folder = mkdtempSync(join(tmpdir(), 'cozecut-peers-'));
let media: SampleMedia;
let host: TestHost;
let draft_url: string;

beforeAll(async () => {
  media = await makeSampleMedia(folder);
});
afterAll(() => rmSync(folder, { recursive: true }));
beforeEach(async () => {
  host = await openTestHost(folder);
  ({ draft_url } = await host.run('create_draft', {
    name: 'show',
    width: '1920',
    height: ' 1080 ',
    fps: '',
  }));
});
afterEach(() => host.close());

const run = (tool: string, input: object = {}) => host.run(tool, { draft_url, ...input }, 'cloud');
const refused = (tool: string, input: object = {}) => host.refused(tool, { draft_url, ...input }, 'cloud');

/** The content of the draft as it is saved, which is without faults. */
async function saved(): Promise<Any> {
  const { folder_path } = await run('save_draft');
  const found = lintDraft(await openDraft(folder_path));
  expect(found.filter(({ severity }) => severity === 'error')).toEqual([]);
  return JSON.parse(readFileSync(join(folder_path, 'draft_content.json'), 'utf8'));
}
const stylesOf = ({ materials }: Any): Any[][] =>
  materials.texts.map(({ content }: Any) => JSON.parse(content).styles);

test('a workflow of capcut-mate makes its video with the lists of the helpers as text', async () => {
  const { timelines } = await host.run('timelines', { duration: '4000000', num: '2', start: 0, type: 0 });
  const text = async (tool: string, input: object) =>
    JSON.stringify((await host.run(tool, { timelines: JSON.stringify(timelines), ...input }, 'cloud')).infos);
  const videos = await text('video_infos', {
    video_urls: JSON.stringify([media.video, media.video]),
    ...{ height: null, width: null, volume: null, mask: '圆形' },
    transition: '叠化',
    transition_duration: '400000',
  });
  const added = await run('add_videos', {
    video_infos: videos,
    scene_timelines: null,
    ...{ alpha: 1.0, scale_x: '1.0', scale_y: 1, transform_x: '0', transform_y: 0 },
  });
  expect(added.draft_url).toBe(draft_url);
  const images = await text('imgs_infos', {
    imgs: [media.picture, media.picture],
    ...{ in_animation: '渐显|放大', in_animation_duration: 0, transition: '', transition_duration: '' },
  });
  await run('add_images', { image_infos: images });
  const moves = await host.run('keyframes_infos', {
    ctype: 'KFTypePositionX',
    ...{ offsets: '0|100', values: '-960|960', width: 1920, height: 1080 },
    segment_infos: added.segment_infos,
  });
  await run('add_keyframes', { keyframes: JSON.stringify(moves.keyframes_infos) });
  await run('add_keyframes', {
    keyframes: [0, 1].map((at) => ({
      segment_id: added.segment_ids[0],
      property: 'KFTypePositionY',
      offset: at * second,
      value: at * 540,
    })),
  });
  const content = await saved();
  const [first] = content.tracks[0].segments;
  const curves = first.common_keyframes.map(({ property_type, keyframe_list }: Any) => [
    property_type,
    keyframe_list.map(({ values }: Any) => values[0]),
  ]);
  expect(curves).toEqual([
    ['KFTypePositionX', [-0.5, 0.5]],
    ['KFTypePositionY', [0, 0.5]],
  ]);
  expect(content.materials.masks).toHaveLength(2);
  expect(content.materials.transitions).toMatchObject([{ name: '叠化', duration: 400_000 }]);
  expect(content.materials.material_animations.map(({ animations }: Any) => animations[0].name)).toEqual([
    '渐显',
    '放大',
  ]);
});

describe('captions', () => {
  test('have keywords with a shadow of their own, which is not that of the text', async () => {
    const { infos } = await host.run('caption_infos', {
      texts: '["你好世界👋", "世界"]',
      timelines: [
        { start: 0, end: second },
        { start: second, end: 2 * second },
      ],
      keywords: ['世界', ''],
      keyword_has_shadow: true,
      keyword_shadow_info: { shadow_alpha: 0.5, shadow_color: 'f00', shadow_distance: null },
    });
    await run('add_captions', {
      captions: JSON.stringify(infos),
      has_shadow: true,
      shadow_info: { shadow_distance: 20, shadow_angle: 30 },
    });
    await run('add_captions', {
      captions: [{ text: 'plain', start: 0, end: second, keyword: 'plain', keyword_has_shadow: 'true' }],
    });
    const content = await saved();
    const [[before, keyword, after], [whole], [plain]] = stylesOf(content) as [Any[], Any[], Any[]];
    const shared = [{ alpha: 1, distance: 20, angle: 30 }];
    expect([before, after, whole].map(({ shadows }) => shadows)).toMatchObject([shared, shared, shared]);
    expect(keyword).toMatchObject({
      range: [2, 4],
      shadows: [{ alpha: 0.5, distance: 5, angle: -45, content: { solid: { color: [1, 0, 0] } } }],
    });
    expect(plain.shadows).toMatchObject([{ alpha: 0.9, distance: 5, angle: -45 }]);
    expect(content.materials.texts.map(({ check_flag }: Any) => check_flag)).toEqual([39, 39, 39]);
  });

  test('keep the shadow of a part when their words are replaced', async () => {
    const { segment_ids } = await run('add_captions', {
      captions: [
        {
          text: 'warm light',
          ...{ start: 0, end: second },
          text_styles: [{ start: 5, end: 10, has_shadow: true, shadow_info: { shadow_color: '#00ff00' } }],
        },
      ],
    });
    await run('add_text_styles', {
      text_styles: [
        { segment_id: segment_ids[0], keyword: 'warm', has_shadow: true, alpha: 0.5, border_width: 10 },
      ],
    });
    await run('replace_text', { segment_id: segment_ids[0], text: 'warm lights' });
    const [styles] = stylesOf(await saved());
    expect(styles!.map(({ shadows }) => shadows?.[0].content.solid.color)).toEqual([
      [0, 0, 0],
      undefined,
      [0, 1, 0],
    ]);
    expect(styles![0]).toMatchObject({
      strokes: [{ width: expect.closeTo(0.02) }],
      fill: { content: { solid: { alpha: 0.5 } } },
    });
  });

  test.each([
    [0, [0, 0]],
    ['1', [1, 0]],
    [2, [2, 0]],
    [3, [1, 1]],
    ['4', [0, 1]],
    [5, [2, 1]],
    ['right', [2, 0]],
    ['', [1, 0]],
    [null, [1, 0]],
  ])('alignment %j is %j in the draft', async (alignment, expected) => {
    const captions = [{ text: 'a', start: 0, end: second }];
    await run('add_captions', { captions, alignment, vertical: false });
    const [{ alignment: lines, typesetting }] = (await saved()).materials.texts;
    expect([lines, typesetting]).toEqual(expected);
  });

  test('take what other services send for nothing, and tell what they cannot have', async () => {
    const { problems } = await run('add_captions', {
      captions: JSON.stringify([
        { text: 'a', start: 0, end: 1_000_000.9, font_size: 0, keyword: '', keyword_color: '' },
        { text: 'b', start: second, end: 2 * second, transition: '叠化', transition_duration: 300_000 },
        { text: 'c', start: 2 * second, end: 3 * second, transition: '', transition_duration: '' },
      ]),
      ...{ style_text: 0, text_color: 'ff8800', border_color: '', font: '', bold: 'True', text_effect: '' },
      ...{ shadow_info: { shadow_alpha: null }, letter_spacing: null, track_name: '' },
    });
    expect(problems).toMatchObject([
      { code: 'DR161', message: 'transition of 1 caption left out: captions have none' },
    ]);
    const [[style]] = stylesOf(await saved()) as [Any[]];
    expect(style).toMatchObject({ bold: true, strokes: [], size: 8 });
    expect(style.fill.content.solid.color).toEqual([1, expect.closeTo(0.533, 3), 0]);
    const captions = [{ text: 'a', start: 0, end: second }];
    const idle = await run('add_captions', { captions, shadow_info: { shadow_alpha: 0.5 } });
    expect(idle.problems).toMatchObject([{ code: 'DR161', hint: 'set has_shadow, or keyword_has_shadow' }]);
    for (const input of [{ alignment: 6 }, { alignment: 'middle' }, { text_color: 'reddish' }])
      expect(await refused('add_captions', { captions, ...input })).toMatchObject({ code: 'INPUT_INVALID' });
    const inSeconds = [{ text: 'a', start: 0.5, end: 2.5 }];
    expect(await refused('add_captions', { captions: inSeconds })).toMatchObject({ code: 'INPUT_INVALID' });
  });

  test('come from a subtitle file that is given as srt, with a place and a name', async () => {
    const srt = String.raw`1\n00:00:00,000 --> 00:00:01,000\nhello\n\n2\n00:00:00,500 --> 00:00:02,000\nbye`;
    const added = await run('add_subtitles', {
      srt: srt.replaceAll('\\\\', '\\'),
      ...{ track_name: 'subs', rotation: 10, scale_x: 2, border_width: 20, line_width: 0.5, alignment: 2 },
    });
    expect(added).toMatchObject({
      draft_url,
      captions: 2,
      track_ids: { length: 2 },
      segment_ids: { length: 2 },
    });
    expect(added.segment_infos).toMatchObject([
      { start: 0, end: second },
      { start: second / 2, end: 2 * second },
    ]);
    const content = await saved();
    expect(content.tracks.map(({ name }: Any) => name)).toEqual(['subs', 'text_2']);
    for (const { segments } of content.tracks)
      expect(segments[0].clip).toMatchObject({ rotation: 10, scale: { x: 2, y: 1 }, transform: { y: -0.8 } });
    expect(content.materials.texts).toMatchObject([
      { line_max_width: 0.5, alignment: 2, check_flag: 15 },
      { line_max_width: 0.5, alignment: 2, check_flag: 15 },
    ]);
  });
});

describe('masks', () => {
  const config = async (): Promise<Any> => (await saved()).materials.masks[0].config;
  let id: string;
  beforeEach(async () => {
    const video_infos = [{ video_url: media.video, start: 0, end: second }];
    [id] = (await run('add_videos', { video_infos })).segment_ids;
  });

  test('have sizes in pixels of the file, or as parts of it', async () => {
    // The file has 320 by 180 pixels.
    const input = {
      name: '矩形',
      X: 16,
      Y: 9,
      width: 80,
      height: 90,
      feather: 10,
      rotation: 30,
      roundCorner: 5,
    };
    const added = await run('add_masks', { segment_ids: id, invert: 'false', ...input });
    expect(added).toMatchObject({ draft_url, masks_added: 1, affected_segments: [id], segment_ids: [id] });
    expect(added.segment_infos).toEqual([{ id, start: 0, end: second }]);
    expect(added).toMatchObject({ duration_us: second, problems: [] });
    const expected = {
      width: 0.25,
      height: 0.5,
      feather: 0.1,
      rotation: 30,
      roundCorner: 0.05,
      invert: false,
    };
    expect(await config()).toMatchObject({ ...expected, centerX: 0.1, centerY: 0.1 });
    await run('add_masks', { segment_ids: [id], name: 'rectangle', width: 0.75, size: 0.25 });
    expect(await config()).toMatchObject({ width: 0.75, height: 0.25 });
    const kept = await run('add_masks', { segment_ids: [id], name: 'star', mode: 'keep' });
    expect(kept).toMatchObject({ masks_added: 0, affected_segments: [], segment_ids: [] });
    expect(await config()).toMatchObject({ width: 0.75 });
  });

  test('leave out what their shape has not, which is told', async () => {
    const all = { width: 512, height: 45, roundCorner: 10 };
    const { problems } = await run('add_masks', { segment_ids: [id], name: '圆形', ...all });
    expect(problems).toMatchObject([{ code: 'DR046' }, { code: 'DR046' }]);
    expect(await config()).toMatchObject({ height: 0.25, roundCorner: 0, width: 0.140625 });
    expect((await run('add_masks', { segment_ids: [id], roundCorner: 0 })).problems).toEqual([]);
    expect((await saved()).materials.masks).toMatchObject([{ name: '线性' }]);
    const line = await run('add_masks', { segment_ids: [id], name: 'line', height: 512 });
    expect(line.problems).toMatchObject([{ code: 'DR046', message: 'size left out: a line mask has none' }]);
    expect(await refused('add_masks', { segment_ids: [id], size: 0.5, height: 90 })).toMatchObject({
      code: 'INPUT_INVALID',
    });
    expect(await refused('add_masks', { segment_ids: ['none'], name: '圆形', height: 90 })).toMatchObject({
      code: 'SEGMENT_NOT_FOUND',
    });
  });
});

test('a sticker has animations, and is told that nobody has seen one', async () => {
  const sticker = { sticker_id: '7226264888031694091', start: 0, end: second };
  const { segment_id, problems } = await run('add_sticker', {
    ...sticker,
    animation: '渐显',
    ...{ in_animation_duration: 200_000, out_animation: '渐隐', scale: 2, scale_y: 0.5 },
  });
  expect(problems).toMatchObject([{ code: 'DR095' }]);
  expect((await run('add_stickers', { sticker_infos: [sticker] })).problems).toEqual([]);
  await run('add_animations', { segment_ids: [segment_id], type: 'loop', name: '闪烁' });
  const { materials, tracks } = await saved();
  expect(materials.material_animations).toMatchObject([
    {
      animations: [
        { name: '渐显', type: 'in', start: 0, duration: 200_000, material_type: 'sticker' },
        { name: '渐隐', type: 'out' },
        { name: '闪烁', type: 'loop', start: 200_000 },
      ],
    },
  ]);
  const [{ segments }] = tracks;
  expect(segments[0].extra_material_refs).toEqual([materials.material_animations[0].id]);
  expect(segments[0].clip.scale).toEqual({ x: 1, y: 0.5 });
  expect(await refused('add_sticker', { ...sticker, animation: 'none such' })).toMatchObject({
    code: 'DRAFT_INVALID',
  });
});

describe('a change', () => {
  let ids: string[];
  beforeEach(async () => {
    const crop = { upper_left_x: 0.1, lower_left_x: 0.1, upper_right_y: 0, lower_right_y: 1 };
    const video_infos = [0, 2].map((at) => ({
      video_url: media.video,
      start: at * second,
      end: (at + 2) * second,
      crop,
    }));
    ids = (await run('add_videos', { video_infos })).segment_ids;
  });

  test('of the looks and the speed of a clip is one change, and tells where it is then', async () => {
    const changed = await run('modify_segment', {
      segment_id: ids[1],
      clip_settings: { alpha: '0.5', rotation: null },
      ...{ volume: 0.5, speed: 2 },
    });
    expect(changed).toMatchObject({ segment_ids: [ids[1]], duration_us: 3 * second, draft_url });
    expect(changed.segment_infos).toEqual([{ id: ids[1], start: 2 * second, end: 3 * second }]);
    const [{ segments }] = (await saved()).tracks;
    expect(segments[1]).toMatchObject({
      ...{ speed: 2, volume: 0.5, clip: { alpha: 0.5 } },
      source_timerange: { start: 0, duration: 2 * second },
      target_timerange: { start: 2 * second, duration: second },
    });
    const { revision } = await run('get_draft');
    expect(await refused('modify_segment', { segment_ids: ids, alpha: 0.1, speed: 0.5 })).toMatchObject({
      code: 'DRAFT_EDIT_FAILED',
    });
    expect((await run('get_draft')).revision).toBe(revision);
  });

  test('tells which clips are new and which are gone', async () => {
    const split = await run('split_segment', { segment_id: ids[0], at: second });
    expect(split.segment_infos).toEqual([
      { id: ids[0], start: 0, end: second },
      { id: split.new_segment_ids[0], start: second, end: 2 * second },
    ]);
    const cut = await run('delete_segment', { segment_id: ids[1] });
    expect(cut).toMatchObject({ deleted_segment_ids: [ids[1]], segment_infos: [], duration_us: 2 * second });
  });

  test('has a crop by its corners, which are a rectangle', async () => {
    const { materials } = await saved();
    expect(materials.videos[0].crop).toMatchObject({
      upper_left_x: 0.1,
      lower_left_x: 0.1,
      lower_right_x: 1,
    });
    for (const crop of [{ upper_left_x: 0.1 }, { left: 0.1, upper_left_x: 0.1, lower_left_x: 0.1 }])
      expect(await refused('modify_segment', { segment_ids: ids, crop })).toMatchObject({
        code: 'INPUT_INVALID',
      });
  });
});
