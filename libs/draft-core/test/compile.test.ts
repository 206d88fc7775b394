import { describe, expect, test } from 'vitest';
import { type CompiledDraft, compileDraft, draftFiles, findProfile, listProfiles } from '../src/index.ts';
import { countingUuid, fixedNow } from './support/ids.ts';
import { mediaMap, paperFile } from './support/media.ts';
import { files, goodTimeline, timelineOf } from './support/timeline.ts';

type Loose = Record<string, unknown>;

function compile(timeline: unknown, options: { profile?: string; quantise?: boolean } = {}): CompiledDraft {
  const { draft, problems } = compileDraft(timeline, {
    media: files,
    draftName: 'test',
    now: fixedNow,
    uuid: countingUuid(),
    ...options,
  });
  if (draft === undefined) throw new Error(JSON.stringify(problems));
  return draft;
}

const materials = (draft: CompiledDraft, array: string): Loose[] => draft.content.materials[array]!;
const segments = (draft: CompiledDraft, track = 0): Loose[] =>
  (draft.content.tracks as { segments: Loose[] }[])[track]!.segments;
const styles = (draft: CompiledDraft): Loose[] =>
  JSON.parse(String(materials(draft, 'texts')[0]!.content)).styles;
const textDraft = (clip: object): CompiledDraft =>
  compile(timelineOf({ type: 'text', clips: [{ text: 'x', start: 0, duration: 1, ...clip }] }));
const videoDraft = (clip: object, options = {}): CompiledDraft =>
  compile(
    timelineOf({ type: 'video', clips: [{ media: 'talk.mp4', start: 0, duration: 2, ...clip }] }),
    options,
  );

describe('identity', () => {
  test('ids are upper case, unique, and the two of the draft differ from each other and from other drafts', () => {
    const draft = compile(goodTimeline());
    const ids = allIds(draft.content).concat(allIds(draft.meta), draft.draftId);
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ids) expect(id).toMatch(/^[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}$/);
    expect(draft.content.id).toBe(draft.timelineId);
    expect(draft.meta.draft_id).toBe(draft.draftId);
    expect(draft.timelineId).not.toBe(draft.draftId);
  });

  test('two drafts of one timeline share no id', () => {
    const uuid = countingUuid();
    const [first, second] = [1, 2].map(
      () => compileDraft(goodTimeline(), { media: files, draftName: 'x', now: fixedNow, uuid }).draft!,
    );
    const ids = new Set([...allIds(first!.content), ...allIds(first!.meta), first!.draftId]);
    for (const id of [...allIds(second!.content), ...allIds(second!.meta), second!.draftId]) {
      expect(ids).not.toContain(id);
    }
  });

  test('no reference leads nowhere', () => {
    const draft = compile(goodTimeline());
    const known = new Set(allIds(draft.content));
    for (const track of draft.content.tracks as { segments: Loose[] }[]) {
      for (const segment of track.segments) {
        expect(known).toContain(segment.material_id);
        for (const ref of segment.extra_material_refs as string[]) expect(known).toContain(ref);
      }
    }
    expect(segments(draft, 2)[0]!.extra_material_refs).toEqual([]);
  });

  test('no device is named', () => {
    expect(JSON.stringify([compile(goodTimeline()).content])).not.toMatch(
      /device_id|hard_disk_id|mac_address/,
    );
  });
});

