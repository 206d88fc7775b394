import type { Problem } from '@cozecut/problems';
import { describe, expect, test } from 'vitest';
import {
  type Converted,
  type ConvertOptions,
  compileDraft,
  detectFormat,
  readCozeExport,
  readInput,
  toTimelines,
} from '../src/index.ts';
import { cozeDraft, cozeFacts, walk } from './support/coze.ts';

const convert = (value: unknown, options: Partial<ConvertOptions> = {}): Converted =>
  toTimelines(readInput(value), { facts: cozeFacts, ...options });
const clipsOf = (value: unknown, options: Partial<ConvertOptions> = {}): Record<string, unknown>[] => {
  const { timelines, problems } = convert(value, options);
  if (timelines.length === 0) throw new Error(JSON.stringify(problems));
  return timelines[0]!.tracks.flatMap(({ clips }) => clips as Record<string, unknown>[]);
};
const codesOf = (problems: Problem[]): string[] => problems.map(({ code }) => code);
const textSegment = (more: object): object => ({
  type: 'text',
  content: 'x',
  time_range: { start: 0, end: 2000 },
  ...more,
});

describe('wrappers', () => {
  const draft = cozeDraft('video', [walk(0, 4000)]);
  const inner = { format_version: '1.0', export_type: 'single_draft', draft_count: 1, drafts: [draft] };
  test.each([
    [
      'draft_data as text',
      { draft_data: JSON.stringify(inner), exported_count: 1, success: true, message: '' },
    ],
    ['draft_data as an object', { draft_data: inner }],
    ['output as text', { output: JSON.stringify(inner) }],
    ['output as an object', { output: inner }],
    ['the inner document', inner],
    ['drafts as text', { drafts: [JSON.stringify(draft)] }],
    ['a bare draft', draft],
    ['a list of drafts', [draft]],
    ['a list of texts', [JSON.stringify(draft)]],
    ['text in text', JSON.stringify(JSON.stringify({ draft_data: JSON.stringify(inner) }))],
  ])('%s', (_, value) => {
    for (const input of [value, JSON.stringify(value), `\uFEFF ${JSON.stringify(value, undefined, 2)}\n`]) {
      expect(readInput(input).mediaSources).toEqual(['https://cdn.test/walk.mp4']);
      expect(convert(input)).toMatchObject({
        units: ['ms'],
        problems: [],
        timelines: [
          { name: 'sample', tracks: [{ type: 'video', clips: [{ start: 0, duration: 4_000_000 }] }] },
        ],
      });
    }
  });

  test('several drafts: each has its own unit, and one with an error does not stop the others', () => {
    const result = convert([
      cozeDraft('video', [walk(0, 4000)]),
      cozeDraft('video', [walk(0, 4), walk(4, 4000)]),
      cozeDraft('video', [walk(0, 8_000_000)]),
    ]);
    expect(result.units).toEqual(['ms', undefined, 'us']);
    expect(result.timelines.map(({ tracks }) => tracks[0]!.clips[0]!.duration)).toEqual([
      4_000_000, 8_000_000,
    ]);
    expect(result.problems[0]).toMatchObject({ code: 'DR160', pointer: '/1' });
  });

  test('nothing in it is an error', () => {
    for (const value of [{ drafts: [] }, { draft_data: '[]' }, { draft_data: '{}' }]) {
      const { timelines, problems } = convert(value);
      expect(timelines).toEqual([]);
      expect(problems).toMatchObject([{ code: 'DR162', severity: 'error' }]);
    }
  });
});

