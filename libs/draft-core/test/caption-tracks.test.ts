import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type CaptionCue,
  captionTracks,
  parseTimeline,
  splitOverlappingCaptions,
  type Timeline,
  type Track,
} from '../src/index.ts';
import { timelineOf } from './support/timeline.ts';

const cue = (startMs: number, endMs: number, text = `${startMs}`): CaptionCue => ({
  startUs: startMs * 1000,
  endUs: endMs * 1000,
  text,
});
const inUs = (tracks: Track[]): Timeline => ({ ...timelineOf(...tracks), timeUnit: 'us' });
const textsOf = (tracks: Track[]): string[][] =>
  tracks.map(({ clips }) => clips.map((clip) => ('text' in clip ? clip.text : '')));

describe('cues become caption tracks', () => {
  test('one after the other on one track, in order of time', () => {
    const { tracks, problems } = captionTracks([cue(2000, 3000), cue(0, 1000), cue(1000, 2000)]);
    expect(problems).toEqual([]);
    expect(tracks).toEqual([
      {
        type: 'text',
        name: 'captions',
        captions: true,
        clips: [
          { text: '0', start: 0, duration: 1_000_000 },
          { text: '1000', start: 1_000_000, duration: 1_000_000 },
          { text: '2000', start: 2_000_000, duration: 1_000_000 },
        ],
      },
    ]);
    expect(parseTimeline(inUs(tracks)).problems).toEqual([]);
  });

  test('look and place are those of the track, a cue may have its own', () => {
    const { tracks } = captionTracks([{ ...cue(0, 1000), transform: { y: 0.8 } }], {
      name: '字幕',
      style: { size: 7 },
      transform: { x: 0.1 },
      animations: { in: { name: '渐显' } },
    });
    expect(tracks).toMatchObject([
      {
        name: '字幕',
        defaults: { style: { size: 7 }, transform: { x: 0.1 }, animations: { in: { name: '渐显' } } },
        clips: [{ transform: { y: 0.8 } }],
      },
    ]);
  });

  test('those that overlap go to the lowest track with room, and are told', () => {
    const cues = [cue(0, 5000), cue(1000, 2000), cue(1500, 3000), cue(2000, 4000), cue(5000, 6000)];
    const { tracks, problems } = captionTracks(cues, { name: 'sub' });
    expect(tracks.map(({ name }) => name)).toEqual(['sub', 'sub-2', 'sub-3']);
    expect(textsOf(tracks)).toEqual([['0', '5000'], ['1000', '2000'], ['1500']]);
    expect(problems).toMatchObject([
      {
        code: 'DR164',
        severity: 'warning',
        pointer: '/1',
        message: '3 overlapping captions were moved to 2 further tracks',
      },
    ]);
    // What is left to do is to find them another place.
    const codes = parseTimeline(inUs(tracks)).problems.map(({ code }) => code);
    expect([...new Set(codes)]).toEqual(['DR112']);
  });

  test('on the frame grid an overlap of less than half a frame is none', () => {
    const cues = [cue(0, 1010), cue(1000, 2000)];
    expect(captionTracks(cues).tracks).toHaveLength(2);
    const { tracks, problems } = captionTracks(cues, { fps: 30 });
    expect(problems).toEqual([]);
    expect(parseTimeline(inUs(tracks)).problems.map(({ code }) => code)).toEqual(['DR008']);
  });

  test('a cue without length, text or time is left out and told, as an error or a warning', () => {
    const cues = [
      cue(1000, 1000),
      cue(2000, 1000),
      cue(0, 1000, ' \n'),
      cue(-1000, 1000),
      { startUs: 0.5, endUs: Number.NaN, text: 'x' },
      cue(0, 1000, 'good'),
    ];
    const { tracks, problems } = captionTracks(cues);
    expect(textsOf(tracks)).toEqual([['good']]);
    expect(problems.map(({ code, severity, pointer }) => [code, severity, pointer])).toEqual(
      [0, 1, 2, 3, 4].map((index) => ['DR162', 'error', `/${index}`]),
    );
    const lenient = captionTracks(cues, { lenient: true });
    expect(lenient.tracks).toEqual(tracks);
    expect(lenient.problems.map(({ severity }) => severity)).toEqual(Array(5).fill('warning'));
  });

  test('no cues are no tracks', () => {
    expect(captionTracks([])).toEqual({ tracks: [], problems: [] });
  });

  test('as many tracks as overlap at most, and never an overlap', () => {
    const times = fc.array(fc.tuple(fc.nat(9000), fc.integer({ min: 1, max: 4000 })), { maxLength: 40 });
    fc.assert(
      fc.property(times, fc.constantFrom(undefined, 24, 30, 60), (list, fps) => {
        const cues = list.map(([start, length]) => cue(start, start + length));
        const { tracks } = captionTracks(cues, fps === undefined ? {} : { fps });
        expect(textsOf(tracks).flat()).toHaveLength(cues.length);
        const timeline = inUs(tracks);
        if (fps !== undefined) timeline.canvas.fps = fps;
        const { problems } = parseTimeline(timeline, { quantise: fps !== undefined });
        expect(problems.filter(({ code }) => code === 'DR111' || code === 'DR001')).toEqual([]);
        if (fps !== undefined) return;
        const atOnce = cues.map(
          ({ startUs }) => cues.filter((one) => one.startUs <= startUs && one.endUs > startUs).length,
        );
        expect(tracks).toHaveLength(Math.max(0, ...atOnce));
      }),
      { numRuns: 150 },
    );
  });

  test('a hundred thousand cues at once are a hundred thousand tracks', () => {
    const { tracks } = captionTracks(Array.from({ length: 100_000 }, () => cue(0, 1000)));
    expect(tracks).toHaveLength(100_000);
  });
});

describe('overlapping captions of a timeline', () => {
  const clips = [
    { id: 'a', text: 'a', start: 0, duration: 2 },
    { id: 'b', text: 'b', start: '1s', duration: '1500ms' },
    { id: 'c', text: 'c', start: 2, duration: 1 },
  ];

  test('move to further tracks that look the same', () => {
    const timeline = timelineOf(
      { type: 'text', name: 'x-2', clips: [{ text: 'other', start: 0, duration: 1 }] },
      { type: 'text', id: 'k', name: 'x', captions: true, layer: 5, defaults: { style: { size: 6 } }, clips },
    );
    const copy = structuredClone(timeline);
    expect(parseTimeline(timeline).problems.map(({ code }) => code)).toContain('DR111');
    const { timeline: split, problems } = splitOverlappingCaptions(timeline);
    expect(timeline).toEqual(copy);
    expect(problems).toMatchObject([{ code: 'DR164', pointer: '/tracks/1' }]);
    expect(split.tracks.slice(1)).toEqual([
      { ...timeline.tracks[1], clips: [clips[0], clips[2]] },
      {
        type: 'text',
        name: 'x-3',
        captions: true,
        layer: 6,
        defaults: { style: { size: 6 } },
        clips: [clips[1]],
      },
    ]);
    expect(parseTimeline(split).problems.filter(({ severity }) => severity === 'error')).toEqual([]);
  });

  test('stay where they are on other tracks, without overlap, and when a time cannot be read', () => {
    const unread = [...clips, { text: 'd', start: 'soon', duration: 1 }];
    const timeline = timelineOf(
      { type: 'text', clips },
      { type: 'text', captions: true, clips: clips.slice(0, 1) },
      { type: 'text', captions: true, clips: unread },
    );
    expect(splitOverlappingCaptions(timeline)).toEqual({ timeline, problems: [] });
  });
});
