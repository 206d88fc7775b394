import type { Profile } from '../../profiles/profile.ts';
import type { ClipOf } from '../../timeline/schema.ts';
import type { JsonObject } from '../compiled-draft.ts';
import { MASK_SHAPES } from './mask-shapes.ts';

interface Size {
  width: number;
  height: number;
}

/** Height of a mask that says none, as a fraction of the material. */
const USUAL_SIZE = 0.5;

/**
 * Entry of the mask array of a profile.
 *
 * @param size - Of the material, in pixels.
 */
export function maskMaterial(
  mask: NonNullable<ClipOf<'video'>['mask']>,
  size: Size,
  { array, idSet }: Profile['masks'],
  newId: () => string,
): JsonObject {
  const shape = MASK_SHAPES[idSet][mask.shape];
  const {
    centerX = 0,
    centerY = 0,
    size: height = USUAL_SIZE,
    rotation = 0,
    feather = 0,
    invert = false,
  } = mask;
  return {
    config: {
      aspectRatio: shape.aspect,
      centerX: centerX / (size.width / 2),
      centerY: centerY / (size.height / 2),
      ...(idSet === 'capcut' ? { expansion: 0 } : {}),
      feather: feather / 100,
      height,
      invert,
      rotation,
      roundCorner: (mask.roundCorner ?? 0) / 100,
      width: widthOf(mask, (height * size.height * shape.aspect) / size.width),
    },
    id: newId(),
    name: shape.name,
    platform: 'all',
    position_info: '',
    resource_id: shape.resourceId,
    resource_type: shape.resourceType,
    type: 'mask',
    ...maskLabels({ array, idSet }, newId),
  };
}

/** A rectangle is as large a part of the width as of the height unless it says so, as drafts of other tools have it. */
function widthOf(
  { shape, size = USUAL_SIZE, rectWidth }: NonNullable<ClipOf<'video'>['mask']>,
  inProportion: number,
): number {
  return rectWidth ?? (shape === 'rectangle' ? size : inProportion);
}

/** What the newer generation has besides. Whether JianYing 11 also needs the `path` of a package is not known. */
export function maskLabels(
  { array, idSet }: Pick<Profile['masks'], 'array' | 'idSet'>,
  newId: () => string,
): JsonObject {
  if (array !== 'common_mask') return {};
  if (idSet === 'capcut') return { category: 'video', category_id: '', category_name: '' };
  return {
    category: 'video',
    category_id: 'jichu',
    category_name: '基础',
    constant_material_id: newId(),
    text_config: { align_type: 15 },
  };
}