describe('what cannot be read', () => {
  test('text that is cut off is told with its place', () => {
    const whole = JSON.stringify({ drafts: [cozeDraft('video', [walk(0, 4000)])] });
    const read = readInput({ draft_data: whole.slice(0, 90) });
    expect(read.mediaSources).toEqual([]);
    expect(read.problems).toMatchObject([{ code: 'DR162', severity: 'error', pointer: '/draft_data' }]);
    expect(read.problems[0]!.message).toMatch(
      /^draft_data: not valid JSON at line 1, column 91 \(character 90\): the text ends/,
    );
    expect(toTimelines(read, { facts: cozeFacts }).timelines).toEqual([]);
  });

  test.each([
    ['{"a": 1,}', 1, 9, 'expected a key (got "}")'],
    ['[1, 2', 1, 6, 'the text ends, expected ","'],
    ['{"a"\n:\n tru}', 3, 2, 'expected a value (got "tru}")'],
    ['["a\nb"]', 1, 4, 'this cannot stand in a string'],
    ['{"a": 1} x', 1, 10, 'expected nothing more (got "x")'],
    ['', 1, 1, 'the text ends, expected a value'],
    ['{a: 1}', 1, 2, 'expected a key or "}" (got "a: 1}")'],
  ])('%j: line %d, column %d', (text, line, column, why) => {
    expect(() => readInput(text)).toThrow(`not valid JSON at line ${line}, column ${column}: ${why}`);
  });

  test('a script is refused, wherever it stands', () => {
    const script =
      '# -*- coding: utf-8 -*-\nimport asyncio\nfrom app import x\n\nasync def main():\n    await add(x)\n';
    expect(() => readInput(script)).toThrow('this is a Python script, not data; it is not run');
    for (const value of [{ output: script }, { draft_data: 'from app.tools import draft\ndraft.create()' }]) {
      expect(readInput(value).problems).toMatchObject([
        { code: 'DR162', message: expect.stringContaining('is a Python script') },
      ]);
    }
  });

  test('an unknown format is told with those that are known', () => {
    expect(detectFormat({ hello: 1 })).toBeUndefined();
    expect(() => readInput({ hello: 1 })).toThrow('the input is of no format that can be read');
    expect(() => readInput({}, { from: 'coze2jianyin' })).toThrow('there is no input format "coze2jianyin"');
  });
});

describe('the unit', () => {
  test.each([
    ['seconds', walk(0, 4.5), 's'],
    ['milliseconds', walk(0, 4000), 'ms'],
    ['microseconds', walk(0, 4_000_000), 'us'],
    ['milliseconds, as the whole file shows', walk(0, 20_000), 'ms'],
  ])('%s', (_, segment, unit) => {
    expect(convert(cozeDraft('video', [segment])).units).toEqual([unit]);
  });

  test('is not guessed when clips disagree; values, candidates and lengths are listed', () => {
    const { timelines, units, problems } = convert({
      drafts: [cozeDraft('video', [walk(0, 3), walk(3, 100_000), walk(100_000, 10_000_000)])],
    });
    expect(units).toEqual([undefined]);
    expect(timelines).toEqual([]);
    expect(problems).toMatchObject([{ code: 'DR160', severity: 'error', pointer: '/drafts/0' }]);
    const { message } = problems[0]!;
    expect(message).toContain('segments[0] ends at 3 (walk.mp4 of 20 s; fits s)');
    expect(message).toContain('ends at 100000 (walk.mp4 of 20 s; fits us)');
    expect(message).toContain('ends at 10000000 (walk.mp4 of 20 s; fits us)');
  });

  test('without known media only a fraction tells seconds', () => {
    const text = (end: number): object =>
      cozeDraft('text', [{ content: 'x', time_range: { start: 0, end } }]);
    expect(convert(text(2.5)).units).toEqual(['s']);
    for (const end of [2, 600, 2000, 2_000_000, 700.5])
      expect(codesOf(convert(text(end)).problems)).toEqual(['DR160']);
    expect(convert(text(2000), { timeUnit: 'ms' }).problems).toEqual([]);
  });

  test('that is given is taken', () => {
    expect(clipsOf(cozeDraft('video', [walk(0, 10)]), { timeUnit: 's' })).toMatchObject([
      { duration: 10_000_000 },
    ]);
    expect(clipsOf(cozeDraft('video', [walk(0, 10)]), { timeUnit: 'us' })).toMatchObject([{ duration: 10 }]);
  });

  test('lengths that the tool writes in milliseconds by default are not read in microseconds', () => {
    const animations = { intro: '渐显', intro_duration: 500, outro: null, outro_duration: 500 };
    const draft = cozeDraft('video', [walk(0, 4_000_000, { animations })]);
    expect(convert(draft).problems).toMatchObject([
      { code: 'DR160', severity: 'error', pointer: '/tracks/0/segments/0/animations/intro_duration' },
    ]);
    const { timelines, problems } = convert(draft, { timeUnit: 'us' });
    expect(problems).toMatchObject([{ code: 'DR166', severity: 'warning' }]);
    expect(timelines[0]!.tracks[0]!.clips).toMatchObject([
      { animations: { in: { name: '渐显', duration: 500_000 } } },
    ]);
    const absent = cozeDraft('video', [walk(0, 4_000_000, { animations: { intro: '渐显' } })]);
    expect(clipsOf(absent)).toMatchObject([{ animations: { in: { name: '渐显' } } }]);
    const unused = cozeDraft('video', [
      walk(0, 4_000_000, { animations: { intro: null, intro_duration: 500 } }),
    ]);
    expect(convert(unused).problems).toEqual([]);
  });
});

