import {
  ANIMATION_KINDS,
  type CatalogKind,
  EFFECT_KINDS,
  type ResourceReference,
  SOUND_KINDS,
  VIDEO_EFFECT_KINDS,
} from '@cozecut/catalog';
import type { PathSegment } from '@cozecut/problems';
import { isObject, type Loose, listOf, objectOf, textOf } from './loose.ts';

/** A resource of an app that a material of a draft names. */
export interface DraftResource {
  kind: CatalogKind;
  /** Name and ids as they are written; without any of them the material says nothing. */
  reference: ResourceReference;
  /** The map that names it. */
  value: Loose;
  /** Where that map is in the material. */
  path: PathSegment[];
  /** Key of the effect id. */
  effectKey: 'effect_id' | 'id' | undefined;
  /** Its parameters, where the kind has some. */
  parameters: readonly Loose[] | undefined;
  parametersKey: 'adjust_params' | 'audio_adjust_params' | undefined;
}

/**
 * The resources that a material of a draft names, but for masks and fonts. What cannot be told is left out.
 *
 * @param isOfSticker - Whether animations belong to a sticker: those of texts look the same, and only they are listed.
 */
export function resourcesOf(array: string, material: Loose, isOfSticker: boolean): DraftResource[] {
  switch (array) {
    case 'transitions':
      return found('transition', material);
    case 'stickers':
      return found('sticker', material, { effectKey: undefined });
    case 'text_templates':
      return found('text-template', material);
    case 'effects':
      return found(EFFECT_KINDS.get(material.type), material);
    case 'video_effects':
      return found(VIDEO_EFFECT_KINDS.get(material.type), material, { parametersKey: 'adjust_params' });
    case 'audio_effects':
      return found(SOUND_KINDS.get(material.category_id), material, {
        effectKey: undefined,
        parametersKey: 'audio_adjust_params',
      });
    case 'material_animations':
      return listOf(material.animations).flatMap((one, index) => {
        const value = objectOf(one);
        const { material_type: target, type } = value;
        if (typeof target !== 'string' || typeof type !== 'string' || (target === 'sticker' && isOfSticker))
          return [];
        const path = ['animations', index];
        return found(ANIMATION_KINDS.get(`${target} ${type}`), value, { path, effectKey: 'id' });
      });
    default:
      return [];
  }
}

function found(
  kind: CatalogKind | undefined,
  value: Loose,
  more: Partial<Pick<DraftResource, 'path' | 'effectKey' | 'parametersKey'>> = {},
): DraftResource[] {
  if (kind === undefined) return [];
  const { path = [], parametersKey } = more;
  const effectKey = 'effectKey' in more ? more.effectKey : 'effect_id';
  const name = textOf(value.name);
  const id = textOf(value.resource_id);
  const effectId = effectKey && textOf(value[effectKey]);
  const reference = {
    ...(name === undefined ? {} : { name }),
    ...(id === undefined ? {} : { id }),
    ...(effectId === undefined ? {} : { effectId }),
  };
  const parameters = parametersKey && listOf(value[parametersKey]).filter(isObject);
  return [{ kind, reference, value, path, effectKey, parameters, parametersKey }];
}

/** Ids of the animations that belong to stickers. */
export function stickerAnimations(content: Loose): ReadonlySet<unknown> {
  return new Set(
    listOf(content.tracks)
      .map(objectOf)
      .filter(({ type }) => type === 'sticker')
      .flatMap(({ segments }) => listOf(segments))
      .flatMap((segment) => listOf(objectOf(segment).extra_material_refs)),
  );
}
