import { inMicroseconds } from '../../convert/in-microseconds.ts';
import { findProfile } from '../../profiles/index.ts';
import type { Clip, Timeline, TimelineTransition, Track } from '../../timeline/schema.ts';
import type { EditDraft } from '../edit/edit-draft.ts';
import { checkTrackType, failEdit } from '../edit/fail.ts';
import type { DraftEdit } from '../edit/operations/index.ts';
import { findDraftTrack, trackPlace } from '../edit/select.ts';
import { failTaken } from '../edit/track-names.ts';

/** A timeline after an edit, and what was done. */
export interface MadeEdit {
  timeline: Timeline;
  summary: string;
}

/** `migrate`: a timeline only names the app that its draft is for. */
export function migrateTimeline(
  timeline: Timeline,
  { profile }: Extract<DraftEdit, { op: 'migrate' }>,
): MadeEdit {
  return {
    timeline: { ...timeline, profile: findProfile(profile).id },
    summary: `migrated to ${findProfile(profile).id}`,
  };
}

/** `add`: the clips are of a timeline already. */
export function addToTimeline(
  timeline: Timeline,
  { track, to, timeUnit = 'us', transitions = [] }: Extract<DraftEdit, { op: 'add' }>,
  draft: EditDraft,
  uuid: () => string,
): MadeEdit {
  const target = to === undefined ? undefined : findDraftTrack(draft, to);
  if (target !== undefined) checkTrackType(track.type, target);
  const isTaken = track.name !== undefined && timeline.tracks.some(({ name }) => name === track.name);
  if (target === undefined && isTaken) failTaken(track.name!);
  const written = inMicroseconds({ ...timeline, timeUnit, tracks: [track], transitions, markers: [] });
  const [added] = written.tracks as [Track];
  const clips = (added.clips as Clip[]).map((clip) => ({ ...clip, id: clip.id ?? uuid() }));
  if (clips.length === 0) failEdit('DR013', 'there is no clip to add');
  const count = clips.length === 1 ? '1 clip' : `${clips.length} clips`;
  const tracks = timeline.tracks.map((one) =>
    one.id === target?.id ? ({ ...one, clips: [...one.clips, ...clips] } as Track) : one,
  );
  if (target === undefined) tracks.push({ ...added, id: added.id ?? uuid(), clips } as Track);
  const cuts = [...(timeline.transitions ?? []), ...(written.transitions as TimelineTransition[])];
  return {
    timeline: { ...timeline, tracks, ...(cuts.length === 0 ? {} : { transitions: cuts }) },
    summary:
      target === undefined
        ? `added ${count} on a new ${track.type} track`
        : `added ${count} to ${trackPlace(draft, target)}`,
  };
}