describe('materials', () => {
  test('one for each file, crop and name; all of a file share one entry of the media list', () => {
    const clip = (start: number, more = {}): object => ({ media: 'talk.mp4', start, duration: 1, ...more });
    const draft = compile(
      timelineOf({
        type: 'video',
        clips: [
          clip(0),
          clip(1),
          clip(2, { name: 'again' }),
          clip(3, { crop: { left: 0.5 } }),
          clip(4, { name: 'talk.mp4' }),
        ],
      }),
    );
    expect(materials(draft, 'videos')).toHaveLength(3);
    const links = new Set(materials(draft, 'videos').map((material) => material.local_material_id));
    const entries = draft.meta.draft_materials[0]!.value;
    expect([...links]).toEqual(entries.map((entry) => entry.id));
    expect(entries[0]).toMatchObject({
      metetype: 'video',
      duration: 10_000_000,
      width: 1280,
      extra_info: 'talk.mp4',
    });
    expect(draft.media).toHaveLength(1);
    expect(draft.mediaBytes).toBe(draft.media[0]!.file.bytes);
  });

  test('the media list says music, photo and gif, and the lengths that the app gives them', () => {
    const draft = compile(
      timelineOf(
        {
          type: 'video',
          clips: [
            { media: 'poster.png', start: 0, duration: 1 },
            { media: 'blink.gif', start: 1, duration: 1 },
          ],
        },
        { type: 'audio', clips: [{ media: 'song.mp3', start: 0, duration: 2 }] },
      ),
    );
    const entries = draft.meta.draft_materials[0]!.value;
    expect(entries.map(({ metetype, duration, width }) => [metetype, duration, width])).toEqual([
      ['photo', 5_000_000, 800],
      ['gif', 1_200_000, 200],
      ['music', 30_000_000, 0],
    ]);
    expect(materials(draft, 'videos').map(({ type, duration }) => [type, duration])).toEqual([
      ['photo', 10_800_000_000],
      ['video', 1_200_000],
    ]);
    expect(materials(draft, 'audios')[0]!.local_material_id).toBe(entries[2]!.id);
  });

  test('a colour fill has no blur, a blur fill no colour', () => {
    const fills = [{ type: 'color', color: '#112233' }, { type: 'blur' }];
    const clips = fills.map((background, start) => ({ media: 'poster.png', start, duration: 1, background }));
    expect(materials(compile(timelineOf({ type: 'video', clips })), 'canvases')).toMatchObject([
      { type: 'canvas_color', blur: 0, color: '#112233FF' },
      { type: 'canvas_blur', blur: 0.0625, color: '#00000000' },
    ]);
  });
});

describe('segments', () => {
  test('are sorted by start, tracks by layer, and empty tracks are left out', () => {
    const draft = compile(
      timelineOf(
        { type: 'text', name: 'top', clips: [3, 1, 2].map((start) => ({ text: 'x', start, duration: 1 })) },
        { type: 'text', name: 'none', clips: [] },
        { type: 'video', name: 'over', layer: 1, clips: [{ media: 'talk.mp4', start: 0, duration: 1 }] },
        {
          type: 'video',
          name: 'main',
          layer: 0,
          muted: true,
          clips: [{ media: 'talk.mp4', start: 0, duration: 1 }],
        },
        { type: 'text', name: 'next', clips: [{ text: 'y', start: 0, duration: 1 }] },
      ),
    );
    const tracks = draft.content.tracks as { name: string; attribute: number; segments: Loose[] }[];
    expect(tracks.map(({ name, attribute }) => [name, attribute])).toEqual([
      ['main', 1],
      ['over', 0],
      ['top', 0],
      ['next', 0],
    ]);
    expect(tracks.map((track) => track.segments.map((segment) => segment.render_index))).toEqual([
      [0],
      [1],
      [15000, 15000, 15000],
      [15002],
    ]);
    const starts = tracks[2]!.segments.map((segment) => (segment.target_timerange as Loose).start);
    expect(starts).toEqual([1_000_000, 2_000_000, 3_000_000]);
    expect(draft.content.duration).toBe(4_000_000);
    expect(draft.durationUs).toBe(4_000_000);
  });

  test('a sound has no picture transform', () => {
    const draft = compile(
      timelineOf({ type: 'audio', clips: [{ media: 'song.mp3', start: 0, speed: 2, changePitch: true }] }),
    );
    expect(segments(draft)[0]).toMatchObject({
      clip: null,
      hdr_settings: null,
      speed: 2,
      is_tone_modify: true,
      source_timerange: { start: 0, duration: 30_000_000 },
      target_timerange: { start: 0, duration: 15_000_000 },
    });
  });

  test('a static value is that of the first keyframe', () => {
    const draft = videoDraft({
      volume: 1,
      transform: { x: 0.5, rotation: 10 },
      keyframes: {
        positionX: [
          [1, 0.75],
          [0, -0.25],
        ],
        scale: [
          [0, 1.5],
          [1, 2],
        ],
        opacity: [
          [0, 0.25],
          [1, 1],
        ],
        volume: [
          [0, 0.5],
          [1, 1],
        ],
      },
    });
    expect(segments(draft)[0]).toMatchObject({
      clip: { alpha: 0.25, rotation: 10, scale: { x: 1.5, y: 1.5 }, transform: { x: -0.25, y: 0 } },
      uniform_scale: { on: true, value: 1 },
      volume: 0.5,
    });
  });

  test('curves of one axis separate the axes', () => {
    const draft = videoDraft({
      transform: { scaleY: 0.5 },
      keyframes: {
        scaleX: [
          [0, 2],
          [1, 3],
        ],
      },
    });
    expect(segments(draft)[0]).toMatchObject({
      clip: { scale: { x: 2, y: 0.5 } },
      uniform_scale: { on: false },
    });
  });

  test('a rectangle is as large a part of the width as of the height, other masks keep their proportions', () => {
    const widths = ['rectangle', 'circle'].map((shape) => {
      const [mask] = materials(videoDraft({ mask: { shape, size: 0.4 } }), 'masks');
      return (mask!.config as { width: number }).width;
    });
    expect(widths).toEqual([0.4, (0.4 * 720) / 1280]);
  });

  test('a fade that the grid has squeezed still fits', () => {
    const draft = videoDraft({ duration: 1.01, fade: { in: 0.5, out: 0.51 } });
    expect(materials(draft, 'audio_fades')).toMatchObject([
      { fade_in_duration: 500_000, fade_out_duration: 500_000 },
    ]);
    expect(materials(videoDraft({ fade: { in: 0 } }), 'audio_fades')).toEqual([]);
  });
});