describe('nothing is dropped', () => {
  test('a video segment with everything', () => {
    const [clip] = clipsOf(
      cozeDraft(
        'video',
        [
          walk(0, 4000, {
            material_range: { start: 2000, end: 8000 },
            transform: {
              position_x: 0.1,
              position_y: -0.2,
              scale_x: 1.2,
              scale_y: 1.2,
              rotation: 5,
              opacity: 0.9,
            },
            flip: { horizontal: true, vertical: false },
            crop: { enabled: true, left: 0.1, top: 0, right: 1, bottom: 0.9 },
            effects: {
              filter_type: '冬漫',
              filter_intensity: 0.3,
              transition_type: null,
              transition_duration: 500,
            },
            speed: { speed: 1.5, reverse: false },
            audio: { volume: 0.5, change_pitch: true },
            background: { blur: true, color: null },
            keyframes: {
              position: [
                { time: 0, value: [0, 0] },
                { time: 1000, value: { x: 0.5, y: 0.25 } },
              ],
              scale: [{ time: 0, value: 1.2 }],
              rotation: [{ time: 0, value: 5 }],
              opacity: [{ time: 500, value: 1 }],
            },
          }),
        ],
        { volume: 0.5 },
      ),
    );
    expect(clip).toEqual({
      media: 'https://cdn.test/walk.mp4',
      start: 0,
      duration: 4_000_000,
      source: { start: 2_000_000, duration: 6_000_000 },
      speed: 1.5,
      volume: 0.25,
      changePitch: true,
      crop: { left: 0.1, top: 0, right: 1, bottom: 0.9 },
      background: { type: 'blur', level: 0.0625 },
      filters: [{ name: '冬漫', intensity: 30 }],
      // What the keyframes override is kept, so that the compiler says so.
      transform: { x: 0.1, y: -0.2, scale: 1.2, rotation: 5, opacity: 0.9, flipX: true },
      keyframes: {
        positionX: [
          [0, 0],
          [1_000_000, 0.5],
        ],
        positionY: [
          [0, 0],
          [1_000_000, 0.25],
        ],
        scale: [[0, 1.2]],
        rotation: [[0, 5]],
        opacity: [[500_000, 1]],
      },
    });
  });

  test('a sound with everything', () => {
    const audio = {
      volume: 0.4,
      fade_in: 800,
      fade_out: 1200,
      effect_type: '大叔',
      effect_intensity: 0.7,
      speed: 2,
    };
    const segment = {
      type: 'audio',
      material_url: 'https://cdn.test/tune.mp3',
      time_range: { start: 0, end: 6000 },
      audio,
    };
    expect(clipsOf(cozeDraft('audio', [segment], { volume: 0.5 }))).toEqual([
      {
        media: 'https://cdn.test/tune.mp3',
        start: 0,
        duration: 6_000_000,
        speed: 2,
        volume: 0.2,
        fade: { in: 800_000, out: 1_200_000 },
        effects: [{ name: '大叔', intensity: 70 }],
      },
    ]);
    const curve = { ...segment, keyframes: { volume: [{ time: 0, value: 1 }] } };
    expect(clipsOf(cozeDraft('audio', [curve], { volume: 0.5 }))[0]).toMatchObject({
      keyframes: { volume: [[0, 0.5]] },
    });
  });

  test('a text with everything', () => {
    const segment = textSegment({
      transform: { position_x: 0.2, position_y: -0.8, scale: 1.5, rotation: 10, opacity: 0.5 },
      style: {
        font_family: '文轩体',
        font_size: 48,
        font_weight: 'bold',
        font_style: 'italic',
        color: 'FFE8A0',
        stroke: { enabled: true, color: '#101010', width: 2 },
        shadow: { enabled: true, color: '#000', offset_x: 3, offset_y: 4, blur: 6 },
        background: { enabled: true, color: 'white', opacity: 0.5 },
      },
      alignment: 'right',
      animations: { intro: '渐显', outro: '渐隐', loop: '跳动' },
    });
    expect(clipsOf(cozeDraft('text', [segment]), { timeUnit: 'ms' })).toEqual([
      {
        text: 'x',
        start: 0,
        duration: 2_000_000,
        style: {
          size: 8,
          bold: true,
          italic: true,
          color: '#FFE8A0',
          font: { name: '文轩体' },
          border: { color: '#101010', width: 2 },
          shadow: { color: '#000000', distance: 5, angle: -53.130102354, diffuse: 6 },
          background: { color: '#FFFFFF', opacity: 0.5 },
          align: 'right',
        },
        animations: { in: { name: '渐显' }, out: { name: '渐隐' }, loop: { name: '跳动' } },
        transform: { x: 0.2, y: -0.8, scale: 1.5, rotation: 10, opacity: 0.5 },
      },
    ]);
  });

  test('stickers, effects and filters', () => {
    const time_range = { start: 0, end: 2000 };
    const tracks = [
      {
        track_type: 'sticker',
        segments: [{ resource_id: '77', time_range, transform: { scale: 0.5 }, flip: { vertical: true } }],
      },
      {
        track_type: 'effect',
        segments: [{ effect_type: '雪花', time_range, properties: { intensity: 0.4 } }],
      },
      {
        track_type: 'filter',
        muted: false,
        segments: [{ filter_type: '清新', intensity: 0.25, time_range }],
      },
    ];
    expect(clipsOf({ tracks }, { timeUnit: 'ms' })).toMatchObject([
      { sticker: { id: '77' }, transform: { scale: 0.5, flipY: true } },
      { effect: { name: '雪花', intensity: 40 } },
      { filter: { name: '清新', intensity: 25 } },
    ]);
  });

  test('a transition belongs to the clip that leaves', () => {
    const effects = { transition_type: '叠化', transition_duration: 400 };
    const { timelines, problems } = convert(
      cozeDraft('video', [walk(0, 2000, { effects }), walk(2000, 4000)]),
    );
    const [timeline] = timelines;
    expect(problems).toEqual([]);
    expect(timeline!.transitions).toEqual([
      { after: timeline!.tracks[0]!.clips[0]!.id, name: '叠化', duration: 400_000 },
    ]);
  });

  test('a gap of less than a frame does not stop a transition', () => {
    const effects = { transition_type: '叠化' };
    const draft = cozeDraft('video', [walk(0, 1999, { effects }), walk(2000, 4000)]);
    expect(convert(draft).timelines[0]!.transitions).toHaveLength(1);
    const apart = cozeDraft('video', [walk(0, 1900, { effects }), walk(2000, 4000)]);
    expect(codesOf(convert(apart).problems)).toEqual(['DR074']);
  });

  test('a muted track stays muted', () => {
    expect(convert(cozeDraft('video', [walk(0, 2000)], { muted: true })).timelines[0]!.tracks[0]!.muted).toBe(
      true,
    );
  });

  test('what has no counterpart is listed once for each kind of place', () => {
    const draft = cozeDraft('video', [
      walk(0, 2000, { glow: 1, nothing: null }),
      walk(2000, 4000, { glow: 2 }),
    ]);
    const { problems } = convert({ drafts: [{ ...draft, mood: 'calm' }] });
    expect(problems).toMatchObject([
      { code: 'DR161', severity: 'warning', pointer: '/drafts/0/tracks/0/segments/0/glow' },
      { code: 'DR161', severity: 'warning', pointer: '/drafts/0/mood' },
    ]);
    expect(problems[0]!.message).toBe(
      'drafts[0].tracks[0].segments[0].glow: dropped, it has no counterpart in a draft, and 1 more like it',
    );
  });
});

