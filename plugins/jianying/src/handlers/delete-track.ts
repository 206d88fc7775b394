import type { Clip } from '@cozecut/draft-core';
import { describeChange } from '../change-clips.ts';
import { changeDraft } from '../change-draft.ts';
import { findTrackById } from '../place-clips.ts';
import type { ToolHandler } from '../tools.gen.ts';

/** Removes a track with its clips, and the transitions between them. */
export const deleteTrack: ToolHandler<'delete_track'> = ({ draft_id, track_id }, context) =>
  changeDraft(
    draft_id,
    (before) => {
      const track = findTrackById(before, track_id);
      const gone = new Set((track.clips as Clip[]).map(({ id }) => id));
      const { transitions = [], ...rest } = before;
      const kept = transitions.filter(({ after }) => !gone.has(after));
      const timeline = {
        ...rest,
        tracks: before.tracks.filter((one) => one !== track),
        ...(kept.length === 0 ? {} : { transitions: kept }),
      };
      const count = gone.size === 1 ? '1 clip' : `${gone.size} clips`;
      const message = `deleted track ${JSON.stringify(track.name ?? track.id)} with ${count}`;
      return { timeline, result: describeChange(draft_id, before, timeline, { message }, context) };
    },
    context,
  );
