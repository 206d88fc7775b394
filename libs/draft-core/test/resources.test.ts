import { createCatalog } from '@cozecut/catalog';
import { describe, expect, test } from 'vitest';
import {
  type CompiledDraft,
  type CompileOptions,
  compileDraft,
  draftFiles,
  listProfiles,
  parseTimeline,
} from '../src/index.ts';
import { catalog, catalogRows } from './support/catalog.ts';
import { countingUuid, fixedNow } from './support/ids.ts';
import { facts, files, timelineOf } from './support/timeline.ts';

type Loose = Record<string, unknown>;
type Options = Partial<CompileOptions>;

function run(timeline: unknown, options: Options = { catalog }): ReturnType<typeof compileDraft> {
  return compileDraft(timeline, {
    media: files,
    draftName: 'test',
    now: fixedNow,
    uuid: countingUuid(),
    ...options,
  });
}

function compile(timeline: unknown, options?: Options): CompiledDraft {
  const { draft, problems } = run(timeline, options);
  if (draft === undefined) throw new Error(JSON.stringify(problems));
  return draft;
}

const videoClip = (more: object): object =>
  timelineOf({ type: 'video', clips: [{ media: 'talk.mp4', start: 0, duration: 2, ...more }] });
const textClip = (more: object, track: object = {}): object =>
  timelineOf({ type: 'text', ...track, clips: [{ text: 'word', start: 0, duration: 2, ...more }] });
const audioClip = (more: object): object =>
  timelineOf({ type: 'audio', clips: [{ media: 'song.mp3', start: 0, duration: 2, ...more }] });
const materials = ({ content }: CompiledDraft, array: string): Loose[] => content.materials[array]!;
const findings = (timeline: unknown, options?: Options): [string, string][] =>
  run(timeline, options).problems.map(({ code, severity }) => [code, severity]);

describe('near misses pass', () => {
  test.each([
    [
      'a rectangle with the fields of a rectangle',
      { mask: { shape: 'rectangle', rectWidth: 0.3, roundCorner: 100 } },
    ],
    ['the edges of a mask', { mask: { shape: 'star', feather: 100, size: 0.01 } }],
    ['a line without a size', { mask: { shape: 'line' } }],
    ['a key at its limits', { chroma: { color: '#00FF00', intensity: 100, spill: 0 } }],
    [
      'in and out that fill the clip',
      { animations: { in: { name: 'zoom', duration: 1 }, out: { name: 'shrink', duration: 1 } } },
    ],
    ['an animation as long as the clip', { animations: { out: { name: 'shrink', duration: 2 } } }],
    ['a group alone', { animations: { group: { name: 'swing' } } }],
    [
      'the limits of a filter',
      {
        filters: [
          { name: 'warm', intensity: 0 },
          { name: 'cool', intensity: 100 },
        ],
      },
    ],
    ['the limits of parameters', { effects: [{ name: 'rain', params: { speed: 0, 1: 100, size: 50 } }] }],
    ['a kind that tells two of a name apart', { effects: [{ name: 'glow', kind: 'scene' }] }],
    ['one of several by its id', { filters: [{ id: '1113' }] }],
    ['one of several by the end of its id', { filters: [{ name: 'grain#1113' }] }],
    ['an id beside a name that means another', { filters: [{ id: '1111', name: 'warm' }] }],
    ['a name in another spelling', { filters: [{ name: 'W_arm' }] }],
    ['once each of what there is once', { mixMode: { name: 'screen' }, fade: { in: 0.5 } }],
  ])('%s', (_, more) => {
    expect(findings(videoClip(more))).toEqual([]);
  });

  test('one effect of each kind of sound', () => {
    const effects = [{ name: 'hall' }, { name: 'robot' }];
    expect(findings(audioClip({ effects }))).toEqual([]);
  });

  test('a transition of half the shorter clip, with enough file on both sides', () => {
    const clips = [
      { id: 'a', media: 'talk.mp4', start: 0, duration: 2 },
      { media: 'talk.mp4', start: 2, duration: 2, source: { start: 0.5 } },
    ];
    const transitions = [{ after: 'a', name: 'wipe', duration: 1 }];
    expect(findings({ ...timelineOf({ type: 'video', clips }), transitions })).toEqual([]);
  });
});

