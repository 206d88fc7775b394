import type { Clip } from '@cozecut/draft-core';
import { changeClips, requireKind } from '../change-clips.ts';
import { timedReference } from '../reference.ts';
import type { ToolHandler } from '../tools.gen.ts';

/** Animations of clips; one of the same kind is replaced. */
export const addAnimations: ToolHandler<'add_animations'> = (input, context) =>
  changeClips(
    input.draft_id,
    input.segment_ids,
    (placed) => {
      requireKind(placed, ['video', 'text', 'sticker'], 'animations');
      const slot = input.type === 'loop' && placed.track.type === 'video' ? 'group' : input.type;
      const clip = placed.clip as Clip & { animations?: object };
      const animation = timedReference(input.animation, input.duration);
      return { ...clip, animations: { ...clip.animations, [slot]: animation } } as Clip;
    },
    context,
  );
