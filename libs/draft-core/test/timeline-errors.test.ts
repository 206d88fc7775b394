import { describe, expect, test } from 'vitest';
import { newTimelineErrors, parseTimeline, type Timeline } from '../src/index.ts';
import { catalog } from './support/catalog.ts';
import { mistakes } from './support/mistakes.ts';
import { goodTimeline, setAt } from './support/timeline.ts';

const options = { catalog, allowVip: true };
const copyOf = (timeline: Timeline): Timeline => structuredClone(timeline);

/** The timeline with a value changed; tracks that the change is not in are the very same ones. */
function changed(before: Timeline, path: string, value: unknown): Timeline {
  const after = copyOf(before);
  setAt(after, path, value);
  const same = before.tracks.map((track, index) =>
    JSON.stringify(track) === JSON.stringify(after.tracks?.[index]) ? track : after.tracks?.[index],
  );
  const keys = Object.keys(after) as (keyof Timeline)[];
  const kept = keys.map((key) => [
    key,
    JSON.stringify(before[key]) === JSON.stringify(after[key]) ? before[key] : after[key],
  ]);
  const shared = Object.fromEntries(kept) as Timeline;
  return Array.isArray(after.tracks) ? { ...shared, tracks: same as Timeline['tracks'] } : shared;
}

/** Errors by the check of the whole timeline, twice. */
function byWholeCheck(before: Timeline, after: Timeline) {
  const errorsOf = (timeline: Timeline) =>
    parseTimeline(timeline, options).problems.filter(({ severity }) => severity === 'error');
  const known = new Set(errorsOf(before).map(({ code, message }) => code + message));
  return errorsOf(after).filter(({ code, message }) => !known.has(code + message));
}

const long = (): Timeline => {
  const timeline = goodTimeline();
  timeline.tracks.push(
    {
      type: 'text',
      id: 'more',
      name: 'more',
      layer: 7,
      clips: [{ id: 'u', text: 'x', start: 0, duration: 1 }],
    },
    { type: 'video', name: 'over', layer: 3, clips: [{ id: 'w', media: 'talk.mp4', start: 0, duration: 2 }] },
  );
  return timeline;
};

describe('errors that a change makes are found whether or not tracks stay the same objects', () => {
  for (const { at, value, code } of mistakes) {
    test(`${code}: ${at} = ${String(JSON.stringify(value) ?? value).slice(0, 60)}`, () => {
      const before = long();
      const after = changed(before, at, value);
      expect(newTimelineErrors(before, after, options)).toEqual(byWholeCheck(before, after));
      // And the way back, from a timeline that has the mistake, where nothing is new.
      expect(newTimelineErrors(after, changed(after, 'name', 'other'), options)).toEqual([]);
      expect(newTimelineErrors(after, before, options)).toEqual(byWholeCheck(after, before));
    });
  }

  test('a track that is added may not have a name or an id that another one has', () => {
    const before = long();
    const clip = { id: 'fresh', text: 'x', start: 0, duration: 1 };
    const added = (more: object): Timeline =>
      ({
        ...before,
        tracks: [...before.tracks, { type: 'text', id: 'new', layer: 9, clips: [clip], ...more }],
      }) as Timeline;
    const codes = (more: object) => newTimelineErrors(before, added(more), options).map(({ code }) => code);
    expect(codes({})).toEqual([]);
    expect(codes({ name: 'more' })).toEqual(['DR011']);
    expect(codes({ id: 'more' })).toEqual(['DR014']);
    expect(codes({ clips: [{ ...clip, id: 'w' }] })).toEqual(['DR014']);
    expect(codes({ id: 'w' })).toEqual(['DR014']);
  });

  test('a track that goes takes what transitions stand on along', () => {
    const before: Timeline = { ...long(), transitions: [{ after: 'a', id: '1', duration: 0.4 }] };
    const after = { ...before, tracks: before.tracks.slice(1) };
    expect(newTimelineErrors(before, after, options).map(({ code }) => code)).toContain('DR165');
  });
});
