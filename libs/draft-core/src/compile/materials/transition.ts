import type { Resource } from '../../resources/resources.ts';
import type { JsonObject } from '../compiled-draft.ts';

/** Entry of `transitions`; the segment that leaves refers to it. */
export function transitionMaterial(id: string, resource: Resource, durationUs: number): JsonObject {
  return {
    category_id: '',
    category_name: '',
    duration: durationUs,
    effect_id: resource.effectId,
    id,
    // Nine of ten transitions overlap; of one that no catalog has nothing else is known.
    is_overlap: resource.isOverlap ?? true,
    name: resource.name,
    platform: 'all',
    resource_id: resource.resourceId,
    type: 'transition',
  };
}