describe('keyframes', () => {
  const list = (draft: CompiledDraft): Loose[] =>
    (segments(draft)[0]!.common_keyframes as { keyframe_list: Loose[] }[])[0]!.keyframe_list;

  test.each([
    ['ease-in', { x: 420_000, y: 0 }, { x: 0, y: 0 }],
    ['ease-out', { x: 320_000, y: 1.88 }, { x: -400_000, y: 0 }],
    ['ease-in-out', { x: 420_000, y: 0 }, { x: -420_000, y: 0 }],
  ])('%s shapes the way to the next one', (easing, right, left) => {
    const [first, second, third] = list(
      videoDraft({
        keyframes: {
          scale: [
            [0, 1, easing],
            [1, 3],
            [2, 1],
          ],
        },
      }),
    );
    expect(first).toMatchObject({
      curveType: 'FreeCurveInOut',
      left_control: { x: 0, y: 0 },
      right_control: right,
    });
    expect(second).toMatchObject({
      curveType: 'FreeCurveInOut',
      left_control: left,
      right_control: { x: 0, y: 0 },
    });
    expect(third).toMatchObject({ curveType: 'Line' });
  });

  test('hold keeps the value until a frame before the next one', () => {
    const points = list(
      videoDraft({
        keyframes: {
          scale: [
            [0, 1, 'hold'],
            [1, 3],
          ],
        },
      }),
    );
    expect(points.map(({ time_offset, values, curveType }) => [time_offset, values, curveType])).toEqual([
      [0, [1], 'Line'],
      [966_667, [1], 'Line'],
      [1_000_000, [3], 'Line'],
    ]);
  });

  test('one list for each property, in the order they are given', () => {
    const draft = videoDraft({ keyframes: { rotation: [[0, 0]], positionY: [[0, 1]] } });
    expect((segments(draft)[0]!.common_keyframes as Loose[]).map((curve) => curve.property_type)).toEqual([
      'KFTypeRotation',
      'KFTypePositionY',
    ]);
  });
});

