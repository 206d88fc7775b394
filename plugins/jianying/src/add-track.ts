import type { Timeline, TrackType } from '@cozecut/draft-core';
import type { ToolContext } from '@cozecut/plugin-host';
import { changeDraft } from './change-draft.ts';
import { type NewClip, placeClips } from './place-clips.ts';
import type { AddVideosOutput } from './tools.gen.ts';
import { finding } from './write-draft.ts';

/** What every tool that adds clips to a track answers with. */
export type Added = AddVideosOutput;

/** Which draft gets clips, and on which track. */
export interface Destination {
  draft_id: string;
  track_id?: string;
  track_name?: string;
}

/**
 * Puts clips on a track of a stored draft, by default on a new one above the earlier ones of its kind.
 *
 * @throws UserError DRAFT_INVALID with all findings; the draft is as it was then.
 */
export async function addTrack<Kind extends TrackType>(
  { draft_id, ...choice }: Destination,
  type: Kind,
  makeClips: (timeline: Timeline) => readonly NewClip<Kind>[],
  context: ToolContext,
): Promise<Added> {
  return changeDraft(
    draft_id,
    (before) => {
      const placed = placeClips(before, { ...choice, type }, makeClips(before), context.uuid);
      return {
        timeline: placed.timeline,
        result: {
          draft_id,
          track_id: placed.trackId,
          segment_ids: placed.segmentInfos.map(({ id }) => id),
          segment_infos: placed.segmentInfos,
          problems: placed.problems.map(finding),
        },
      };
    },
    context,
  );
}

/** The part of an input that says where clips go. */
export function destination({ draft_id, track_id, track_name }: Destination): Destination {
  return {
    draft_id,
    ...(track_id === undefined ? {} : { track_id }),
    ...(track_name === undefined ? {} : { track_name }),
  };
}
