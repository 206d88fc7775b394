import type { Resource } from '../../resources/resources.ts';
import type { JsonObject } from '../compiled-draft.ts';

/** Entry of `effects`: the bubble around a text. */
export function bubbleMaterial(id: string, { effectId, resourceId }: Resource): JsonObject {
  return {
    apply_target_type: 0,
    effect_id: effectId,
    id,
    resource_id: resourceId,
    type: 'text_shape',
    value: 1,
  };
}

/** Entry of `effects`: the decoration of a text; every style of the text names it too. */
export function decorationMaterial(id: string, { effectId, resourceId }: Resource): JsonObject {
  return {
    apply_target_type: 0,
    effect_id: effectId,
    id,
    resource_id: resourceId,
    source_platform: 1,
    type: 'text_effect',
    value: 1,
  };
}
