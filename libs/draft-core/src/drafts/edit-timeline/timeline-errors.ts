import type { Problem } from '@cozecut/problems';
import { checkTimeline, type ParseTimelineOptions } from '../../timeline/parse.ts';
import type { Timeline, Track } from '../../timeline/schema.ts';

/**
 * Errors of a timeline that it did not have before a change.
 *
 * @param after - Where it has tracks of `before` as they were, the very same objects, those are not checked again.
 */
export function newTimelineErrors(
  before: Timeline,
  after: Timeline,
  options: ParseTimelineOptions,
): Problem[] {
  const errorsOf = (timeline: Timeline): Problem[] =>
    checkTimeline(timeline, { ...options, errorsOnly: true }).problems.filter(
      ({ severity }) => severity === 'error',
    );
  const changed = changedAlone(before, after);
  if (changed !== undefined && errorsOf(changed).length === 0) return [];
  const found = errorsOf(after);
  if (found.length === 0) return [];
  const known = new Set(errorsOf(before).map(({ code, message }) => `${code} ${message}`));
  return found.filter(({ code, message }) => !known.has(`${code} ${message}`));
}

/**
 * The changed tracks as a timeline of their own, when it has every error that the change can have made: tracks judge
 * each other by nothing but names and ids, which are looked at here, and transitions, which are left to the whole check.
 */
function changedAlone(before: Timeline, after: Timeline): Timeline | undefined {
  const keys = new Set([...Object.keys(before), ...Object.keys(after)]) as Set<keyof Timeline>;
  keys.delete('tracks');
  for (const key of keys) if (before[key] !== after[key]) return undefined;
  const transitions: unknown = after.transitions ?? [];
  if (!Array.isArray(transitions) || transitions.length > 0) return undefined;
  if (!Array.isArray(before.tracks) || !Array.isArray(after.tracks) || isAnyTwice(after.tracks))
    return undefined;
  const former = new Set(before.tracks);
  return { ...after, tracks: after.tracks.filter((track) => !former.has(track)) };
}

/** Whether a name is that of two tracks, or an id that of two tracks or clips; so is what cannot be read. */
function isAnyTwice(tracks: readonly Track[]): boolean {
  const names = new Set<string>();
  const ids = new Set<string>();
  const isTaken = (taken: Set<string>, value: string | undefined): boolean => {
    if (value === undefined) return false;
    const { size } = taken;
    return taken.add(value).size === size;
  };
  return tracks.some(
    (track) =>
      !Array.isArray(track?.clips) ||
      isTaken(names, track.name) ||
      isTaken(ids, track.id) ||
      track.clips.some((clip) => isTaken(ids, clip?.id)),
  );
}
