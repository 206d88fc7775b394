import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseTime, parseTimeline, type TimeUnit } from '../src/index.ts';
import { facts, timelineOf } from './support/timeline.ts';

describe('a time', () => {
  test.each([
    [1.5, 's', 1_500_000],
    [0.1 + 0.2, 's', 300_000],
    [2.5, 'ms', 2500],
    [7, 'us', 7],
    ['250ms', 's', 250_000],
    ['1.5s', 'ms', 1_500_000],
    ['1h2m3s', 'us', 3_723_000_000],
    ['1m', 'us', 60_000_000],
    ['2m500ms', 'us', 120_500_000],
    ['40us', 's', 40],
    ['40µs', 's', 40],
    ['1.5 s', 'us', 1_500_000],
    ['00:01:02.500', 'us', 62_500_000],
    ['01:02', 'us', 62_000_000],
    ['100:00:00,5', 'us', 360_000_500_000],
    ['-1s', 'us', -1_000_000],
    ['-0s', 'us', 0],
    [-0, 's', 0],
    ['1h', 's', 3_600_000_000],
    ['1.5h', 's', 5_400_000_000],
    ['90m', 's', 5_400_000_000],
    ['1h30m', 's', 5_400_000_000],
    ['1m1ms1us', 's', 60_001_001],
    [' 1h 2m 3s ', 'us', 3_723_000_000],
    ['0.0000005s', 'us', 1],
    ['00:00', 's', 0],
    ['1:02:03', 's', 3_723_000_000],
    ['00:00:00.0000015', 's', 2],
    ['9007199254.740991s', 'us', Number.MAX_SAFE_INTEGER],
    [1e-7, 's', 0],
  ] as const)('%j in %s is %d us', (value, unit, us) => {
    expect(parseTime(value, unit)).toEqual({ us });
  });

  test.each([
    ['5', 'DR005'],
    ['1.5', 'DR005'],
    ['', 'DR005'],
    ['1s500', 'DR005'],
    ['abc', 'DR005'],
    ['1s2h', 'DR005'],
    ['00:75:00', 'DR005'],
    ['00:00:01:12', 'DR005'],
    ['   ', 'DR005'],
    ['s', 'DR005'],
    ['-', 'DR005'],
    ['.5s', 'DR005'],
    ['5.s', 'DR005'],
    ['1e3s', 'DR005'],
    ['1,5s', 'DR005'],
    ['1S', 'DR005'],
    ['1s1s', 'DR005'],
    ['1ms2s', 'DR005'],
    ['--1s', 'DR005'],
    ['1s-500ms', 'DR005'],
    ['250ms!', 'DR005'],
    ['12:60', 'DR005'],
    ['00:01:02.', 'DR005'],
    ['٣s', 'DR005'],
    ['1.5us', 'DR004'],
    ['9007199254740993us', 'DR004'],
    [`${'9'.repeat(400)}h`, 'DR004'],
    [0.5, 'DR004'],
    [Number.NaN, 'DR004'],
    [Number.POSITIVE_INFINITY, 'DR004'],
    [2 ** 53, 'DR004'],
  ] as const)('%j is none', (value, code) => {
    expect(parseTime(value, 'us')).toMatchObject({ code });
  });
});

/** Ways to write a whole number of microseconds. */
const writings: ((us: number) => string)[] = [
  (us) => `${us}us`,
  (us) => `${Math.floor(us / 1000)}ms${us % 1000}us`,
  (us) => `${Math.floor(us / 1000)}.${String(us % 1000).padStart(3, '0')}ms`,
  (us) => `${Math.floor(us / 1e6)}.${String(us % 1e6).padStart(6, '0')} s`,
  (us) => `${Math.floor(us / 3.6e9)}h${Math.floor(us / 6e7) % 60}m${Math.floor(us / 1e6) % 60}s${us % 1e6}µs`,
  (us) => {
    const two = (value: number): string => String(Math.floor(value)).padStart(2, '0');
    const fraction = String(us % 1e6).padStart(6, '0');
    return `${two(us / 3.6e9)}:${two((us / 6e7) % 60)}:${two((us / 1e6) % 60)}.${fraction}`;
  },
];
const units = fc.constantFrom<TimeUnit>('us', 'ms', 's');

describe('any time', () => {
  test('is read as it is written, in every way and to the microsecond', () => {
    fc.assert(
      fc.property(
        fc.maxSafeNat(),
        fc.constantFrom(...writings),
        units,
        fc.boolean(),
        (us, write, unit, isNegative) => {
          expect(parseTime((isNegative ? '-' : '') + write(us), unit)).toEqual({
            us: isNegative && us > 0 ? -us : us,
          });
        },
      ),
      { numRuns: 500 },
    );
  });

  test('as a number counts its unit', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1e12, max: 1e12 }), (count) => {
        expect(parseTime(count, 'us')).toEqual({ us: count });
        expect(parseTime(count / 1000, 'ms')).toEqual({ us: count });
        expect(parseTime(count / 1e6, 's')).toEqual({ us: count });
      }),
      { numRuns: 500 },
    );
  });

  test('is whole microseconds or a finding, whatever comes in', () => {
    const alphabet = fc.constantFrom(
      ...'0123456789',
      '.',
      ',',
      ':',
      '-',
      ' ',
      'h',
      'm',
      's',
      'u',
      'µ',
      'e',
      '\n',
      '٣',
    );
    const values = fc.oneof(
      fc.string(),
      fc.string({ unit: alphabet, maxLength: 14 }),
      fc.double(),
      fc.integer(),
    );
    fc.assert(
      fc.property(values, units, (value, unit) => {
        const parsed = parseTime(value, unit);
        if ('us' in parsed) {
          expect(Number.isSafeInteger(parsed.us)).toBe(true);
          expect(Object.is(parsed.us, -0)).toBe(false);
          return;
        }
        expect(parsed.code).toMatch(typeof value === 'number' ? /^DR004$/ : /^DR00[45]$/);
        expect(parsed.message).not.toBe('');
        expect(parsed.hint).not.toBe('');
      }),
      { numRuns: 2000 },
    );
  });

  test('of a clip may be anything: a finding leads to it, and nothing is thrown', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.double(), fc.jsonValue({ maxDepth: 1 })), (start) => {
        const timeline = timelineOf({ type: 'text', clips: [{ text: 'x', start, duration: 1 }] });
        const { timeline: parsed, problems } = parseTimeline(timeline);
        if (parsed === undefined)
          expect(problems.some(({ pointer }) => pointer!.startsWith('/tracks/0/clips/0'))).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});