describe('pictures fill the canvas as they are told', () => {
  const card = (fit_mode: string, more: object = {}): object => ({
    type: 'image',
    material_url: 'https://cdn.test/card.png',
    time_range: { start: 0, end: 2000 },
    background: { fit_mode },
    ...more,
  });
  const transformOf = (segment: object): unknown =>
    clipsOf(cozeDraft('video', [segment]), { timeUnit: 'ms' })[0]!.transform;

  test.each([
    ['fit', undefined],
    ['fill', { scale: 1.777777778 }],
    ['stretch', { scaleX: 1.777777778, scaleY: 1 }],
  ])('%s', (mode, transform) => {
    expect(transformOf(card(mode))).toEqual(transform);
  });

  test('also when they are cropped, scaled or moving', () => {
    expect(transformOf(card('fill', { crop: { enabled: true, right: 0.5 } }))).toEqual({
      scale: 3.555555556,
    });
    expect(transformOf(card('stretch', { transform: { scale_x: 2, scale_y: 2 } }))).toEqual({
      scaleX: 3.555555556,
      scaleY: 2,
    });
    const [clip] = clipsOf(
      cozeDraft('video', [card('fill', { keyframes: { scale: [{ time: 0, value: 2 }] } })]),
      { timeUnit: 'ms' },
    );
    expect(clip).toMatchObject({ keyframes: { scale: [[0, 3.555555556]] } });
  });
});

