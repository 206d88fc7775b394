import type { Clip } from '@cozecut/draft-core';
import { UserError } from '@cozecut/problems';
import { changeClips, requireKind } from '../change-clips.ts';
import { backgroundOf } from '../clip-input.ts';
import type { ToolHandler } from '../tools.gen.ts';

/** What fills the canvas behind clips. */
export const addBackground: ToolHandler<'add_background'> = (input, context) => {
  if ((input.background_blur === undefined) === (input.background_color === undefined))
    throw new UserError('INPUT_INVALID', 'give either background_blur or background_color');
  return changeClips(
    input.draft_id,
    input.segment_ids,
    (placed) => {
      requireKind(placed, ['video'], 'background');
      return { ...placed.clip, ...backgroundOf(input) } as Clip;
    },
    context,
  );
};
