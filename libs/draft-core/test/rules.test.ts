import { describe, expect, test } from 'vitest';
import { compileDraft, findProfile, parseTimeline } from '../src/index.ts';
import { catalog } from './support/catalog.ts';
import { countingUuid, fixedNow } from './support/ids.ts';
import { mediaMap, paperFile } from './support/media.ts';
import { mistakes } from './support/mistakes.ts';
import { facts, files, goodTimeline, setAt, timelineOf } from './support/timeline.ts';

test('nothing is found in a good timeline', () => {
  const { timeline, problems } = parseTimeline(goodTimeline(), { facts });
  expect(problems).toEqual([]);
  expect(timeline?.durationUs).toBe(5_000_000);
});

describe('a mistake gives its finding', () => {
  test.each(mistakes.map((mistake) => [mistake.code, mistake.at, mistake] as const))(
    '%s %s',
    (code, at, mistake) => {
      const timeline = goodTimeline();
      setAt(timeline, at, mistake.value);
      const { timeline: parsed, problems } = parseTimeline(timeline, { facts, catalog });
      const found = problems.find(
        (problem) => problem.code === code && problem.severity === mistake.severity,
      );
      expect(found, JSON.stringify(problems)).toBeDefined();
      expect(found!.pointer).toContain(mistake.pointer ?? `/${at.replaceAll('.', '/')}`);
      expect(found!.message).not.toBe('');
      // Nobody has to look up what an error wants.
      for (const { code, severity, hint, suggestions = [] } of problems)
        if (severity === 'error') expect(hint ?? suggestions[0], code).toBeTruthy();
      // A finding that is an error stops the compiler, others do not.
      expect(parsed === undefined).toBe(problems.some(({ severity }) => severity === 'error'));
    },
  );
});

test('all findings come at once, across clips and kinds', () => {
  const timeline = goodTimeline();
  setAt(timeline, 'canvas.fps', 23);
  setAt(timeline, 'tracks.0.clips.0.crop', { left: 2 });
  setAt(timeline, 'tracks.0.clips.0.unknown', 1);
  setAt(timeline, 'tracks.1.clips.0.fade', { in: '5' });
  setAt(timeline, 'tracks.2.clips.0.start', 'soon');
  const codes = parseTimeline(timeline, { facts }).problems.map(({ code }) => code);
  expect(codes.sort()).toEqual(['DR005', 'DR005', 'DR018', 'DR043', 'DR162']);
});

test('a place in a text is no time, and is not told like one', () => {
  const timeline = goodTimeline();
  setAt(timeline, 'tracks.2.clips.0.ranges', [{ start: 0.5, end: Number.NaN, style: {} }]);
  const { problems } = parseTimeline(timeline);
  expect(problems.map(({ code, pointer }) => [code, pointer])).toEqual([
    ['DR101', '/tracks/2/clips/0/ranges/0/start'],
    ['DR101', '/tracks/2/clips/0/ranges/0/end'],
  ]);
  for (const { hint } of problems) expect(hint).not.toMatch(/time/);
});

test('an unknown key comes with the key that was meant', () => {
  const timeline = goodTimeline();
  setAt(timeline, 'tracks.0.clips.0.transfrom', {});
  const [problem] = parseTimeline(timeline).problems;
  expect(problem).toMatchObject({ pointer: '/tracks/0/clips/0/transfrom', suggestions: ['transform'] });
  expect(problem!.message).toBe('unknown key "transfrom" in tracks[0].clips[0]');
});

test('a misspelled key that is needed is one finding of the rule of that key, and its part is not read', () => {
  const { timeUnit, ...rest } = goodTimeline();
  expect(parseTimeline({ ...rest, timeunit: timeUnit }).problems).toMatchObject([
    { code: 'DR005', pointer: '/timeunit', suggestions: ['timeUnit'] },
  ]);
  const timeline = timelineOf({ type: 'text', clips: [{ text: 'x', strat: 0, duration: 1 }] });
  expect(parseTimeline(timeline).problems).toMatchObject([
    { code: 'DR162', pointer: '/tracks/0/clips/0/strat' },
  ]);
});

