import type { Clip, ClipOf, Timeline } from '@cozecut/draft-core';
import type { ToolContext } from '@cozecut/plugin-host';
import { UserError } from '@cozecut/problems';
import { type Destination, trackChoice } from './add-track.ts';
import { callIds } from './call-ids.ts';
import { findSegment, mapClips, requireKind } from './change-clips.ts';
import { changeDraft } from './change-draft.ts';
import { draftReference } from './draft-reference.ts';
import { type NewClip, placeClips } from './place-clips.ts';
import type { AddEffectsOutput } from './tools.gen.ts';

/** What may be laid over a picture. */
type Kind = 'effect' | 'filter';

/** One of them, and what it is for: a span of the timeline, or a clip. */
export interface Laid<Resource> {
  resource: Resource;
  start?: number;
  end?: number;
  segment_id?: string;
}

/**
 * Adds effects or filters: those with a clip to that clip, the others on one track.
 *
 * @throws UserError INPUT_INVALID, SEGMENT_NOT_FOUND, and what {@link changeDraft} throws.
 */
export async function layOver<Of extends Kind>(
  input: Destination,
  kind: Of,
  items: readonly Laid<Of extends 'effect' ? ClipOf<'effect'>['effect'] : ClipOf<'filter'>['filter']>[],
  context: ToolContext,
): Promise<AddEffectsOutput> {
  const { draft_id } = input;
  const draft = draftReference(draft_id, context);
  const spans = items.filter(({ segment_id }) => segment_id === undefined);
  const clips = spans.map((item) => ({ clip: { ...spanOf(item, kind), [kind]: item.resource } }));
  return changeDraft<AddEffectsOutput>(
    draft_id,
    (before) => {
      let timeline = before;
      for (const { segment_id, resource } of items)
        if (segment_id !== undefined) timeline = addToClip(timeline, segment_id, kind, resource);
      if (clips.length === 0)
        return { timeline, result: { ...draft, segment_ids: [], segment_infos: [], problems: [] } };
      const made = clips as unknown as NewClip<Of>[];
      const ids = callIds(kind, input, context);
      const placed = placeClips(timeline, { ...trackChoice(input), type: kind }, made, ids.next);
      const isRepeated = ids.areIn(
        before,
        placed.segmentInfos.map(({ id }) => id),
      );
      return {
        timeline: isRepeated ? before : placed.timeline,
        result: {
          ...draft,
          track_id: placed.trackId,
          segment_ids: placed.segmentInfos.map(({ id }) => id),
          segment_infos: placed.segmentInfos,
          problems: [],
        },
      };
    },
    context,
  );
}

function spanOf({ start, end }: Laid<unknown>, kind: Kind): { start: number; duration: number } {
  if (start === undefined || end === undefined)
    throw new UserError('INPUT_INVALID', `a ${kind} needs start and end, or the segment_id of a clip`);
  return { start, duration: end - start };
}

function addToClip(timeline: Timeline, id: string, kind: Kind, resource: object): Timeline {
  requireKind(findSegment(timeline, id), ['video'], `${kind}s`);
  return mapClips(timeline, [id], ({ clip }) => {
    const list = kind === 'effect' ? 'effects' : 'filters';
    const former = (clip as ClipOf<'video'>)[list] ?? [];
    // Once is enough of the same, and a repeated call changes nothing.
    const isThere = former.some((one) => JSON.stringify(one) === JSON.stringify(resource));
    return (isThere ? clip : { ...clip, [list]: [...former, resource] }) as Clip;
  });
}