describe('places of text', () => {
  const at = (position_x: number, position_y: number): object =>
    cozeDraft('text', [textSegment({ transform: { position_x, position_y } })]);

  test('that may be counted from the top left are pointed out, and moved on request', () => {
    const asked = { timeUnit: 'ms' } as const;
    const kept = convert(at(0.5, 0.9), asked);
    expect(kept.problems).toMatchObject([{ code: 'DR166', severity: 'warning' }]);
    expect(kept.timelines[0]!.tracks[0]!.clips).toMatchObject([{ transform: { x: 0.5, y: 0.9 } }]);
    expect(clipsOf(at(0.5, 0.9), { ...asked, legacyPosition: true })).toMatchObject([
      { transform: { y: -0.8 } },
    ]);
    expect(convert(at(0.5, -0.9), asked).problems).toEqual([]);
    expect(convert(at(0.2, 0.9), asked).problems).toEqual([]);
  });
});

describe('clip strings', () => {
  const video = {
    video_url: 'https://cdn.test/walk.mp4',
    start: 0,
    end: 4000,
    crop_enabled: true,
    crop_left: 0.1,
    volume: 0.5,
  };
  const image = {
    image_url: 'https://cdn.test/card.png',
    start: 4000,
    end: 6000,
    in_animation: '斜切',
    in_animation_duration: 700,
  };
  const caption = {
    content: 'hi',
    start: 0,
    end: 2000,
    font_size: 60,
    stroke_enabled: true,
    stroke_color: '#000000',
  };
  const expected = [
    { media: 'https://cdn.test/walk.mp4', duration: 4_000_000, crop: { left: 0.1 }, volume: 0.5 },
    {
      media: 'https://cdn.test/card.png',
      start: 4_000_000,
      animations: { in: { name: '斜切', duration: 700_000 } },
    },
    { text: 'hi', style: { size: 10, border: { color: '#000000' } } },
  ];
  test.each([
    [
      'as segments',
      {
        tracks: [
          { track_type: 'video', segments: [video, image] },
          { track_type: 'text', segments: [caption] },
        ],
      },
    ],
    [
      'as text in segments',
      {
        tracks: [
          { track_type: 'video', segments: [JSON.stringify(video), JSON.stringify(image)] },
          { track_type: 'text', segments: [JSON.stringify(caption)] },
        ],
      },
    ],
    [
      'as answers of the clip tools',
      [
        { video_info_string: JSON.stringify(video), success: true },
        { image_info_string: JSON.stringify(image), success: true },
        { caption_info_string: JSON.stringify(caption), success: true },
      ],
    ],
    [
      'as lists of texts',
      {
        video_infos: [JSON.stringify(video)],
        image_infos: [JSON.stringify(image)],
        caption_infos: [JSON.stringify(caption)],
      },
    ],
  ])('%s', (_, value) => {
    expect(detectFormat(value)).toBe('coze2jianying');
    const { problems, timelines } = convert(value);
    expect(problems).toEqual([]);
    expect(timelines[0]!.tracks.flatMap(({ clips }) => clips as object[])).toMatchObject(expected);
  });
});

