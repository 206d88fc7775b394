import { changeDraft } from '../change-draft.ts';
import { draftReference } from '../draft-reference.ts';
import { addPoints } from '../keyframe-input.ts';
import type { ToolHandler } from '../tools.gen.ts';

/** Values of properties at times. */
export const addKeyframes: ToolHandler<'add_keyframes'> = (input, context) =>
  changeDraft(
    input.draft_id,
    (before) => {
      const { timeline, added, segmentIds, failed } = addPoints(before, input.keyframes, input);
      return {
        timeline,
        result: {
          ...draftReference(input.draft_id, context),
          keyframes_added: added,
          affected_segments: segmentIds,
          failed,
        },
      };
    },
    context,
  );
