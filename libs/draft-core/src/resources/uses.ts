import type { CatalogKind, ResourceReference } from '@cozecut/catalog';
import type { PathSegment } from '@cozecut/problems';
import { ownValue } from '../own-value.ts';
import type {
  AnimatedClip,
  AnimationSlot,
  NormalClip,
  NormalTextClip,
  NormalTransition,
} from '../timeline/model.ts';
import type { ClipOf, TextDefaults } from '../timeline/schema.ts';
import { ANIMATION_KINDS, audioEffectKinds, effectKinds } from './kinds.ts';
import type { GivenParameters } from './parameters.ts';

type Font = NonNullable<NonNullable<TextDefaults['style']>['font']>;

/** One place of a timeline that names a resource of the app. */
export interface ResourceUse {
  /** Tables of the catalog in which it is looked for. */
  kinds: readonly CatalogKind[];
  reference: ResourceReference;
  /** What is said of its parameters; `undefined` = such a resource has none. */
  given?: GivenParameters;
  /** Whether a length is given. */
  hasLength?: boolean;
  /** From the clip. */
  path: readonly PathSegment[];
}

/** What a clip uses, in the order in which it is written. */
export function resourceUses(clip: NormalClip): ResourceUse[] {
  switch (clip.kind) {
    case 'video':
      return [...videoUses(clip.input), ...animationUses(clip)];
    case 'audio':
      return (clip.input.effects ?? []).map((effect, index) => ({
        kinds: audioEffectKinds(effect.kind),
        reference: effect,
        given: effect,
        path: ['effects', index],
      }));
    case 'text':
      return clip.animations.length === 0 ? textUses(clip) : [...textUses(clip), ...animationUses(clip)];
    case 'sticker':
      return [
        { kinds: ['sticker'], reference: clip.input.sticker, path: ['sticker'] },
        ...animationUses(clip),
      ];
    case 'effect':
      return [effectUse(clip.input.effect, ['effect'])];
    case 'filter':
      return [{ kinds: ['filter'], reference: clip.input.filter, path: ['filter'] }];
  }
}

/** What a transition uses. */
export function transitionUse({ input, durationUs }: NormalTransition): ResourceUse {
  return { kinds: ['transition'], reference: input, hasLength: durationUs !== undefined, path: [] };
}

function effectUse(effect: ClipOf<'effect'>['effect'], path: readonly PathSegment[]): ResourceUse {
  return { kinds: effectKinds(effect.kind), reference: effect, given: effect, path };
}

function videoUses({ effects = [], filters = [], mixMode }: ClipOf<'video'>): ResourceUse[] {
  return [
    ...effects.map((effect, index) => effectUse(effect, ['effects', index])),
    ...filters.map(
      (filter, index): ResourceUse => ({ kinds: ['filter'], reference: filter, path: ['filters', index] }),
    ),
    ...(mixMode === undefined
      ? []
      : [{ kinds: ['mix-mode'], reference: mixMode, path: ['mixMode'] } satisfies ResourceUse]),
  ];
}

/** What the clips of a track take over. */
export function defaultUses({ style, animations = {} }: TextDefaults): ResourceUse[] {
  const uses: ResourceUse[] = [];
  if (isNamed(style?.font)) uses.push({ kinds: ['font'], reference: style.font, path: ['style', 'font'] });
  for (const [slot, reference] of Object.entries(animations)) {
    const kind = ownValue(ANIMATION_KINDS.text, slot);
    if (kind === undefined || !isNamed(reference)) continue;
    uses.push({
      kinds: [kind],
      reference,
      hasLength: reference.duration !== undefined,
      path: ['animations', slot],
    });
  }
  return uses;
}

/** Without what the clip takes over from its track: that is a use of the track. */
function textUses({ input, written }: NormalTextClip): ResourceUse[] {
  const uses: ResourceUse[] = [];
  const font = (of: Font | undefined, own: Font | undefined, ...path: PathSegment[]): void => {
    if (of === undefined || of.file !== undefined || isTakenOver(of, own)) return;
    uses.push({ kinds: ['font'], reference: of, path: [...path, 'font'] });
  };
  font(input.style?.font, written.style?.font, 'style');
  for (const [index, { style }] of (written.ranges ?? []).entries()) {
    font(style.font, style.font, 'ranges', index, 'style');
  }
  const { bubble, decoration, template } = input;
  if (bubble !== undefined) uses.push({ kinds: ['bubble'], reference: bubbleIds(bubble), path: ['bubble'] });
  if (decoration !== undefined) {
    uses.push({ kinds: ['text-effect'], reference: decoration, path: ['decoration'] });
  }
  if (template !== undefined)
    uses.push({ kinds: ['text-template'], reference: template, path: ['template'] });
  return uses;
}

function isNamed<Reference extends ResourceReference>(
  reference: Reference | undefined,
): reference is Reference {
  return (reference?.name ?? reference?.id ?? reference?.effectId) !== undefined;
}

function isTakenOver(whole: ResourceReference, own: ResourceReference | undefined): boolean {
  return isNamed(whole) && !isNamed(own);
}

/** A bubble as a reference: it is named by its ids alone. */
export function bubbleIds(bubble: NonNullable<ClipOf<'text'>['bubble']>): ResourceReference {
  return { id: bubble.resourceId, effectId: bubble.effectId };
}

function animationUses(clip: AnimatedClip): ResourceUse[] {
  const written: Partial<Record<AnimationSlot, ResourceReference>> =
    (clip.kind === 'text' ? clip.written : clip.input).animations ?? {};
  return clip.animations
    .filter(({ slot, input }) => !isTakenOver(input, written[slot]))
    .map(({ slot, input, durationUs }) => ({
      kinds: [ANIMATION_KINDS[clip.kind][slot]!],
      reference: input,
      hasLength: durationUs !== undefined,
      path: ['animations', slot],
    }));
}