describe('transitions', () => {
  const cut = (first: object, second: object, transition: object): object => ({
    ...timelineOf({
      type: 'video',
      clips: [
        { id: 'a', media: 'talk.mp4', start: 0, duration: 2, ...first },
        { media: 'talk.mp4', start: 2, duration: 2, ...second },
      ],
    }),
    transitions: [{ after: 'a', name: 'wipe', ...transition }],
  });

  test('an edge without unused file is told, on either side and by the length that the app has', () => {
    const atEnd = { source: { start: 8 } };
    const inside = { source: { start: 1 } };
    expect(findings(cut(atEnd, inside, {}))).toEqual([['DR077', 'warning']]);
    expect(findings(cut({}, {}, {}))).toEqual([['DR077', 'warning']]);
    expect(findings(cut({ source: { start: 7.7 } }, { source: { start: 0.3 } }, {}))).toEqual([]);
    expect(findings(cut({}, { media: 'poster.png' }, {}))).toEqual([]);
  });

  test('a sped clip uses its file up sooner', () => {
    const sped = { source: { start: 5.6 }, speed: 2 };
    expect(findings(cut(sped, { source: { start: 1 } }, {}))).toEqual([['DR077', 'warning']]);
    expect(findings(cut({ ...sped, source: { start: 5.5 } }, { source: { start: 1 } }, {}))).toEqual([]);
  });

  test('the length is the stated one, else that of the app', () => {
    const second = { source: { start: 2 } };
    const lengthOf = (more: object): unknown =>
      materials(compile(cut({}, second, more)), 'transitions')[0]!.duration;
    expect(lengthOf({})).toBe(500_000);
    expect(lengthOf({ duration: 0.8 })).toBe(800_000);
    expect(findings(cut({}, { ...second, duration: 0.9 }, { name: 'slow wipe' }))).toEqual([
      ['DR075', 'error'],
    ]);
  });

  test('of an unlisted one it must be given, and it overlaps like most', () => {
    const ids = { name: undefined, id: '5', effectId: '6' };
    const second = { source: { start: 2 } };
    expect(run(cut({}, second, ids), {}).problems).toMatchObject([
      { code: 'DR075', severity: 'error', pointer: '/transitions/0', hint: 'give it a `duration`' },
    ]);
    expect(materials(compile(cut({}, second, { ...ids, duration: 0.5 }), {}), 'transitions')).toMatchObject([
      { resource_id: '5', effect_id: '6', name: '5', is_overlap: true, duration: 500_000 },
    ]);
  });
});

