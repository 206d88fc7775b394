import { describe, expect, test } from 'vitest';
import {
  type Clip,
  type Converted,
  type ConvertOptions,
  exportTimeline,
  type MediaFacts,
  mediaSources,
  parseTimeline,
  type ReadOptions,
  readInput,
  type Timeline,
  toTimelines,
} from '../../src/index.ts';
import { hasSamples, sample, sampleFacts } from '../support/samples.ts';

type Options = Partial<ConvertOptions> & Pick<ReadOptions, 'rows'>;

const convert = (name: string, { rows, ...options }: Options = {}): Converted =>
  toTimelines(readInput(sample(name), { fileName: name, rows }), { facts: sampleFacts(), ...options });
const clipsOf = ({ tracks }: Timeline, index: number): Clip[] => tracks[index]!.clips as Clip[];
const codesOf = ({ problems }: Converted, ...severities: string[]): string[] =>
  problems.filter(({ severity }) => severities.includes(severity)).map(({ code }) => code);
/** The only timeline of an input without errors. */
function one(name: string, options: Options = {}): { timeline: Timeline; converted: Converted } {
  const converted = convert(name, options);
  expect(codesOf(converted, 'error')).toEqual([]);
  expect(converted.timelines).toHaveLength(1);
  const [timeline] = converted.timelines;
  const facts = new Map([...sampleFacts(), ...standIns(timeline)]);
  expect(parseTimeline(timeline, { facts }).problems.filter(({ severity }) => severity === 'error')).toEqual(
    [],
  );
  return { timeline: timeline!, converted };
}
/** Facts of the pictures that stand in for lost media. */
function standIns(timeline: unknown): [string, MediaFacts][] {
  const facts: MediaFacts = { kind: 'photo', width: 16, height: 9, durationUs: 0, hasAudio: false };
  return mediaSources(timeline).flatMap((source) => (source.startsWith('data:') ? [[source, facts]] : []));
}
const errors = (name: string, options: Options = {}) => {
  const converted = convert(name, options);
  expect(converted.timelines).toEqual([]);
  return converted.problems.filter(({ severity }) => severity === 'error');
};

