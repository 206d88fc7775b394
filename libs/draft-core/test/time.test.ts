import { describe, expect, test } from 'vitest';
import { parseTime, parseTimeline } from '../src/index.ts';
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
    [0.5, 'DR004'],
    [Number.NaN, 'DR004'],
    [Number.POSITIVE_INFINITY, 'DR004'],
    [2 ** 53, 'DR004'],
  ] as const)('%j is none', (value, code) => {
    expect(parseTime(value, 'us')).toMatchObject({ code });
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
