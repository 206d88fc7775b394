import { editableTimeline, newTimelineErrors, type Timeline, type Track } from '@cozecut/draft-core';
import type { ToolContext } from '@cozecut/plugin-host';
import { UserError } from '@cozecut/problems';
import { storedTimeline } from './stored-timeline.ts';

/** A changed timeline, and what the caller is told about it. */
export interface Change<Result> {
  timeline: Timeline;
  result: Result;
}

/**
 * Changes a stored draft. It is checked before it is kept, so that a refused call leaves it as it was; when another
 * call was faster, the change is made again to what that call left.
 *
 * @param change - Gets a frozen timeline in microseconds with an id on every track and clip; acts on nothing else.
 * @throws UserError DRAFT_INVALID with what is wrong after the change and was not before; DRAFT_NOT_FOUND,
 * DRAFT_CONFLICT.
 */
export async function changeDraft<Result>(
  draftId: string,
  change: (timeline: Timeline) => Change<Result>,
  { drafts, catalog }: Pick<ToolContext, 'drafts' | 'catalog'>,
): Promise<Result> {
  let result: Result | undefined;
  const edit = (stored: unknown) => {
    const before = readable(storedTimeline(stored));
    const changed = change(before);
    const options = { allowVip: true, ...(catalog === undefined ? {} : { catalog }) };
    const errors = newTimelineErrors(before, changed.timeline, options);
    if (errors.length > 0) throw UserError.fromProblems('DRAFT_INVALID', errors);
    result = changed.result;
    return changed.timeline;
  };
  await drafts.edit(draftId, edit, { isShared: true });
  return result as Result;
}

/** What these tools wrote is in order already; a draft that came from an export may need it. */
function readable(timeline: Timeline): Timeline {
  const isReady = timeline.timeUnit === 'us' && timeline.tracks.every(isReadable);
  return isReady ? timeline : editableTimeline(timeline);
}

/** Tracks that are readable and stay so, as they are frozen: an edit leaves all but a few as they were. */
const readableTracks = new WeakSet<Track>();

function isReadable(track: Track): boolean {
  if (readableTracks.has(track)) return true;
  const isReady =
    track.id !== undefined &&
    track.clips.every(
      (clip) => clip.id !== undefined && typeof clip.start === 'number' && typeof clip.duration !== 'string',
    );
  if (isReady && Object.isFrozen(track)) readableTracks.add(track);
  return isReady;
}