test('a track of no type is one finding that names the types', () => {
  const { tracks, ...rest } = timelineOf({ type: 'text', clips: [] });
  const { type: _, ...track } = tracks[0]!;
  expect(parseTimeline({ ...rest, tracks: [track] }).problems).toMatchObject([
    {
      code: 'DR010',
      pointer: '/tracks/0',
      message: 'tracks[0] needs "type"',
      hint: 'type is one of video, audio, text, sticker, effect or filter',
    },
  ]);
});

test.each([null, 5, 'text', [], {}])('%j is no timeline', (value) => {
  const { timeline, problems } = parseTimeline(value);
  expect(timeline).toBeUndefined();
  expect(problems.length).toBeGreaterThan(0);
});

test('without facts, files are not judged, and only a clip without any length is a problem', () => {
  const clips = [
    { media: 'https://example.com/a.mp4', start: 0, duration: 2 },
    { media: 'b.mp4', start: 2 },
  ];
  expect(parseTimeline(timelineOf({ type: 'video', clips })).problems.map(({ code }) => code)).toEqual([
    'DR130',
  ]);
});

test('a file without size or length is not compiled', () => {
  const media = mediaMap(
    paperFile('a.mp4', { kind: 'video', width: 0 }),
    paperFile('b.mp4', { kind: 'video', durationUs: 0 }),
  );
  const clips = [
    { media: 'a.mp4', start: 0, duration: 1 },
    { media: 'b.mp4', start: 1, duration: 1 },
  ];
  const { draft, problems } = compileDraft(timelineOf({ type: 'video', clips }), {
    media,
    draftName: 'x',
    now: fixedNow,
    uuid: countingUuid(),
  });
  expect(draft).toBeUndefined();
  expect(problems.map(({ code, pointer }) => [code, pointer])).toEqual([
    ['DR130', '/tracks/0/clips/0/media'],
    ['DR130', '/tracks/0/clips/1/media'],
  ]);
});

test('a long clip overlaps every clip it covers, not only the next', () => {
  const clips = [0, 1, 2].map((start) => ({ text: 'x', start, duration: start === 0 ? 3 : 1 }));
  const { problems } = parseTimeline(timelineOf({ type: 'text', clips }));
  expect(problems.map(({ pointer }) => pointer)).toEqual(['/tracks/0/clips/1', '/tracks/0/clips/2']);
});

test('a fill behind a clip of an upper track is pointed out, one on the main track is not', () => {
  const clip = { media: 'talk.mp4', start: 0, duration: 1, background: { type: 'blur' } };
  const timeline = timelineOf({ type: 'video', clips: [clip] }, { type: 'video', clips: [clip] });
  expect(parseTimeline(timeline, { facts }).problems).toMatchObject([
    { code: 'DR051', pointer: '/tracks/1/clips/0/background' },
  ]);
});

test('a gap on the main track is fine without the magnet', () => {
  const timeline = goodTimeline();
  setAt(timeline, 'tracks.0.clips.0.duration', 1);
  setAt(timeline, 'mainTrackMagnet', false);
  expect(parseTimeline(timeline, { facts }).problems).toEqual([]);
});

test('a rotated clip whose corner is in the picture is not invisible', () => {
  const clip = (x: number, rotation: number): object => ({
    media: 'poster.png',
    start: 0,
    duration: 1,
    transform: { x, scale: 0.5, rotation },
  });
  const codes = (x: number, rotation: number): string[] =>
    parseTimeline(timelineOf({ type: 'video', clips: [clip(x, rotation)] }), { facts }).problems.map(
      ({ code }) => code,
    );
  expect(codes(1.38, 0)).toEqual(['DR042']);
  expect(codes(1.38, 40)).toEqual([]);
});

test('a transition over a gap is an error, one of more than half a clip a warning', () => {
  const timeline = goodTimeline();
  setAt(timeline, 'transitions', [{ after: 'a', name: 'x', duration: 1.5 }]);
  expect(parseTimeline(timeline, { facts }).problems).toMatchObject([{ code: 'DR075', severity: 'warning' }]);
  setAt(timeline, 'tracks.0.clips.1.start', 2.5);
  const codes = parseTimeline(timeline, { facts }).problems.map(({ code }) => code);
  expect(codes).toEqual(['DR007', 'DR074']);
});

