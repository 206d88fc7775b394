import { addTrack } from '../add-track.ts';
import { played, timed } from '../clip-input.ts';
import { withLoops } from '../loops.ts';
import { reference, strength } from '../reference.ts';
import type { ToolHandler } from '../tools.gen.ts';

/** Music or speech on a track. */
export const addAudios: ToolHandler<'add_audios'> = async (input, context) => {
  const infos = await withLoops(input.audio_infos, context);
  return addTrack(
    input,
    'audio',
    () =>
      infos.map(({ audio_effect: effect, audio_effect_intensity, effect_params, ...info }) => ({
        clip: {
          media: info.audio_url,
          ...timed(info),
          ...played(info),
          ...(effect === undefined
            ? {}
            : { effects: [{ ...reference(effect), ...strength(audio_effect_intensity, effect_params) }] }),
        },
      })),
    context,
  );
};
