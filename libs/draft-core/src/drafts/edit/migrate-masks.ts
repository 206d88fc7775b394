import { maskLabels } from '../../compile/materials/mask.ts';
import { MASK_SHAPES, maskShapeOf } from '../../compile/materials/mask-shapes.ts';
import type { Profile } from '../../profiles/profile.ts';
import { isObject, listOf, textOf } from '../loose.ts';
import type { EditContext } from './operation.ts';
import type { Mutable } from './parts.ts';

/** Arrays of `materials` that hold masks. */
export const MASK_ARRAYS: readonly string[] = ['masks', 'common_mask'];

/**
 * Moves masks to the array that an app reads, under its ids; shapes that it does not have stay where they are.
 *
 * @param only - Ids of the materials that it is about; default: all.
 */
export function migrateMasks(
  { draft, warn }: EditContext,
  { id, masks }: Profile,
  only?: ReadonlySet<string>,
): void {
  for (const { array, material } of [...draft.materials.values()]) {
    if (!MASK_ARRAYS.includes(array) || only?.has(material.id) === false) continue;
    const shape = maskShapeOf(textOf(material.resource_id));
    if (shape === undefined) {
      const name = textOf(material.name) ?? material.id;
      warn('DR157', `mask "${name}" has no counterpart in ${id}, which ignores it`, {
        hint: 'make it anew in the app',
      });
      continue;
    }
    const { name, resourceId, resourceType, aspect } = MASK_SHAPES[masks.idSet][shape];
    Object.assign(material, { name, resource_id: resourceId, resource_type: resourceType });
    Object.assign(
      material,
      maskLabels(masks, () => textOf(material.constant_material_id) ?? draft.newId()),
    );
    if (isObject(material.config)) (material.config as Mutable).aspectRatio = aspect;
    if (array === masks.array) continue;
    draft.removeMaterial(material.id);
    draft.addMaterial(masks.array, material);
  }
  for (const { segments } of draft.tracks) {
    for (const segment of segments) {
      const isMasked = listOf(segment.extra_material_refs)
        .map((ref) => draft.material(ref))
        .some((mask) => mask?.array === masks.array && only?.has(mask.material.id) !== false);
      if (isMasked && masks.segmentFlag) segment.enable_video_mask = true;
    }
  }
}