describe('text', () => {
  test('ranges tile the text in UTF-16 units, gaps in the base style', () => {
    const draft = textDraft({
      text: 'a😀bc',
      style: { size: 10, color: '#FF0000' },
      ranges: [{ start: 1, end: 3, style: { bold: true, color: [0, 1, 0] } }],
    });
    expect(styles(draft).map(({ range, bold, size, fill }) => [range, bold, size, colorIn(fill)])).toEqual([
      [[0, 1], false, 10, [1, 0, 0]],
      [[1, 3], true, 10, [0, 1, 0]],
      [[3, 5], false, 10, [1, 0, 0]],
    ]);
  });

  test('what a part leaves out is that of the text, also inside of its border', () => {
    const draft = textDraft({
      text: 'abcd',
      style: { border: { color: '#FF0000', opacity: 0.5, width: 80 } },
      ranges: [{ start: 0, end: 2, style: { border: { width: 20 } } }],
    });
    const color = { content: { solid: { alpha: 0.5, color: [1, 0, 0] } } };
    expect(styles(draft).map(({ strokes }) => strokes)).toEqual([
      [{ ...color, width: 0.04000000000000001 }],
      [{ ...color, width: 0.16000000000000003 }],
    ]);
  });

  test('opacity of the whole and of parts', () => {
    const draft = textDraft({
      text: 'abcd',
      style: { opacity: 0.5 },
      ranges: [{ start: 0, end: 2, style: { opacity: 0.25 } }],
    });
    expect(materials(draft, 'texts')[0]!.global_alpha).toBe(0.5);
    expect(styles(draft).map(({ fill }) => alphaIn(fill))).toEqual([0.5, 1]);
    expect(materials(textDraft({ style: { color: '#FFFFFF80' } }), 'texts')[0]!.global_alpha).toBeCloseTo(
      0.502,
      3,
    );
  });

  test('a shadow of a part, over that of the whole', () => {
    const ranges = [{ start: 1, end: 3, style: { shadow: { color: '#FF000080', distance: 20 } } }];
    const part = { alpha: expect.closeTo(0.502, 3), distance: 20, content: { solid: { color: [1, 0, 0] } } };
    const alone = textDraft({ text: 'abcd', ranges });
    expect(materials(alone, 'texts')[0]!.check_flag).toBe(7 + 32);
    expect(styles(alone).map(({ range, shadows }) => ({ range, shadows }))).toEqual([
      { range: [0, 1] },
      { range: [1, 3], shadows: [{ ...part, angle: -45, diffuse: expect.closeTo(0.025) }] },
      { range: [3, 4] },
    ]);
    const [first, second] = styles(textDraft({ text: 'abcd', style: { shadow: { angle: 30 } }, ranges }));
    expect(first!.shadows).toMatchObject([{ alpha: 1, distance: 5, angle: 30 }]);
    expect(second!.shadows).toMatchObject([{ ...part, angle: 30 }]);
  });

  test('everything that a style can say', () => {
    const draft = textDraft({
      style: {
        align: 'right',
        vertical: true,
        autoWrap: true,
        maxLineWidth: 0.5,
        letterSpacing: 2,
        lineSpacing: 3,
        italic: true,
        underline: true,
        border: {},
        shadow: {},
        background: { color: '#12345680', style: 2, horizontalOffset: 0.75 },
      },
    });
    expect(materials(draft, 'texts')[0]).toMatchObject({
      alignment: 2,
      typesetting: 1,
      type: 'subtitle',
      line_max_width: 0.5,
      letter_spacing: 0.1,
      check_flag: 7 + 8 + 16 + 32,
      background_color: '#123456',
      background_style: 2,
      background_height: 0.14,
      background_horizontal_offset: 0.5,
      background_vertical_offset: 0,
    });
    expect(materials(draft, 'texts')[0]!.line_spacing).toBeCloseTo(0.17);
    const [style] = styles(draft);
    expect(style).toMatchObject({ italic: true, underline: true });
    expect((style!.strokes as { width: number }[])[0]!.width).toBeCloseTo(0.08);
    expect((style!.shadows as Loose[])[0]).toMatchObject({
      alpha: 1,
      angle: -45,
      distance: 5,
      diffuse: expect.closeTo(0.025),
    });
  });
});

describe('profiles', () => {
  test('markers, arrays and names follow the profile', () => {
    const win = compile(goodTimeline());
    expect(win.content).toMatchObject({
      version: 360000,
      new_version: '110.0.0',
      platform: { app_id: 3704, app_source: 'lv', app_version: '5.9.0', os: 'windows' },
    });
    expect(Object.keys(win.content.materials)).toHaveLength(45);
    const mac = compile(goodTimeline(), { profile: 'jianying-11-mac' });
    expect(mac.content.platform).toMatchObject({ os: 'mac' });
    expect(Object.keys(mac.content.materials)).toContain('common_mask');
    expect(draftFiles(mac, { kind: 'portable' }).map(({ name }) => name)).toEqual([
      'draft_info.json',
      'draft_content.json',
      'draft_meta_info.json',
    ]);
  });

  test('an animated picture is stored as the app of the profile does', () => {
    const clip = { media: 'blink.gif', duration: 1 };
    expect(materials(videoDraft(clip), 'videos')[0]).toMatchObject({ type: 'video', duration: 1_200_000 });
    expect(materials(videoDraft(clip, { profile: 'jianying-11-mac' }), 'videos')[0]).toMatchObject({
      type: 'gif',
      duration: 10_800_000_000,
    });
  });

  test('the asked profile beats the one in the timeline', () => {
    const timeline = { ...goodTimeline(), profile: 'jianying-11-mac' };
    expect(compile(timeline).profile.id).toBe('jianying-11-mac');
    expect(compile(timeline, { profile: 'jianying-5.9-win' }).profile.id).toBe('jianying-5.9-win');
  });

  test('an unknown one is told with those that exist', () => {
    const ids = listProfiles().map(({ id }) => id);
    for (const id of ids) expect(findProfile(id).id).toBe(id);
    expect(() => findProfile('jianying-11-max')).toThrow('there is no profile "jianying-11-max"');
    try {
      findProfile('jianying-11-max');
    } catch (error) {
      expect(error).toMatchObject({
        code: 'PROFILE_UNKNOWN',
        hint: `did you mean "jianying-11-mac"? known profiles: ${ids.join(', ')}`,
      });
    }
  });
});