describe('mistakes are told with their place', () => {
  test.each([
    [
      walk(4000, 2000),
      'DR003',
      'tracks[0].segments[0].time_range: end must be after start (got 4000 to 2000)',
    ],
    [walk(-1, 2000), 'DR002', 'tracks[0].segments[0].time_range: start -1 is before 0'],
    [{ ...walk(0, 1), time_range: null }, 'DR162', 'tracks[0].segments[0].time_range is missing'],
    [{ ...walk(0, 1), time_range: { start: 0 } }, 'DR162', 'tracks[0].segments[0].time_range.end is missing'],
    [
      { ...walk(0, 1), time_range: { start: 0, end: 'soon' } },
      'DR162',
      'tracks[0].segments[0].time_range.end: must be a number (got "soon")',
    ],
    [
      walk(0, 2000, { material_url: null }),
      'DR165',
      'tracks[0].segments[0].material_url is missing: nothing to play',
    ],
    [
      walk(0, 2000, { material_range: { start: 5, end: 5 } }),
      'DR003',
      'tracks[0].segments[0].material_range: end must be after start (got 5 to 5)',
    ],
    [
      walk(0, 2000, { type: 'text' }),
      'DR010',
      'tracks[0].segments[0]: a segment of type "text" cannot go on a track of type "video"',
    ],
    [
      walk(0, 2000, { keyframes: { position: [{ time: 0, value: 0.5 }] } }),
      'DR162',
      'tracks[0].segments[0].keyframes.position[0]: must be {time, value: {x, y}} (got {"time":0,"value":0.5})',
    ],
    [
      walk(0, 2000, { background: { color: 'mauve-ish' } }),
      'DR162',
      'tracks[0].segments[0].background.color: must be a colour such as #FFE8A0 (got "mauve-ish")',
    ],
    [
      walk(0, 2000, { effects: { transition_type: '叠化' } }),
      'DR074',
      'tracks[0].segments[0].effects.transition_type: "叠化" leads nowhere, it is the last clip of its track',
    ],
    [7, 'DR162', 'tracks[0].segments[0] must be an object'],
  ])('%j', (segment, code, message) => {
    const { timelines, problems } = convert(cozeDraft('video', [segment]), { timeUnit: 'ms' });
    expect(problems).toMatchObject([{ code, severity: 'error', message }]);
    expect(timelines).toEqual([]);
  });

  test('a track of an unknown type', () => {
    expect(codesOf(convert(cozeDraft('subtitle', []), { timeUnit: 'ms' }).problems)).toEqual(['DR010']);
  });
});

