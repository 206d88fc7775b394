import type { Clip, ClipOf } from '@cozecut/draft-core';
import { changeClips, requireKind } from '../change-clips.ts';
import type { ToolHandler } from '../tools.gen.ts';

/** Fades of the sound of clips; without a length there are none. */
export const addFades: ToolHandler<'add_fades'> = (input, context) =>
  changeClips(
    input.draft_id,
    input.segment_ids,
    (placed) => {
      requireKind(placed, ['video', 'audio'], 'sound');
      const { fade: _, ...clip } = placed.clip as ClipOf<'audio'>;
      const fade = { in: input.fade_in, out: input.fade_out };
      return (fade.in === 0 && fade.out === 0 ? clip : { ...clip, fade }) as Clip;
    },
    context,
  );