test('off the grid is a warning for each clip end when times are left alone', () => {
  const timeline = goodTimeline();
  setAt(timeline, 'tracks.2.clips.0.start', 1.01);
  const { problems } = parseTimeline(timeline, { facts, quantise: false });
  expect(problems.map(({ code, severity }) => [code, severity])).toEqual([
    ['DR008', 'warning'],
    ['DR008', 'warning'],
  ]);
});

test('an animated picture must not outlast its file where it is stored as a video', () => {
  const timeline = timelineOf({ type: 'video', clips: [{ media: 'blink.gif', start: 0, duration: 3 }] });
  expect(parseTimeline(timeline, { facts }).problems).toMatchObject([{ code: 'DR020' }]);
  expect(parseTimeline(timeline, { facts, profile: findProfile('jianying-11-mac') }).problems).toEqual([]);
});

test('an unknown profile in the timeline is a finding with the known ones', () => {
  const { problems } = parseTimeline({ ...goodTimeline(), profile: 'jianying-5.9-mac' }, { facts });
  expect(problems).toMatchObject([{ code: 'PROFILE_UNKNOWN', pointer: '/profile' }]);
  const { draft } = compileDraft(
    { ...goodTimeline(), profile: 'nope' },
    { media: files, draftName: 'x', now: fixedNow, uuid: countingUuid() },
  );
  expect(draft).toBeUndefined();
});

test('opacity keyframes are doubtful in CapCut', () => {
  const clips = [
    {
      media: 'talk.mp4',
      start: 0,
      duration: 1,
      keyframes: {
        opacity: [
          [0, 0],
          [1, 1],
        ],
      },
    },
  ];
  const profile = { ...findProfile('jianying-11-mac'), app: 'capcut' as const };
  const { problems } = parseTimeline(timelineOf({ type: 'video', clips }), { facts, profile });
  expect(problems).toMatchObject([{ code: 'DR067', severity: 'warning' }]);
});

test('texts that are too large are told once for each track', () => {
  const clip = (text: string, start: number) => ({ text, start, duration: 1 });
  const wide = '一'.repeat(60);
  const find = (...texts: string[][]) => {
    const tracks = texts.map((all) => ({ type: 'text', clips: all.map(clip) }));
    return parseTimeline(timelineOf(...tracks)).problems.filter(({ code }) => code === 'DR108');
  };
  const [first, second, ...rest] = find(['fits', wide, 'fits', wide, 'a\n'.repeat(30)], ['fits', wide]);
  expect(first).toMatchObject({ severity: 'warning', pointer: '/tracks/0/clips/1/text' });
  expect(first!.message).toMatch(
    /^tracks\[0\]\.clips\[1\]: text is wider .* px; so are 2 more of the track$/,
  );
  expect(second).toMatchObject({ pointer: '/tracks/1/clips/1/text' });
  expect(second!.message).toMatch(/ px$/);
  expect(rest).toEqual([]);
  expect(find([wide, wide])[0]!.message).toMatch(/; so is 1 more of the track$/);
  expect(find(['fits', 'fits'])).toEqual([]);
});

test('an id of a clip is told from those that are given out and from that of its track', () => {
  const clip = (start: number, id?: string) => ({ text: 'x', start, duration: 1, ...(id && { id }) });
  const find = (clips: object[], id?: string) =>
    parseTimeline(timelineOf({ type: 'text', clips, ...(id && { id }) })).problems;
  expect(find([clip(0), clip(1), clip(2)])).toEqual([]);
  expect(find([clip(0), clip(1, 'clip-0-0'), clip(2, 'track-0')])).toEqual([]);
  expect(find([clip(0, 'a'), clip(1), clip(2, 'a')])).toMatchObject([{ code: 'DR014' }]);
  expect(find([clip(0), clip(1, 'a')], 'a')).toMatchObject([{ code: 'DR014' }]);
});