describe('without a catalog', () => {
  test('a name is refused and the hint says what to do', () => {
    const { draft, problems } = run(videoClip({ filters: [{ name: 'warm' }] }), {});
    expect(draft).toBeUndefined();
    expect(problems).toMatchObject([
      { code: 'DR079', severity: 'error', pointer: '/tracks/0/clips/0/filters/0' },
    ]);
    expect(problems[0]!.hint).toContain('ids');
  });

  test('ids are written as they are, nothing is said about them', () => {
    const timeline = timelineOf(
      {
        type: 'video',
        clips: [
          {
            media: 'talk.mp4',
            start: 0,
            duration: 2,
            filters: [{ id: '1', name: 'Named' }],
            effects: [{ id: '2', effectId: '3', kind: 'character' }],
            mixMode: { id: '4', effectId: '5' },
            animations: { in: { id: '6', effectId: '7', duration: 1 } },
          },
        ],
      },
      {
        type: 'audio',
        clips: [{ media: 'song.mp3', start: 0, duration: 1, effects: [{ id: '8', kind: 'tone' }] }],
      },
      { type: 'sticker', clips: [{ sticker: { id: '9' }, start: 0, duration: 1 }] },
      {
        type: 'text',
        clips: [
          {
            text: 'x',
            start: 0,
            duration: 1,
            style: { font: { id: '10' } },
            bubble: { effectId: '11', resourceId: '12' },
            decoration: { id: '13' },
          },
        ],
      },
    );
    expect(findings(timeline, {})).toEqual([]);
    const draft = compile(timeline, {});
    expect(materials(draft, 'effects')).toMatchObject([
      { type: 'mix_mode', name: '4', resource_id: '4', effect_id: '5' },
      { type: 'filter', name: 'Named', resource_id: '1', effect_id: '1' },
      { type: 'text_shape', resource_id: '12', effect_id: '11' },
      { type: 'text_effect', resource_id: '13', effect_id: '13' },
    ]);
    expect(materials(draft, 'video_effects')).toMatchObject([
      { type: 'face_effect', resource_id: '2', effect_id: '3', adjust_params: [] },
    ]);
    expect(materials(draft, 'audio_effects')).toMatchObject([{ resource_id: '8', sub_type: 2 }]);
  });

  test('one id where two are needed is refused for JianYing; CapCut has one for both', () => {
    const timeline = videoClip({ animations: { in: { id: '6', duration: 1 } } });
    expect(findings(timeline, {})).toEqual([['DR079', 'error']]);
    expect(findings(timeline, { profile: 'capcut-mac' })).toEqual([]);
  });

  test('a check of the timeline alone leaves resources alone', () => {
    const timeline = videoClip({ filters: [{ name: 'warm' }], animations: { in: { name: 'zoom' } } });
    expect(parseTimeline(timeline, { facts }).problems).toEqual([]);
    expect(parseTimeline(timeline, { facts, catalog: createCatalog([]) }).problems).toMatchObject([
      { code: 'DR079' },
      { code: 'DR079' },
    ]);
  });
});

describe('membership', () => {
  const timeline = videoClip({ filters: [{ name: 'gold' }] });

  test('is an error unless it is allowed', () => {
    expect(findings(timeline)).toEqual([['DR082', 'error']]);
    expect(run(timeline, { catalog, allowVip: true }).problems).toMatchObject([
      { code: 'DR082', severity: 'warning', pointer: '/tracks/0/clips/0/filters/0' },
    ]);
  });

  test('that is not known is no finding', () => {
    const rows = catalogRows.map(({ vip: _, ...row }) => row);
    expect(findings(timeline, { catalog: createCatalog(rows) })).toEqual([]);
  });
});

describe('parameters', () => {
  const effect = (params: object, name = 'rain'): object => videoClip({ effects: [{ name, params }] });
  const values = (timeline: object): unknown[] =>
    (materials(compile(timeline), 'video_effects')[0]!.adjust_params as Loose[]).map(
      ({ name, parameterIndex, value }) => [name, parameterIndex, value],
    );

  test('all are listed in the order of the app, by name or index, mapped to their range', () => {
    expect(values(effect({ angle: 75, 2: 50 }))).toEqual([
      ['speed', 0, 0.3],
      ['angle', 1, 0.5],
      ['size', 2, 0.55],
    ]);
  });

  test('one that no list describes has the usual range, with a warning', () => {
    const timeline = effect({ speed: 25 }, 'halo');
    expect(findings(timeline)).toEqual([['DR085', 'error']]);
    const unlisted = videoClip({ effects: [{ name: 'glow', kind: 'scene', params: { speed: 25 } }] });
    expect(values(unlisted)).toEqual([['speed', 0, 0.25]]);
    expect(findings(unlisted)).toEqual([['DR086', 'warning']]);
    const byIndex = videoClip({ effects: [{ name: 'glow', kind: 'scene', params: { 0: 25 } }] });
    expect(run(byIndex).problems).toMatchObject([
      { code: 'DR161', severity: 'warning', pointer: '/tracks/0/clips/0/effects/0/params/0' },
    ]);
    expect(values(byIndex)).toEqual([]);
  });

  test('the intensity is the first one, and left out with a warning where there is none', () => {
    const withIntensity = (name: string, kind?: string) =>
      videoClip({ effects: [{ name, kind, intensity: 50 }] });
    expect(values(withIntensity('halo'))).toEqual([['size', 0, 1]]);
    for (const name of ['glow', 'sparkle']) {
      expect(values(withIntensity(name, 'scene'))).toEqual([]);
      expect(run(withIntensity(name, 'scene')).problems).toMatchObject([
        { code: 'DR161', severity: 'warning', pointer: '/tracks/0/clips/0/effects/0/intensity' },
      ]);
    }
  });

  test('a misspelt one comes with the one that was meant', () => {
    expect(run(effect({ sped: 1, size: 1 })).problems).toMatchObject([
      { code: 'DR085', suggestions: ['speed'] },
    ]);
  });
});

