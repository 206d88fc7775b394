import type { Resource } from '../../resources/resources.ts';
import type { JsonObject } from '../compiled-draft.ts';

/**
 * Entry of `effects`: a filter. Its one parameter is its strength, which is `value`.
 *
 * @param intensity - 0..100.
 */
export function filterMaterial(id: string, resource: Resource, intensity = 100): JsonObject {
  return {
    adjust_params: [],
    algorithm_artifact_path: '',
    // Also on a filter track.
    apply_target_type: 0,
    bloom_params: null,
    category_id: '',
    category_name: '',
    color_match_info: { source_feature_path: '', target_feature_path: '', target_image_path: '' },
    effect_id: resource.effectId,
    enable_skin_tone_correction: false,
    exclusion_group: [],
    face_adjust_params: [],
    formula_id: '',
    id,
    intensity_key: '',
    multi_language_current: '',
    name: resource.name,
    panel_id: '',
    platform: 'all',
    resource_id: resource.resourceId,
    source_platform: 1,
    sub_type: 'none',
    time_range: null,
    type: 'filter',
    value: intensity / 100,
    version: '',
  };
}
