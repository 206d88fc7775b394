import type { CatalogKind } from '@cozecut/catalog';
import type { AnimationSlot } from '../timeline/model.ts';
import type { ClipOf } from '../timeline/schema.ts';

type EffectKind = NonNullable<ClipOf<'effect'>['effect']['kind']>;
type AudioEffectKind = NonNullable<NonNullable<ClipOf<'audio'>['effects']>[number]['kind']>;

const textAnimations = { in: 'text-intro', out: 'text-outro', loop: 'text-loop' } as const;

/**
 * Tables of the catalog that hold the animations of clips. No table of those of stickers is known. In a draft the
 * animations of texts are of the type `sticker`, so that they are taken for both; whether the app plays all of them on
 * a sticker nobody has seen, which DR095 says.
 */
export const ANIMATION_KINDS: Readonly<
  Record<'video' | 'text' | 'sticker', Readonly<Partial<Record<AnimationSlot, CatalogKind>>>>
> = {
  video: { in: 'video-intro', out: 'video-outro', group: 'video-group' },
  text: textAnimations,
  sticker: textAnimations,
};

/** Tables in which an effect of pictures is looked for. */
export function effectKinds(kind: EffectKind | undefined): CatalogKind[] {
  return kind === undefined
    ? ['video-scene-effect', 'video-character-effect']
    : [`video-${kind}-effect` as const];
}

const audioKinds: Readonly<Record<AudioEffectKind, CatalogKind>> = {
  scene: 'audio-scene-effect',
  tone: 'audio-tone-effect',
  'speech-to-song': 'audio-speech-to-song',
};

/** Tables in which an effect of sound is looked for. */
export function audioEffectKinds(kind: AudioEffectKind | undefined): CatalogKind[] {
  return kind === undefined ? Object.values(audioKinds) : [audioKinds[kind]];
}

/** Kinds that are only known by the ids found in drafts: no list of them is complete. */
export const UNLISTED_KINDS: ReadonlySet<CatalogKind> = new Set<CatalogKind>([
  'bubble',
  'sticker',
  'text-template',
]);

/** Kinds of JianYing whose effect id is another number than their resource id, and goes into the draft. */
const twoIds = new Set<CatalogKind>([
  'mix-mode',
  'text-intro',
  'text-loop',
  'text-outro',
  'transition',
  'video-character-effect',
  'video-group',
  'video-intro',
  'video-outro',
  'video-scene-effect',
]);

/** Whether a resource that is known by its resource id alone cannot be written. */
export function needsEffectId(app: 'jianying' | 'capcut', kind: CatalogKind): boolean {
  return app === 'jianying' && twoIds.has(kind);
}

const withLength = new Set<CatalogKind>([
  'text-intro',
  'text-outro',
  'transition',
  'video-intro',
  'video-outro',
]);

/** Whether resources of a kind have a length of their own; others last as long as what they belong to. */
export function hasLength(kind: CatalogKind): boolean {
  return withLength.has(kind);
}

/** What a person calls the resources of these tables. */
export function kindWords(kinds: readonly CatalogKind[]): string {
  if (kinds.length === 1) return kinds[0]!.replaceAll('-', ' ');
  return kinds[0]!.startsWith('audio') ? 'audio effect' : 'video effect';
}