describe('animations', () => {
  const placed = (draft: CompiledDraft): unknown[] =>
    (materials(draft, 'material_animations')[0]!.animations as Loose[]).map(({ type, start, duration }) => [
      type,
      start,
      duration,
    ]);
  const text = (animations: object, duration = 2): object => textClip({ duration, animations });

  test.each([
    ['a group of a text', textClip({ animations: { group: { name: 'fade' } } })],
    ['a loop of a picture', videoClip({ animations: { loop: { name: 'zoom' } } })],
    [
      'a group of all captions',
      timelineOf({ type: 'text', defaults: { animations: { group: { name: 'fade' } } }, clips: [] }),
    ],
    [
      'a key that every object has',
      timelineOf({ type: 'text', defaults: { animations: { toString: { name: 'fade' } } }, clips: [] }),
    ],
  ])('%s is no animation', (_, timeline) => {
    expect(findings(timeline)).toContainEqual(['DR162', 'error']);
  });

  test('of a sticker are like those of a text, which is told', () => {
    const animations = { in: { name: 'fade' }, loop: { name: 'pulse' } };
    const clip = { sticker: { id: '9' }, start: 0, duration: 2, animations };
    const timeline = timelineOf({ type: 'sticker', clips: [clip] });
    expect(findings(timeline)).toEqual([['DR095', 'warning']]);
    const draft = compile(timeline);
    expect(placed(draft)).toEqual([
      ['in', 0, 300_000],
      ['loop', 300_000, 1_700_000],
    ]);
    const [material] = materials(draft, 'material_animations');
    expect(material).toMatchObject({
      type: 'sticker_animation',
      animations: [{ material_type: 'sticker', panel: '', resource_id: '1104' }, { resource_id: '1107' }],
    });
    const [{ segments }] = draft.content.tracks as [{ segments: Loose[] }];
    expect(segments[0]!.extra_material_refs).toEqual([material!.id]);
    const long = { ...clip, animations: { out: { name: 'fly', duration: 3 } } };
    expect(findings(timelineOf({ type: 'sticker', clips: [long] }))).toContainEqual(['DR072', 'error']);
    const group = { ...clip, animations: { group: { name: 'fade' } } };
    expect(findings(timelineOf({ type: 'sticker', clips: [group] }))).toEqual([['DR162', 'error']]);
  });

  test('a loop starts where in ends and stops where out starts', () => {
    const animations = { in: { name: 'fade' }, out: { name: 'fly' }, loop: { name: 'pulse' } };
    expect(placed(compile(text(animations)))).toEqual([
      ['in', 0, 300_000],
      ['out', 1_600_000, 400_000],
      ['loop', 300_000, 1_300_000],
    ]);
    expect(placed(compile(text({ loop: { name: 'pulse' } })))).toEqual([['loop', 0, 2_000_000]]);
  });

  test('what the app proposes is cut to the clip, what is asked for is not', () => {
    expect(placed(compile(text({ in: { name: 'snow' } })))).toEqual([['in', 0, 2_000_000]]);
    expect(findings(text({ in: { name: 'snow' } }))).toEqual([['DR072', 'info']]);
    expect(findings(text({ in: { name: 'fade', duration: 3 } }))).toEqual([['DR072', 'error']]);
  });

  test('one that the catalog lists without a length is taken to be like most, and that is said', () => {
    const rows = catalogRows.map(({ defaultDurationUs: _, ...row }) => row);
    const options = { catalog: createCatalog(rows) };
    const timeline = text({ in: { name: 'fade' } });
    expect(placed(compile(timeline, options))).toEqual([['in', 0, 500_000]]);
    expect(findings(timeline, options)).toEqual([['DR166', 'warning']]);
    expect(findings(text({ in: { name: 'fade', duration: 1 } }), options)).toEqual([]);
    expect(findings(text({ loop: { name: 'pulse' } }), options)).toEqual([]);
  });

  test('an end that is asked for keeps its length, the other takes what is left', () => {
    const animations = { in: { name: 'fade', duration: 1.9 }, out: { name: 'fly' } };
    expect(placed(compile(text(animations)))).toEqual([
      ['in', 0, 1_900_000],
      ['out', 1_900_000, 100_000],
    ]);
    expect(findings(text({ ...animations, in: { name: 'fade', duration: 2 } }))).toEqual([
      ['DR073', 'error'],
    ]);
  });

  test('two proposals that do not fit share the clip', () => {
    const draft = compile(text({ in: { name: 'fade' }, out: { name: 'fly' } }, 0.5));
    const [first, last] = placed(draft) as [[string, number, number], [string, number, number]];
    expect(first[2] + last[2]).toBe(500_000);
    expect(last[1]).toBe(first[2]);
  });

  test('the frame grid never makes one longer than its clip', () => {
    const animations = { in: { name: 'zoom', duration: 1.01 }, out: { name: 'shrink', duration: 0.005 } };
    const draft = compile(videoClip({ duration: 1.015, animations }));
    const ends = (placed(draft) as [string, number, number][]).map(([, start, length]) => start + length);
    expect(Math.max(...ends)).toBeLessThanOrEqual(1_000_000);
  });

  test('what a track gives its texts is found once, where it stands', () => {
    const defaults = { animations: { in: { name: 'fad' } }, style: { font: { name: 'Blok' } } };
    const clips = [0, 1, 2].map((start) => ({ text: 'x', start, duration: 1 }));
    expect(run(timelineOf({ type: 'text', defaults, clips })).problems).toMatchObject([
      { code: 'DR079', pointer: '/tracks/0/defaults/style/font', suggestions: ['Block'] },
      { code: 'DR079', pointer: '/tracks/0/defaults/animations/in', suggestions: ['fade'] },
    ]);
    const good = { animations: { in: { name: 'fade' } }, style: { font: { name: 'Block' } } };
    const draft = compile(timelineOf({ type: 'text', defaults: good, clips }));
    expect(materials(draft, 'material_animations')).toHaveLength(3);
    const bad = { animations: { in: { name: 'fade', duration: 'soon' } } };
    expect(run(timelineOf({ type: 'text', defaults: bad, clips })).problems).toMatchObject([
      { code: 'DR005', pointer: '/tracks/0/defaults/animations/in/duration' },
    ]);
  });
});

