import type { AnimationSpan } from '../../resources/animation-spans.ts';
import type { Resource } from '../../resources/resources.ts';
import type { JsonObject } from '../compiled-draft.ts';

/** An animation and when it plays. */
export interface PlacedAnimation {
  resource: Resource;
  span: AnimationSpan;
}

/** Entry of `material_animations`: all animations of a clip. */
export function animationMaterial(
  id: string,
  placed: readonly PlacedAnimation[],
  clipKind: 'video' | 'text' | 'sticker',
): JsonObject {
  return {
    animations: placed.map(({ resource, span }) => ({
      anim_adjust_params: null,
      duration: span.durationUs,
      id: resource.effectId,
      material_type: clipKind === 'video' ? 'video' : 'sticker',
      name: resource.name,
      panel: clipKind === 'video' ? 'video' : '',
      platform: 'all',
      resource_id: resource.resourceId,
      start: span.startUs,
      type: span.slot,
    })),
    id,
    multi_language_current: 'none',
    type: 'sticker_animation',
  };
}