describe('where a draft lies', () => {
  test('changes paths and nothing else', () => {
    const draft = compile(goodTimeline());
    const [installed, , installedMeta] = draftFiles(draft, { kind: 'absolute', folder: 'C:\\drafts\\test' });
    const [portable, , portableMeta] = draftFiles(draft, { kind: 'portable' });
    const absolute = 'C:/drafts/test/assets/';
    const token = '##_draftpath_placeholder_0E685133-18CE-45ED-8CB8-2904A212EC80_##\\assets\\';
    const same = (text: string): string =>
      text
        .replaceAll(JSON.stringify(token).slice(1, -1), absolute)
        .replaceAll(/assets\/(\w+)\\\\/g, 'assets/$1/')
        .replace('"material_save_mode":1', '"material_save_mode":0');
    expect(portable!.text).toContain('"material_save_mode":1');
    expect(same(portable!.text)).toBe(installed!.text);
    expect(JSON.parse(installedMeta!.text)).toMatchObject({
      draft_fold_path: 'C:/drafts/test',
      draft_root_path: 'C:/drafts',
    });
    expect(JSON.parse(portableMeta!.text)).toMatchObject({ draft_fold_path: '', draft_root_path: '' });
    const paths = JSON.parse(portable!.text).materials.videos.map((material: Loose) => material.path);
    const entries = JSON.parse(portableMeta!.text).draft_materials[0].value;
    expect(entries.slice(0, 2).map((entry: Loose) => entry.file_Path)).toEqual(paths);
  });
});

describe('what cannot be written', () => {
  test.each([
    ['../x', 'DR150', 'error'],
    ['CON', 'DR150', 'error'],
    ['55f3c0de-7a52-4f8c-9a16-1a1e0b6f0a03', 'DR151', 'warning'],
  ])('draft name %s', (draftName, code, severity) => {
    const { draft, problems } = compileDraft(goodTimeline(), {
      media: files,
      draftName,
      now: fixedNow,
      uuid: countingUuid(),
    });
    expect(problems).toMatchObject([{ code, severity }]);
    expect(draft === undefined).toBe(severity === 'error');
  });
});

function allIds(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(allIds);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, item]) =>
    key === 'id' && typeof item === 'string' ? [item] : allIds(item),
  );
}

interface Fill {
  content: { solid: { color: number[]; alpha: number } };
}
const colorIn = (fill: unknown): number[] => (fill as Fill).content.solid.color;
const alphaIn = (fill: unknown): number => (fill as Fill).content.solid.alpha;

test('a text is the same alone and among others of its style', () => {
  const style = { size: 6, color: '#FF000080', border: { color: '#00FF00' }, font: { file: 'paper.ttf' } };
  const texts = ['one', '"range":[0,3]', '两 😀\n', '\\"', 'one'];
  const clips = texts.flatMap((text, index) => [
    { text, start: index * 3, duration: 1, style },
    { text, start: index * 3 + 1, duration: 1, style: { ...style, bold: true } },
    { text, start: index * 3 + 2, duration: 1, style, ranges: [{ start: 0, end: 1, style: { size: 9 } }] },
  ]);
  const font = new Map([...files, ...mediaMap(paperFile('paper.ttf', { kind: 'font' }))]);
  const textsOf = (some: object[]): Loose[] => {
    const { draft, problems } = compileDraft(timelineOf({ type: 'text', clips: some }), {
      media: font,
      draftName: 'test',
      now: fixedNow,
      uuid: countingUuid(),
    });
    if (draft === undefined) throw new Error(JSON.stringify(problems));
    return materials(draft, 'texts').map(({ id: _, ...rest }) => rest);
  };
  expect(textsOf(clips)).toEqual(clips.flatMap((clip) => textsOf([clip])));
});
