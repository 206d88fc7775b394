import type { Clip, ClipOf } from '@cozecut/draft-core';
import { changeClips, requireKind } from '../change-clips.ts';
import { reference, strength } from '../reference.ts';
import type { ToolHandler } from '../tools.gen.ts';

/** Effects of sounds; one of the same kind is replaced. */
export const addAudioEffects: ToolHandler<'add_audio_effects'> = (input, context) => {
  const { audio_effect, kind, intensity, params } = input;
  const effect = {
    ...reference(audio_effect),
    ...(kind === undefined ? {} : { kind }),
    ...strength(intensity, params),
  };
  return changeClips(
    input.draft_id,
    input.segment_ids,
    (placed) => {
      requireKind(placed, ['audio'], 'sound effects');
      const { effects = [], ...clip } = placed.clip as ClipOf<'audio'>;
      const others = effects.filter((other) => other.kind !== kind);
      return { ...clip, effects: [...others, effect] } as Clip;
    },
    context,
  );
};
