import { changeDraft } from '../change-draft.ts';
import { draftReference } from '../draft-reference.ts';
import { emptyTrack } from '../place-clips.ts';
import type { ToolHandler } from '../tools.gen.ts';

/** Empty tracks, for the tools that add clips. */
export const addTracks: ToolHandler<'add_tracks'> = ({ draft_id, tracks }, context) =>
  changeDraft(
    draft_id,
    (before) => {
      let timeline = before;
      for (const { muted, layer, ...choice } of tracks) {
        const track = {
          ...emptyTrack(timeline, choice, context.uuid()),
          ...(muted === undefined ? {} : { muted }),
          ...(layer === undefined ? {} : { layer }),
        };
        timeline = { ...timeline, tracks: [...timeline.tracks, track] };
      }
      const ids = timeline.tracks.slice(before.tracks.length).map(({ id }) => id!);
      return { timeline, result: { ...draftReference(draft_id, context), track_ids: ids } };
    },
    context,
  );
