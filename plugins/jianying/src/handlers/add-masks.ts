import type { Clip, ClipOf } from '@cozecut/draft-core';
import { changeClips, requireKind } from '../change-clips.ts';
import { maskOf } from '../reference.ts';
import type { ToolHandler } from '../tools.gen.ts';

/** Shows a part of clips in a shape. */
export const addMasks: ToolHandler<'add_masks'> = (input, context) => {
  const { name, X, Y, size, width, feather, rotation, invert, roundCorner, mode } = input;
  const mask: NonNullable<ClipOf<'video'>['mask']> = {
    shape: maskOf(name),
    centerX: X,
    centerY: Y,
    size,
    feather,
    rotation,
    invert,
    ...(width === undefined ? {} : { rectWidth: width }),
    ...(roundCorner === undefined ? {} : { roundCorner }),
  };
  return changeClips(
    input.draft_id,
    input.segment_ids,
    (placed) => {
      requireKind(placed, ['video'], 'masks');
      const clip = placed.clip as ClipOf<'video'>;
      return (mode === 'keep' && clip.mask !== undefined ? clip : { ...clip, mask }) as Clip;
    },
    context,
  );
};
