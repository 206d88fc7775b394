import { type CatalogKind, clampedDefault } from '@cozecut/catalog';
import type { ToolContext } from '@cozecut/plugin-host';
import { entriesOf, nameIn } from '../catalog-entries.ts';
import type { GetTransitionTypesInput, GetTransitionTypesOutput, ToolHandler } from '../tools.gen.ts';

/** Makes the handler that names the resources of a kind. */
const namesOf =
  (...kinds: CatalogKind[]) =>
  ({ app }: GetTransitionTypesInput, context: ToolContext): GetTransitionTypesOutput => ({
    output: entriesOf({ app, kinds }, context).map((entry) => ({ name: nameIn(entry, context) })),
  });

/** Animations at the start of pictures and videos. */
export const getIntroAnimationTypes: ToolHandler<'get_intro_animation_types'> = namesOf('video-intro');
/** Animations at the end of pictures and videos. */
export const getOutroAnimationTypes: ToolHandler<'get_outro_animation_types'> = namesOf('video-outro');
/** Animations over the whole of pictures and videos. */
export const getComboAnimationTypes: ToolHandler<'get_combo_animation_types'> = namesOf('video-group');
/** Transitions. */
export const getTransitionTypes: ToolHandler<'get_transition_types'> = namesOf('transition');
/** Masks. */
export const getMaskTypes: ToolHandler<'get_mask_types'> = namesOf('mask');
/** Fonts. */
export const getFontTypes: ToolHandler<'get_font_types'> = namesOf('font');
/** Animations at the start of captions. */
export const getTextIntroTypes: ToolHandler<'get_text_intro_types'> = namesOf('text-intro');
/** Animations at the end of captions. */
export const getTextOutroTypes: ToolHandler<'get_text_outro_types'> = namesOf('text-outro');
/** Animations over the whole of captions. */
export const getTextLoopAnimTypes: ToolHandler<'get_text_loop_anim_types'> = namesOf('text-loop');
/** Effects over the whole scene. */
export const getVideoSceneEffectTypes: ToolHandler<'get_video_scene_effect_types'> =
  namesOf('video-scene-effect');
/** Effects over people. */
export const getCharacterEffectTypes: ToolHandler<'get_character_effect_types'> =
  namesOf('video-character-effect');

const SOUND_TYPES = {
  'audio-tone-effect': 'Tone',
  'audio-scene-effect': 'Audio_scene',
  'audio-speech-to-song': 'Speech_to_song',
} as const;
type SoundKind = keyof typeof SOUND_TYPES;

/** Effects of sounds with their parameters. */
export const getAudioEffectTypes: ToolHandler<'get_audio_effect_types'> = ({ app }, context) => ({
  output: (Object.keys(SOUND_TYPES) as SoundKind[]).flatMap((kind) =>
    entriesOf({ app, kinds: [kind] }, context).map((entry) => ({
      name: nameIn(entry, context),
      type: SOUND_TYPES[kind],
      params: (entry.parameters ?? []).map((parameter) => ({
        name: parameter.name,
        default_value: clampedDefault(parameter),
        min_value: parameter.min,
        max_value: parameter.max,
      })),
    })),
  ),
});