test('fields that are absent or null mean nothing', () => {
  const bare = {
    type: 'video',
    material_url: 'https://cdn.test/walk.mp4',
    time_range: { start: 0, end: 4000 },
  };
  const nulls = {
    transform: null,
    crop: null,
    effects: null,
    speed: null,
    audio: null,
    background: null,
    keyframes: null,
  };
  const [draft] = [
    { tracks: [{ track_type: 'video', muted: null, volume: null, segments: [{ ...bare, ...nulls }] }] },
  ];
  expect(clipsOf(draft)).toEqual([{ media: bare.material_url, start: 0, duration: 4_000_000 }]);
  expect(convert(draft).timelines[0]).toMatchObject({
    canvas: { width: 1920, height: 1080, fps: 30 },
    name: 'draft 1',
  });
});

test('our own timelines pass through unchanged', () => {
  const timeline = {
    schema: 'draft-timeline/1',
    timeUnit: 's',
    tracks: [{ type: 'video', clips: [{ media: 'a.mp4', start: 0 }] }],
  };
  const read = readInput(JSON.stringify(timeline));
  expect(read).toMatchObject({ format: 'draft-timeline', mediaSources: ['a.mp4'], problems: [] });
  expect(toTimelines(read, { facts: new Map() })).toEqual({
    timelines: [timeline],
    units: ['s'],
    problems: [],
  });
});

test('what is converted compiles', () => {
  const { timelines } = convert({ drafts: [cozeDraft('video', [walk(0, 4000), walk(4000, 9000)])] });
  const sha256 = '0'.repeat(64);
  const media = new Map(
    [...cozeFacts].map(([url, facts]) => [
      url,
      { path: '/x', name: 'walk.mp4', sha256, extension: 'mp4', bytes: 1, facts },
    ]),
  );
  const options = { media, draftName: 'x', now: () => 0, uuid: () => crypto.randomUUID() };
  expect(compileDraft(timelines[0], options)).toMatchObject({
    problems: [],
    draft: { durationUs: 9_000_000 },
  });
  expect(readCozeExport({ tracks: [] }).drafts).toHaveLength(1);
});

test('a draft without clips, and an export that failed, say so', () => {
  const problems = (value: unknown) =>
    toTimelines(readInput(value), { facts: new Map() }).problems.map(({ message }) => message);
  expect(problems({ drafts: [{ project: { name: 'n' }, tracks: [] }] })).toEqual(['drafts[0]: has no clips']);
  expect(problems({ draft_data: '', success: false, message: 'no draft found' })).toEqual([
    'input: the export tool failed: no draft found',
  ]);
});

test('every file is named with the place that names it first', () => {
  const segment = (material_url: string) => ({
    type: 'video',
    material_url,
    time_range: { start: 0, end: 1 },
  });
  const tracks = [{ track_type: 'video', segments: [segment('a.mp4'), segment('b.mp4'), segment('a.mp4')] }];
  const { mediaPlaces } = readInput({ drafts: [{ tracks }] });
  expect([...mediaPlaces]).toEqual([
    ['a.mp4', { pointer: '/drafts/0/tracks/0/segments/0', place: 'drafts[0].tracks[0].segments[0]' }],
    ['b.mp4', { pointer: '/drafts/0/tracks/0/segments/1', place: 'drafts[0].tracks[0].segments[1]' }],
  ]);
});
