import type { CatalogKind, ResourceReference } from '@cozecut/catalog';
import type { PathSegment } from '@cozecut/problems';
import type { NormalClip, NormalTransition } from '../timeline/model.ts';
import type { ClipOf } from '../timeline/schema.ts';
import { ANIMATION_KINDS, audioEffectKinds, effectKinds } from './kinds.ts';

/** One place of a timeline that names a resource of the app. */
export interface ResourceUse {
  /** Tables of the catalog in which it is looked for. */
  kinds: readonly CatalogKind[];
  reference: ResourceReference;
  /** Parameters that are given; `undefined` = such a resource has none. */
  params?: Readonly<Record<string, number>>;
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
        params: effect.params ?? {},
        path: ['effects', index],
      }));
    case 'text':
      return [...textUses(clip.input), ...animationUses(clip)];
    case 'sticker':
      return [{ kinds: ['sticker'], reference: clip.input.sticker, path: ['sticker'] }];
    case 'effect':
      return [effectUse(clip.input.effect, ['effect'])];
    case 'filter':
      return [{ kinds: ['filter'], reference: clip.input.filter, path: ['filter'] }];
  }
}

/** What a transition uses. */
export function transitionUse({ input }: Pick<NormalTransition, 'input'>): ResourceUse {
  return { kinds: ['transition'], reference: input, path: [] };
}

function effectUse(effect: ClipOf<'effect'>['effect'], path: readonly PathSegment[]): ResourceUse {
  return { kinds: effectKinds(effect.kind), reference: effect, params: effect.params ?? {}, path };
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

function textUses({ style, ranges = [], bubble, decoration }: ClipOf<'text'>): ResourceUse[] {
  const uses: ResourceUse[] = [];
  const font = (of: NonNullable<typeof style> | undefined, ...path: PathSegment[]): void => {
    if (of?.font === undefined || of.font.file !== undefined) return;
    uses.push({ kinds: ['font'], reference: of.font, path: [...path, 'font'] });
  };
  font(style, 'style');
  for (const [index, range] of ranges.entries()) font(range.style, 'ranges', index, 'style');
  if (bubble !== undefined) uses.push({ kinds: ['bubble'], reference: bubbleIds(bubble), path: ['bubble'] });
  if (decoration !== undefined) {
    uses.push({ kinds: ['text-effect'], reference: decoration, path: ['decoration'] });
  }
  return uses;
}

/** A bubble as a reference: it is named by its ids alone. */
export function bubbleIds(bubble: NonNullable<ClipOf<'text'>['bubble']>): ResourceReference {
  return { id: bubble.resourceId, effectId: bubble.effectId };
}

function animationUses({ kind, animations }: Extract<NormalClip, { animations: unknown }>): ResourceUse[] {
  return animations.map(({ slot, input }) => ({
    kinds: [ANIMATION_KINDS[kind][slot]!],
    reference: input,
    path: ['animations', slot],
  }));
}
