import type { NormalMediaClip } from '../../timeline/model.ts';
import type { JsonObject } from '../compiled-draft.ts';

/** Entry of `audio_fades`: how the sound of a clip comes and goes. */
export function audioFadeMaterial(
  id: string,
  fade: NonNullable<NormalMediaClip['fade']>,
  clipUs: number,
): JsonObject {
  const inUs = Math.min(fade.inUs, clipUs);
  return {
    fade_in_duration: inUs,
    // The grid may have made the clip a little shorter than the two fades.
    fade_out_duration: Math.min(fade.outUs, clipUs - inUs),
    fade_type: 0,
    id,
    type: 'audio_fade',
  };
}
