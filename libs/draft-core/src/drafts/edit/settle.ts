import { formatUs } from '../../timeline/time.ts';
import { numberOf } from '../loose.ts';
import { layerOf } from './edit-draft.ts';
import type { EditContext } from './operation.ts';
import type { Segment, Track } from './parts.ts';
import { clipPlace, inOrder } from './select.ts';
import { orderOf, Snapshot } from './snapshot.ts';
import { spanIfAny } from './spans.ts';

/**
 * Makes what follows from edits: clips in order, one layer a track, no track that they emptied, no transition without
 * a next clip, the total length.
 *
 * @param before - The draft in front of all edits.
 */
export function settle(context: EditContext, before: Snapshot): Snapshot {
  const { draft } = context;
  for (const track of draft.tracks) {
    if (track.segments.length === 0 && before.tracks.has(track)) draft.removeTrack(track);
    else if (before.tracks.get(track) !== orderOf(track)) track.segments = inOrder(track);
  }
  let now = new Snapshot(draft);
  for (const track of draft.tracks) settleTransitions(context, track, before, now);
  now = new Snapshot(draft);
  const isMoved = draft.tracks.some((track) =>
    track.segments.some((segment) => before.isMoved(segment, now)),
  );
  const isShorter = [...before.tracks.keys()].some(
    (track) => before.tracks.get(track) !== now.tracks.get(track),
  );
  if (isMoved || isShorter) draft.content.duration = now.endUs;
  return now;
}

/** Puts segments on a track. */
export function place(track: Track, ...segments: Segment[]): void {
  const layer = track.segments.length === 0 ? undefined : layerOf(track);
  for (const segment of segments) if (layer !== undefined) segment.render_index = layer;
  track.segments.push(...segments);
}

function settleTransitions(context: EditContext, track: Track, before: Snapshot, now: Snapshot): void {
  const { draft } = context;
  const segments = inOrder(track);
  for (const [index, segment] of segments.entries()) {
    const transitions = draft.companions(segment, 'transitions');
    if (transitions.length === 0) continue;
    const next = segments[index + 1];
    const ids = transitions.map(({ id }) => id);
    if (!now.isJoined(segment)) {
      if (before.has(segment) && !before.isJoined(segment)) continue;
      segment.extra_material_refs = segment.extra_material_refs!.filter((ref) => !ids.includes(ref));
      context.release(ids);
      const message = `the transition after ${clipPlace(draft, { track, segment })} was removed: no clip follows directly`;
      context.warn('DR074', message);
      continue;
    }
    if (!before.isMoved(segment, now) && !before.isMoved(next!, now)) continue;
    const roomUs = Math.min(spanIfAny(segment)!.durationUs, spanIfAny(next!)!.durationUs);
    for (const transition of transitions) {
      const lengthUs = numberOf(transition.duration) ?? 0;
      if (lengthUs <= roomUs) continue;
      transition.duration = roomUs;
      const message = `the transition after ${clipPlace(draft, { track, segment })} was cut from ${formatUs(lengthUs)} to ${formatUs(roomUs)}`;
      context.warn('DR075', message);
    }
  }
}