describe('masks', () => {
  test.each(listProfiles().map(({ id }) => id))(
    '%s: the array, the ids and the flag of the profile',
    (profile) => {
      const target = listProfiles().find(({ id }) => id === profile)!;
      const draft = compile(videoClip({ mask: { shape: 'circle' } }), { profile });
      const { array, segmentFlag } = target.masks;
      const other = array === 'masks' ? 'common_mask' : 'masks';
      expect(materials(draft, array)).toHaveLength(1);
      expect(draft.content.materials[other] ?? []).toEqual([]);
      const [segment] = (draft.content.tracks as { segments: Loose[] }[])[0]!.segments;
      expect(segment!.enable_video_mask).toBe(segmentFlag ? true : undefined);
      expect(segment!.extra_material_refs).toContain(materials(draft, array)[0]!.id);
      if (array === 'common_mask' && target.nativeMarkers !== undefined) {
        expect(draft.content.new_version).toBe(target.nativeMarkers.newVersion);
      }
    },
  );

  test('pixels and shares become the units of the app', () => {
    const mask = {
      shape: 'circle',
      centerX: 320,
      centerY: -90,
      size: 0.4,
      feather: 20,
      rotation: 15,
      invert: true,
    };
    expect(materials(compile(videoClip({ mask })), 'masks')[0]!.config).toEqual({
      aspectRatio: 1,
      centerX: 0.5,
      centerY: -0.25,
      feather: 0.2,
      height: 0.4,
      invert: true,
      rotation: 15,
      roundCorner: 0,
      width: 0.225,
    });
  });
});

