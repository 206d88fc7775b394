import type { Resource } from '../../resources/resources.ts';
import type { JsonObject } from '../compiled-draft.ts';

/** Entry of `effects`: how a clip is blended with what is under it. */
export function mixModeMaterial(id: string, resource: Resource): JsonObject {
  return {
    apply_target_type: 0,
    category_id: '',
    category_name: '',
    effect_id: resource.effectId,
    id,
    name: resource.name,
    platform: 'all',
    resource_id: resource.resourceId,
    source_platform: 0,
    sub_type: 'none',
    time_range: null,
    type: 'mix_mode',
    value: 1,
  };
}
