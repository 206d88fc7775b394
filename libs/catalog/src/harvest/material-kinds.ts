import type { CatalogKind } from '../types.ts';

/** Kind of a sound effect, by the `category_id` of its material. */
export const SOUND_KINDS: ReadonlyMap<unknown, CatalogKind> = new Map<unknown, CatalogKind>([
  ['sound_effect', 'audio-scene-effect'],
  ['tone', 'audio-tone-effect'],
  ['speech_to_song', 'audio-speech-to-song'],
]);

/** Kind of an effect, by the `type` of its material in `effects`. */
export const EFFECT_KINDS: ReadonlyMap<unknown, CatalogKind> = new Map<unknown, CatalogKind>([
  ['filter', 'filter'],
  ['mix_mode', 'mix-mode'],
  ['text_shape', 'bubble'],
  ['text_effect', 'text-effect'],
]);

/** Kind of a video effect, by the `type` of its material in `video_effects`. */
export const VIDEO_EFFECT_KINDS: ReadonlyMap<unknown, CatalogKind> = new Map<unknown, CatalogKind>([
  ['video_effect', 'video-scene-effect'],
  ['face_effect', 'video-character-effect'],
]);

/** Kind of an animation, by its `material_type` and `type` with a space between them. */
export const ANIMATION_KINDS: ReadonlyMap<unknown, CatalogKind> = new Map<unknown, CatalogKind>([
  ['video in', 'video-intro'],
  ['video out', 'video-outro'],
  ['video group', 'video-group'],
  ['sticker in', 'text-intro'],
  ['sticker out', 'text-outro'],
  ['sticker loop', 'text-loop'],
]);
