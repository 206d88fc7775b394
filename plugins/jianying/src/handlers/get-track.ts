import { editableTimeline, listTimeline } from '@cozecut/draft-core';
import { findSegment } from '../change-clips.ts';
import { findTrackById } from '../place-clips.ts';
import { shownSegment, shownTrack } from '../show.ts';
import { storedTimeline } from '../stored-timeline.ts';
import type { ToolHandler } from '../tools.gen.ts';

/** The tracks of a draft. */
export const getTracks: ToolHandler<'get_tracks'> = async ({ draft_id, type }, { drafts }) => {
  const { tracks } = listTimeline(storedTimeline((await drafts.get(draft_id)).timeline));
  return {
    draft_id,
    tracks: tracks.filter((track) => type === 'all' || track.type === type).map(shownTrack),
  };
};

/** The clips of a track. */
export const getTrack: ToolHandler<'get_track'> = async ({ draft_id, track_id }, { drafts }) => {
  const timeline = editableTimeline(storedTimeline((await drafts.get(draft_id)).timeline));
  const { id } = findTrackById(timeline, track_id);
  const track = listTimeline(timeline).tracks.find((one) => one.id === id)!;
  return {
    draft_id,
    track: shownTrack(track),
    segments: track.clips.map((clip) => shownSegment(clip, track)),
  };
};

/** One clip with all that is known about it. */
export const getSegment: ToolHandler<'get_segment'> = async ({ draft_id, segment_id }, { drafts }) => {
  const timeline = editableTimeline(storedTimeline((await drafts.get(draft_id)).timeline));
  const { clip, track: owner } = findSegment(timeline, segment_id);
  const track = listTimeline(timeline).tracks.find(({ id }) => id === owner.id)!;
  const listed = track.clips.find(({ id }) => id === segment_id)!;
  return { draft_id, segment: shownSegment(listed, track), clip: JSON.stringify(clip) };
};
