import type { Clip, ClipOf } from '@cozecut/draft-core';
import { describeChange, findSegment, mapClips, requireKind } from '../change-clips.ts';
import { changeDraft } from '../change-draft.ts';
import { maskMaker } from '../mask-input.ts';
import type { ToolHandler } from '../tools.gen.ts';

/** Shows a part of clips in a shape. */
export const addMasks: ToolHandler<'add_masks'> = async (input, context) => {
  const { draft_id, mode } = input;
  const ids = [...new Set(input.segment_ids)];
  const { maskFor, problems } = await maskMaker(input, context);
  return changeDraft(
    draft_id,
    (before) => {
      const isKept = (id: string) =>
        mode === 'keep' && (findSegment(before, id).clip as ClipOf<'video'>).mask !== undefined;
      const masked = ids.filter((id) => !isKept(id));
      const timeline = mapClips(before, masked, (placed) => {
        requireKind(placed, ['video'], 'masks');
        const clip = placed.clip as ClipOf<'video'>;
        return { ...clip, mask: maskFor(clip) } as Clip;
      });
      const message = masked.length === 1 ? 'masked 1 clip' : `masked ${masked.length} clips`;
      const change = describeChange(draft_id, before, timeline, { message, problems }, context);
      return { timeline, result: { ...change, masks_added: masked.length, affected_segments: masked } };
    },
    context,
  );
};