describe('files and copies', () => {
  test('a font file is copied, and named in every style that uses it', () => {
    const draft = compile(
      textClip({
        style: { font: { name: 'Block' } },
        ranges: [{ start: 0, end: 2, style: { font: { file: 'round.ttf' } } }],
      }),
    );
    const [copy] = draft.media;
    expect(copy!.file.name).toBe('round.ttf');
    const [primary, , meta] = draftFiles(draft, { kind: 'absolute', folder: '/drafts/x' });
    const [text] = JSON.parse(primary!.text).materials.texts;
    const fonts = JSON.parse(text.content).styles.map(({ font }: Loose) => font);
    expect(fonts).toEqual([
      { id: '', path: `/drafts/x/${copy!.path}` },
      { id: '1126', path: 'D:' },
    ]);
    expect(text.font_path).toBe(`/drafts/x/${copy!.path}`);
    // The app lists media, not fonts.
    expect(JSON.parse(meta!.text).draft_materials[0].value).toEqual([]);
  });

  test('a clip whose background is cut out has a material of its own', () => {
    const clips = [false, true].map((matting, start) => ({ media: 'talk.mp4', start, duration: 1, matting }));
    const draft = compile(timelineOf({ type: 'video', clips }));
    expect(materials(draft, 'videos').map(({ matting }) => matting)).toEqual([
      undefined,
      expect.objectContaining({ flag: 3 }),
    ]);
    expect(draft.media).toHaveLength(1);
  });

  test('decorated text has all three parts', () => {
    const decorated = textClip({
      decoration: { name: 'neon' },
      ranges: [{ start: 0, end: 1, style: { bold: true } }],
    });
    const draft = compile(decorated);
    const styles = JSON.parse(String(materials(draft, 'texts')[0]!.content)).styles as Loose[];
    expect(styles).toHaveLength(2);
    for (const { effectStyle } of styles) expect(effectStyle).toMatchObject({ id: '1127' });
    const [effect] = materials(draft, 'effects');
    const [segment] = (draft.content.tracks as { segments: Loose[] }[])[0]!.segments;
    expect(segment!.extra_material_refs).toEqual([effect!.id]);
  });
});

test('overlays of JianYing 11 are marked, the main track and other apps are not', () => {
  const timeline = timelineOf(
    ...[1, 0].map((layer) => ({
      type: 'video',
      layer,
      clips: [{ media: 'talk.mp4', start: 0, duration: 1 }],
    })),
  );
  const flags = (profile: string): unknown[] =>
    (compile(timeline, { profile }).content.tracks as Loose[]).map(({ flag }) => flag);
  expect(flags('jianying-11-mac')).toEqual([0, 2]);
  expect(flags('jianying-5.9-win')).toEqual([0, 0]);
  expect(flags('capcut-mac')).toEqual([0, 0]);
});