describe.skipIf(!hasSamples)('samples', () => {
  test('capcut-mate/ok-calls.json', () => {
    const { timeline, converted } = one('capcut-mate/ok-calls.json');
    expect(converted.problems).toEqual([]);
    expect(timeline.canvas).toMatchObject({ width: 1080, height: 1920 });
    expect(timeline.tracks.map(({ type }) => type)).toEqual(['video', 'audio', 'text', 'filter']);
    expect(clipsOf(timeline, 0)).toMatchObject([
      {
        start: 0,
        duration: 4_000_000,
        transform: { x: 0.1, y: -0.1 },
        keyframes: {
          rotation: [
            [0, 0],
            [3_500_000, 12],
          ],
        },
      },
      { start: 4_000_000, duration: 4_000_000, transform: { x: 0.1, y: -0.1 } },
    ]);
    expect(timeline.transitions).toMatchObject([{ name: '3D空间', duration: 600_000 }]);
    const [first] = clipsOf(timeline, 2);
    expect(first).toMatchObject({ transform: { y: -0.4 } });
    const { text, ranges } = first as { text: string; ranges: { start: number; end: number }[] };
    expect(ranges.map(({ start, end }) => text.slice(start, end))).toEqual(['🔥', '一千二百度']);
    expect(clipsOf(timeline, 3)).toMatchObject([{ filter: { intensity: 55 } }]);
  });

  test('capcut-mate/ok-speed-images.json', () => {
    const { timeline, converted } = one('capcut-mate/ok-speed-images.json');
    const [images, videos] = [clipsOf(timeline, 0), clipsOf(timeline, 1)];
    expect(images).toMatchObject([{ start: 0, duration: 3_000_000, animations: { in: { name: '斜切' } } }]);
    expect((images[0] as { animations: object }).animations).not.toHaveProperty('group');
    expect(videos).toMatchObject([{ speed: 2, duration: 3_000_000 }]);
    expect(codesOf(converted, 'warning')).toEqual(['DR166']);
  });

  test('capcut-mate/ambiguous-keyframes.json', () => {
    const found = convert('capcut-mate/ambiguous-keyframes.json');
    expect(codesOf(found, 'error')).toEqual(['DR160']);
    expect(found.problems.find(({ code }) => code === 'DR160')!.message).toContain('0.5, 1');
    expect(codesOf(found, 'warning')).toEqual(['DR166']);
    const { timeline } = one('capcut-mate/ambiguous-keyframes.json', { keyframeOffset: 'ratio' });
    expect(clipsOf(timeline, 0)).toMatchObject([
      {
        keyframes: {
          positionX: [
            [2_500_000, 1],
            [5_000_000, 0.125],
          ],
        },
      },
    ]);
  });

  test('capcut-mate/broken-captions.json', () => {
    expect(errors('capcut-mate/broken-captions.json')).toMatchObject([
      { code: 'DR162', pointer: '/1/body/captions' },
    ]);
    const calls = JSON.parse(sample('capcut-mate/broken-captions.json'));
    calls[1].body.captions += ']';
    const { problems } = toTimelines(readInput(calls), { facts: new Map() });
    expect(problems).toMatchObject([
      { code: 'DR003', pointer: '/1/body/captions/1/end' },
      { code: 'DR162', pointer: '/1/body/captions/2/end' },
    ]);
  });

  test('vectcut/ok-log.json', () => {
    const { timeline, converted } = one('vectcut/ok-log.json');
    expect(timeline.canvas).toMatchObject({ width: 1920, height: 1080 });
    expect(clipsOf(timeline, 0)).toMatchObject([
      {
        start: 0,
        duration: 4_000_000,
        source: { start: 1_000_000, duration: 6_000_000 },
        speed: 1.5,
        keyframes: {
          opacity: [
            [0, 0],
            [1_200_000, 1],
          ],
        },
      },
      { start: 4_000_000, duration: 2_500_000 },
    ]);
    expect(clipsOf(timeline, 1)).toMatchObject([{ duration: 6_500_000 }]);
    expect(clipsOf(timeline, 2)).toMatchObject([{ ranges: [{ start: 0, end: 3 }] }]);
    expect(converted.problems).toMatchObject([{ code: 'DR161', pointer: '/6/params/draft_folder' }]);
  });

  test('vectcut/ok-lines.jsonl', () => {
    const { timeline } = one('vectcut/ok-lines.jsonl');
    expect(clipsOf(timeline, 0)).toMatchObject([{ duration: 8_000_000 }]);
    expect(clipsOf(timeline, 1).map(({ start }) => start)).toEqual([700_000, 2_500_000]);
    expect(clipsOf(timeline, 2)).toMatchObject([{ effect: { kind: 'scene', params: { 2: 80 } } }]);
  });

  test('vectcut/ambiguous-end-and-keyframe.json', () => {
    const name = 'vectcut/ambiguous-end-and-keyframe.json';
    expect(errors(name).map(({ code }) => code)).toEqual(['DR160']);
    const { timeline, converted } = one(name, { audioLength: 'played' });
    expect(clipsOf(timeline, 0)).toMatchObject([
      { source: { start: 0, duration: 12_000_000 }, keyframes: { positionY: [[12_000_000, 1]] } },
      { start: 12_000_000, source: { start: 2_000_000, duration: 6_000_000 } },
    ]);
    expect(clipsOf(timeline, 1)).toMatchObject([{ duration: 4_000_000, speed: 2 }]);
    const messages = converted.problems.map(({ message }) => message).join('\n');
    for (const part of ['8 s', '4 s', 'the earlier one', 'position_y 1 is kept'])
      expect(messages).toContain(part);
  });

  test('vectcut/broken-log.json', () => {
    const found = errors('vectcut/broken-log.json').map(({ code, pointer }) => `${code} ${pointer}`);
    expect(found.sort()).toEqual([
      'DR003 /2/params/end',
      'DR162 /3',
      'DR165 /0/params/video_url',
      'DR165 /1',
    ]);
  });

  test('capcut-cli/ok-compile.json', () => {
    const { timeline, converted } = one('capcut-cli/ok-compile.json');
    expect(converted.problems).toEqual([]);
    expect(timeline.canvas).toMatchObject({ width: 1080, height: 1920, ratio: '9:16' });
    const [video, photo] = clipsOf(timeline, 0);
    expect(video).toMatchObject({ id: 'a', source: { start: 1_500_000, duration: 3_000_000 } });
    expect(photo).toMatchObject({
      start: 3_000_000,
      keyframes: {
        scale: [
          [0, 1.2],
          [2_000_000, 1.35, 'ease-out'],
        ],
      },
    });
    expect(timeline.transitions).toEqual([{ after: 'a', name: 'dissolve', duration: 400_000 }]);
    expect(clipsOf(timeline, 1)).toMatchObject([{ fade: { in: 500_000, out: 1_000_000 } }]);
    expect(clipsOf(timeline, 2)).toMatchObject([{ ranges: [{ start: 6, end: 8, style: { size: 22 } }] }]);
    expect(parseTimeline(timeline, { facts: sampleFacts() }).timeline!.durationUs).toBe(5_000_000);
  });

  test('capcut-cli/ok-templated.json with rows', () => {
    const rows = sample('capcut-cli/ok-templated.rows.jsonl');
    const { timelines, problems } = convert('capcut-cli/ok-templated.json', { rows });
    expect(problems).toEqual([]);
    expect(timelines.map(({ name }) => name)).toEqual(['ep-1', 'ep-2']);
    for (const timeline of timelines) {
      expect(clipsOf(timeline, 0)).toMatchObject([{ speed: 2, source: { duration: 8_000_000 } }]);
      expect(parseTimeline(timeline, { facts: sampleFacts() }).problems).toEqual([]);
    }
    expect(errors('capcut-cli/ok-templated.json')[0]).toMatchObject({ code: 'DR165' });
  });

  test('capcut-cli/ambiguous-ms.json', () => {
    const [error, ...others] = errors('capcut-cli/ambiguous-ms.json');
    expect(others).toEqual([]);
    expect(error).toMatchObject({
      code: 'DR160',
      message: expect.stringContaining('5000 of shoreline.mp4 (12 s)'),
    });
    expect(clipsOf(one('capcut-cli/ambiguous-ms.json', { timeUnit: 'ms' }).timeline, 0)).toMatchObject([
      { duration: 5_000_000 },
      { duration: 3_000_000 },
    ]);
  });

  test('capcut-cli/broken-ref.json', () => {
    const codes = errors('capcut-cli/broken-ref.json').map(({ code }) => code);
    for (const code of ['DR150', 'DR011', 'DR001', 'DR165', 'DR162']) expect(codes).toContain(code);
  });

  test('jianying-plan/ok-plan.json', () => {
    const { timeline, converted } = one('jianying-plan/ok-plan.json');
    expect(converted.problems).toEqual([]);
    expect(timeline.tracks.map(({ type }) => type)).toEqual(['video', 'video', 'audio', 'text', 'filter']);
    expect(clipsOf(timeline, 1)).toMatchObject([{ mask: { shape: 'circle', size: 0.6, feather: 10 } }]);
    const [caption] = clipsOf(timeline, 3) as { text: string; ranges: { start: number; end: number }[] }[];
    expect(caption!.text.slice(caption!.ranges[0]!.start, caption!.ranges[0]!.end)).toBe('🌊');
    expect(clipsOf(timeline, 2)).toMatchObject([{ effects: [{ name: '低保真', params: { 强弱: 60 } }] }]);
  });

  test('jianying-plan/ok-headless.json', () => {
    const { timeline } = one('jianying-plan/ok-headless.json');
    expect(clipsOf(timeline, 0)[0]).toMatchObject({
      mask: { shape: 'rectangle', rectWidth: 0.5, size: 0.4, roundCorner: 20 },
    });
    expect(timeline.transitions).toMatchObject([{ duration: 400_000 }]);
    expect(clipsOf(timeline, 1)).toMatchObject([
      { style: { border: { width: 25 } }, transform: { y: -0.78 } },
    ]);
  });

  test('jianying-plan/ambiguous-time-strings.json', () => {
    const found = convert('jianying-plan/ambiguous-time-strings.json');
    expect(codesOf(found, 'error')).toEqual(['DR005', 'DR005', 'DR005']);
    expect(codesOf(found, 'warning')).toEqual(['DR166', 'DR166']);
  });

  test('jianying-plan/broken-plan.json', () => {
    const found = convert('jianying-plan/broken-plan.json');
    expect(found.timelines).toEqual([]);
    expect(codesOf(found, 'error').sort()).toEqual(['DR003', 'DR010', 'DR018', 'DR162', 'DR162']);
    expect(codesOf(found, 'warning')).toEqual(['DR006']);
  });

  test('otio/ok-cuts.otio', () => {
    const { timeline, converted } = one('otio/ok-cuts.otio');
    expect(clipsOf(timeline, 0)).toMatchObject([
      { start: 0, duration: 3_000_000 },
      { start: 3_000_000, duration: 2_000_000, speed: 2, source: { duration: 4_000_000 } },
      { start: 6_000_000, duration: 1_500_000 },
    ]);
    expect(timeline.transitions).toMatchObject([{ duration: 400_000 }]);
    expect(converted.problems).toEqual([]);
    expect(timeline.markers).toMatchObject([{ text: expect.stringContaining('check colour') }]);
    expect(parseTimeline(timeline, { facts: sampleFacts() }).timeline!.durationUs).toBe(7_500_000);
  });

  test('otio/ok-clip1-missing.otio', () => {
    const { timeline, converted } = one('otio/ok-clip1-missing.otio');
    expect(clipsOf(timeline, 0)).toMatchObject([
      { media: 'kiln.mp4' },
      { start: 3_000_000, duration: 1_000_000 },
    ]);
    expect(clipsOf(timeline, 1)).toMatchObject([{ media: 'shoreline.mp4', start: 800_000 }]);
    expect(converted.problems).toMatchObject([{ code: 'DR120', severity: 'warning' }]);
  });

  test('otio/ambiguous-rates.otio', () => {
    const { timeline, converted } = one('otio/ambiguous-rates.otio');
    const [camera, ntsc] = clipsOf(timeline, 0) as [
      Clip,
      { source: { start: number; duration: number } } & Clip,
    ];
    expect(camera).toMatchObject({ source: { start: 1_000_000, duration: 2_000_000 } });
    // 29.97 frames at 30000/1001 a second.
    expect(ntsc).toMatchObject({
      start: 2_000_000,
      duration: 1_999_998,
      speed: 0.5,
      source: { start: 999_999 },
    });
    expect(ntsc.source.duration).toBe(999_999);
    expect(converted.problems).toMatchObject([{ code: 'DR161', pointer: '/global_start_time' }]);
  });

  test('otio/broken-transition.otio', () => {
    const found = convert('otio/broken-transition.otio');
    expect(found.timelines).toEqual([]);
    expect(codesOf(found, 'error').sort()).toEqual(['DR020', 'DR027', 'DR075', 'DR165']);
    expect(found.problems.map(({ message }) => message).join()).toContain('"Caption"');
  });

  test('srt/ok.srt', () => {
    const { timeline, converted } = one('srt/ok.srt');
    expect(converted.problems).toEqual([]);
    expect(clipsOf(timeline, 0)).toMatchObject([
      { start: 400_000, duration: 1_700_000, text: 'The tide is out.' },
      { text: 'Slowly it returns 🌊\nto the wall.', ranges: [{ start: 0, end: 6, style: { italic: true } }] },
      { text: '港口醒来了' },
    ]);
  });

  test('srt/messy.srt', () => {
    expect(errors('srt/messy.srt').map(({ code }) => code)).toEqual(['DR162']);
    const { timeline, converted } = one('srt/messy.srt', { lenient: true });
    expect(timeline.tracks.map(({ clips }) => clips.length)).toEqual([2, 1]);
    expect(clipsOf(timeline, 0)[1]).toMatchObject({
      text: 'orange bold',
      ranges: [{ style: { color: '#ff8800' } }, { style: { bold: true } }],
    });
    expect(clipsOf(timeline, 1)).toMatchObject([
      { text: 'overlaps the cue before\n\nand keeps a blank line inside', transform: { y: 0.8 } },
    ]);
    const messages = converted.problems.map(({ code, message }) => `${code} ${message}`).join('\n');
    for (const part of [
      'DR163 line 1: "."',
      '1 digit',
      'without a number',
      'DR163 line 7',
      'DR164',
      'DR162 line 11',
      '<b> is never closed',
    ]) {
      expect(messages).toContain(part);
    }
  });

  test('srt/ambiguous-frames.srt', () => {
    expect(
      errors('srt/ambiguous-frames.srt').map(({ code, location }) => [code, location!.start.line]),
    ).toEqual([
      ['DR160', 2],
      ['DR160', 2],
      ['DR160', 6],
      ['DR160', 6],
    ]);
    const { timeline } = one('srt/ambiguous-frames.srt', { fps: 24, shortTimes: 'mm:ss' });
    expect(clipsOf(timeline, 0)).toMatchObject([
      { start: 1_500_000 },
      { start: 62_000_000, duration: 3_000_000 },
    ]);
  });

  test('srt/broken.srt', () => {
    expect(errors('srt/broken.srt').map(({ code, location }) => [code, location!.start.line])).toEqual([
      ['DR162', 2],
      ['DR162', 6],
      ['DR162', 10],
    ]);
  });

  test('vtt/ok.vtt', () => {
    const { timeline } = one('vtt/ok.vtt');
    expect(clipsOf(timeline, 0)).toMatchObject([
      {
        text: 'Ropes & anchors',
        transform: { y: -0.7 },
        ranges: [{ start: 8, end: 15, style: { bold: true } }],
      },
      { text: 'one two three', ranges: [{}, {}, {}] },
    ]);
    const words = clipsOf(one('vtt/ok.vtt', { karaoke: 'words' }).timeline, 0).slice(1);
    expect(words).toMatchObject([
      { text: 'one', start: 2_500_000 },
      { text: 'two' },
      { text: 'three', duration: 750_000 },
    ]);
  });

  test('vtt/ambiguous-map.vtt', () => {
    const found = convert('vtt/ambiguous-map.vtt');
    expect(codesOf(found, 'error')).toEqual(['DR160']);
    expect(codesOf(found, 'warning')).toEqual(['DR163']);
    expect(clipsOf(one('vtt/ambiguous-map.vtt', { streamOffset: 'apply' }).timeline, 0)).toMatchObject([
      { start: 20_000_000 },
    ]);
    expect(clipsOf(one('vtt/ambiguous-map.vtt', { streamOffset: 'ignore' }).timeline, 0)).toMatchObject([
      { start: 10_000_000 },
    ]);
  });

  test('vtt/broken.vtt', () => {
    expect(errors('vtt/broken.vtt').map(({ code, location }) => [code, location!.start.line])).toEqual([
      ['DR162', 1],
      ['DR162', 4],
    ]);
  });

  test('ass/ok.ass', () => {
    const { timeline } = one('ass/ok.ass');
    expect(timeline.name).toBe('harbour');
    expect(timeline.tracks.map(({ clips }) => clips.length)).toEqual([3, 1]);
    const [first, sung, moved] = clipsOf(timeline, 0);
    expect(first).toMatchObject({
      text: 'First line\nsecond, with a comma',
      style: { color: '#FFFFFF', border: { color: '#202020' } },
    });
    expect(sung).toMatchObject({ text: 'karaoke', ranges: [{}, {}, {}] });
    expect(moved).toMatchObject({ transform: { x: 0, y: 0.62962963 } });
    expect(clipsOf(timeline, 1)).toMatchObject([
      {
        transform: { y: 0.8 },
        style: { color: '#FFD700' },
        ranges: [{ style: { italic: true } }, { style: { color: '#FF8030' } }],
      },
    ]);
    const words = clipsOf(one('ass/ok.ass', { karaoke: 'words' }).timeline, 0);
    expect(words.slice(1, 4)).toMatchObject([
      { text: 'ka', start: 2_400_000, duration: 500_000 },
      { text: 'ra', duration: 400_000 },
      { text: 'oke', duration: 700_000 },
    ]);
  });

  test('ass/ambiguous-timer.ass', () => {
    const { timeline, converted } = one('ass/ambiguous-timer.ass');
    expect(clipsOf(timeline, 0)).toMatchObject([
      { start: 4_000_000, duration: 5_000_000, transform: { x: 0, y: 0.791666667 } },
    ]);
    const messages = converted.problems.map(({ code, message }) => `${code} ${message}`).join('\n');
    for (const part of ['384x288', 'Timer 50', '3 digits', '1 digit']) expect(messages).toContain(part);
    const options = { timer: 'ignore', playRes: { width: 384, height: 60 } } as const;
    expect(clipsOf(one('ass/ambiguous-timer.ass', options).timeline, 0)).toMatchObject([
      { start: 2_000_000, transform: { y: 0 } },
    ]);
  });

  test('ass/broken.ass', () => {
    expect(errors('ass/broken.ass').map(({ code, location }) => [code, location!.start.line])).toEqual([
      ['DR162', 5],
      ['DR162', 7],
      ['DR162', 8],
      ['DR162', 8],
    ]);
  });

  test.each([
    'capcut-mate/ok-calls.json',
    'vectcut/ok-log.json',
    'vectcut/ok-lines.jsonl',
    'capcut-cli/ok-compile.json',
    'jianying-plan/ok-plan.json',
    'otio/ok-cuts.otio',
  ])('%s comes back from OTIO as it was', (name) => {
    const facts = sampleFacts();
    const { timeline } = one(name);
    const { text } = exportTimeline(timeline, 'otio', { facts });
    const back = toTimelines(readInput(text), { facts });
    expect(back.problems).toEqual([]);
    const normal = (value: unknown) => parseTimeline(value, { facts, quantise: false }).timeline;
    expect(withoutSource(normal(back.timelines[0]))).toEqual(withoutSource(normal(timeline)));
  });

  test('times of keyframes, fades and animations come back from OTIO whatever their unit was', () => {
    const timelineIn = (timeUnit: string, one: number): unknown => ({
      schema: 'draft-timeline/1',
      name: 'units',
      timeUnit,
      canvas: { width: 1920, height: 1080, fps: 30 },
      tracks: [
        {
          type: 'audio',
          clips: [
            {
              media: 'tune.mp3',
              start: 0,
              duration: 4 * one,
              source: { start: one },
              fade: { in: one, out: '500ms' },
              keyframes: {
                volume: [
                  [0, 1],
                  [1.5 * one, 0.5],
                ],
              },
            },
          ],
        },
      ],
    });
    const back = (timeline: unknown): unknown =>
      toTimelines(readInput(exportTimeline(timeline, 'otio').text!), { facts: new Map() }).timelines[0];
    expect(back(timelineIn('s', 1))).toMatchObject({
      tracks: [
        {
          clips: [
            {
              fade: { in: 1_000_000, out: 500_000 },
              keyframes: {
                volume: [
                  [0, 1],
                  [1_500_000, 0.5],
                ],
              },
            },
          ],
        },
      ],
    });
    expect(back(timelineIn('s', 1))).toEqual(back(timelineIn('ms', 1000)));
  });
});

/** What a clip stated and what was worked out from it is the same; only the former is written back. */
function withoutSource(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(value, (key, item) =>
      ['input', 'written'].includes(key) ? { ...item, source: 0, speed: 0, duration: 0 } : item,
    ),
  );
}
