import type { CatalogApp, CatalogKind } from '@cozecut/catalog';
import { type GivenParameters, readParameters } from '../../resources/parameters.ts';
import type { Resource } from '../../resources/resources.ts';
import type { JsonObject } from '../compiled-draft.ts';
import { parameterList } from './parameters.ts';

interface Category {
  id: string;
  type: number;
  names: Readonly<Record<CatalogApp, string>>;
}

// The names in CapCut are told by other tools only; nothing is known to depend on them.
const categories: Readonly<Partial<Record<CatalogKind, Category>>> = {
  'audio-scene-effect': {
    id: 'sound_effect',
    type: 1,
    names: { jianying: '场景音', capcut: 'Voice filters' },
  },
  'audio-tone-effect': { id: 'tone', type: 2, names: { jianying: '音色', capcut: 'Voice characters' } },
  'audio-speech-to-song': {
    id: 'speech_to_song',
    type: 3,
    names: { jianying: '声音成曲', capcut: 'Speech to song' },
  },
};

/** Entry of `audio_effects`. */
export function audioEffectMaterial(
  id: string,
  resource: Resource,
  given: GivenParameters,
  app: CatalogApp,
): JsonObject {
  const category = categories[resource.kind]!;
  return {
    audio_adjust_params: parameterList(readParameters(resource, given).values),
    category_id: category.id,
    category_name: category.names[app],
    id,
    is_ugc: false,
    name: resource.name,
    production_path: '',
    resource_id: resource.resourceId,
    speaker_id: '',
    sub_type: category.type,
    time_range: { duration: 0, start: 0 },
    type: 'audio_effect',
  };
}