/** The one clip of a track, worked out. */
function clipOf(input: object, options: { quantise?: boolean; type?: string } = {}) {
  const { type = 'video', quantise = true } = options;
  const { timeline, problems } = parseTimeline(timelineOf({ type, clips: [{ start: 0, ...input }] }), {
    facts,
    quantise,
  });
  const [clip] = timeline?.tracks[0]?.clips ?? [];
  if (clip?.kind !== 'video' && clip?.kind !== 'audio') throw new Error(JSON.stringify(problems));
  const { startUs, durationUs, source, speed } = clip;
  return { startUs, durationUs, source: [source.startUs, source.durationUs], speed };
}

describe('source, length and speed', () => {
  const media = 'talk.mp4';
  test.each([
    ['length alone', { duration: 2 }, [2, [0, 2], 1]],
    ['length and speed', { duration: 2, speed: 1.5 }, [2, [0, 3], 1.5]],
    ['source and speed', { source: { start: 1, duration: 6 }, speed: 1.5 }, [4, [1, 6], 1.5]],
    ['source and length', { source: { start: 1, duration: 4 }, duration: 2 }, [2, [1, 4], 2]],
    ['source start and length', { source: { start: 3 }, duration: 2 }, [2, [3, 2], 1]],
    ['nothing: the whole file', {}, [10, [0, 10], 1]],
    ['source start: the rest of the file', { source: { start: 4 }, speed: 2 }, [3, [4, 6], 2]],
  ])('%s', (_, input, [length, source, speed]) => {
    const us = (seconds: number): number => seconds * 1_000_000;
    expect(clipOf({ media, ...input })).toEqual({
      startUs: 0,
      durationUs: us(length as number),
      source: (source as number[]).map(us),
      speed,
    });
  });

  test('a still picture shows its length at speed 1', () => {
    expect(clipOf({ media: 'poster.png', duration: 2 })).toMatchObject({ source: [0, 2_000_000], speed: 1 });
  });
});

describe('the frame grid', () => {
  test('moves ends, not lengths: neighbours keep touching', () => {
    const clips = [
      { text: 'a', start: 0, duration: 1.01 },
      { text: 'b', start: 1.01, duration: 1.01 },
      { text: 'c', start: 2.02, duration: 0.005 },
    ];
    const { timeline, problems } = parseTimeline(timelineOf({ type: 'text', clips }));
    expect(timeline!.tracks[0]!.clips.map(({ startUs, durationUs }) => [startUs, durationUs])).toEqual([
      [0, 1_000_000],
      [1_000_000, 1_033_333],
      [2_033_333, 33_334],
    ]);
    expect(problems.map(({ code, severity }) => [code, severity])).toEqual([
      ['DR009', 'info'],
      ['DR008', 'info'],
    ]);
    expect(problems[1]!.message).toBe('5 clip ends were moved to the 30 fps grid, by at most 13333 us');
  });

  test('an overlap of less than a frame goes away, one of more does not', () => {
    const overlapBy = (seconds: number): string[] =>
      parseTimeline(
        timelineOf({
          type: 'text',
          clips: [
            { text: 'a', start: 0, duration: 1 + seconds },
            { text: 'b', start: 1, duration: 1 },
          ],
        }),
      ).problems.map(({ code }) => code);
    expect(overlapBy(0.01)).toEqual(['DR008']);
    expect(overlapBy(0.05)).toEqual(['DR008', 'DR001']);
  });

  test('never reaches beyond the file', () => {
    const media = 'song.mp3';
    const audio = { type: 'audio' };
    expect(clipOf({ media, source: { start: 29.99 } }, audio)).toMatchObject({ durationUs: 33_333 });
    const { source, durationUs } = clipOf({ media, duration: 1.02, source: { start: 28.98 } }, audio);
    expect(durationUs).toBe(1_033_333);
    expect(source[0]! + source[1]!).toBeLessThanOrEqual(30_000_000);
  });

  test('is left alone on request', () => {
    expect(clipOf({ media: 'talk.mp4', start: 0.001, duration: 1.0001 }, { quantise: false })).toMatchObject({
      startUs: 1000,
      durationUs: 1_000_100,
    });
  });

  test('keyframes move with their clip and stay apart', () => {
    const keyframes = {
      rotation: [
        [0, 0],
        [0.501, 5],
        [0.502, 6],
        [1.01, 9],
      ],
    };
    const clips = [{ media: 'talk.mp4', start: 0.99, duration: 1.01, keyframes }];
    const { timeline } = parseTimeline(timelineOf({ type: 'video', clips }), { facts });
    const [clip] = timeline!.tracks[0]!.clips;
    if (clip?.kind !== 'video') throw new Error('a video clip was expected');
    expect(clip.curves[0]!.points.map(({ atUs }) => atUs)).toEqual([0, 500_000, 533_333, 1_000_000]);
  });
});
