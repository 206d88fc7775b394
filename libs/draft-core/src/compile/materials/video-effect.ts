import { type GivenParameters, readParameters } from '../../resources/parameters.ts';
import type { Resource } from '../../resources/resources.ts';
import type { JsonObject } from '../compiled-draft.ts';
import { parameterList } from './parameters.ts';

/** What an effect works on: the segment that refers to it, or everything under its track. */
const TARGET = { segment: 0, everything: 2 } as const;

/** Entry of `video_effects`: a scene or character effect. */
export function videoEffectMaterial(
  id: string,
  resource: Resource,
  given: GivenParameters,
  target: keyof typeof TARGET,
): JsonObject {
  return {
    adjust_params: parameterList(readParameters(resource, given).values),
    apply_target_type: TARGET[target],
    apply_time_range: null,
    category_id: '',
    category_name: '',
    common_keyframes: [],
    disable_effect_faces: [],
    effect_id: resource.effectId,
    formula_id: '',
    id,
    name: resource.name,
    platform: 'all',
    render_index: 11000,
    resource_id: resource.resourceId,
    source_platform: 0,
    time_range: null,
    track_render_index: 0,
    type: resource.kind === 'video-character-effect' ? 'face_effect' : 'video_effect',
    value: 1,
    version: '',
  };
}
