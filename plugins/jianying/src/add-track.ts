import type { Timeline, TrackType } from '@cozecut/draft-core';
import type { ToolContext } from '@cozecut/plugin-host';
import { callIds } from './call-ids.ts';
import { changeDraft } from './change-draft.ts';
import { draftReference } from './draft-reference.ts';
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
  idempotency_key?: string;
}

/**
 * Puts clips on a track of a stored draft, by default on a new one above the earlier ones of its kind.
 *
 * @throws UserError DRAFT_INVALID with all findings; the draft is as it was then.
 */
export async function addTrack<Kind extends TrackType>(
  input: Destination,
  type: Kind,
  makeClips: (timeline: Timeline) => readonly NewClip<Kind>[],
  context: ToolContext,
): Promise<Added> {
  const { draft_id } = input;
  return changeDraft(
    draft_id,
    (before) => {
      const made = callIds(type, input, context);
      const placed = placeClips(before, { ...trackChoice(input), type }, makeClips(before), made.next);
      const ids = placed.segmentInfos.map(({ id }) => id);
      return {
        timeline: made.areIn(before, ids) ? before : placed.timeline,
        result: {
          ...draftReference(draft_id, context),
          track_id: placed.trackId,
          segment_ids: ids,
          segment_infos: placed.segmentInfos,
          problems: placed.problems.map(finding),
        },
      };
    },
    context,
  );
}

/** The part of an input that says which track. */
export function trackChoice({ track_id, track_name }: Destination): Omit<Destination, 'draft_id'> {
  return {
    ...(track_id === undefined ? {} : { track_id }),
    ...(track_name === undefined ? {} : { track_name }),
  };
}
