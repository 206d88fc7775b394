import type { Profile } from '../../profiles/profile.ts';
import type { ClipOf } from '../../timeline/schema.ts';

/** Shape of a mask as timelines call it. */
export type MaskShapeName = NonNullable<ClipOf<'video'>['mask']>['shape'];

/** A mask shape as one generation of an app knows it. */
export interface MaskShape {
  name: string;
  resourceId: string;
  resourceType: string;
  /** Width divided by height. */
  aspect: number;
}

type Ids = readonly [shape: MaskShapeName, name: string, resourceId: string, type: string, aspect?: number];

/** The six shapes under the ids of each generation; those of one do nothing in another. */
export const MASK_SHAPES: Readonly<
  Record<Profile['masks']['idSet'], Readonly<Record<MaskShapeName, MaskShape>>>
> = {
  'jy-classic': shapes(
    ['line', '线性', '6791652175668843016', 'line'],
    ['mirror', '镜面', '6791699060140020232', 'mirror'],
    ['circle', '圆形', '6791700663249146381', 'circle'],
    ['rectangle', '矩形', '6791700809454195207', 'rectangle'],
    ['heart', '爱心', '6794051276482023949', 'geometric_shape', 1.115],
    ['star', '星形', '6794051169434997255', 'geometric_shape', 1.05],
  ),
  jy11: shapes(
    ['line', '线性', '7356933362960831003', 'line'],
    ['mirror', '镜面', '7356933823327638042', 'mirror'],
    ['circle', '圆形', '7356934080102928946', 'circle'],
    ['rectangle', '矩形', '7356934318301647410', 'rectangle'],
    ['heart', '爱心', '7416258912162157068', 'heart', 1.1148148148],
    ['star', '星形', '7416258989467374091', 'pentagram', 1.0471014493],
  ),
  capcut: shapes(
    ['line', 'Split', '7374020197990011409', 'line'],
    ['mirror', 'Filmstrip', '7374021024985125377', 'mirror'],
    ['circle', 'Circle', '7374021188315517456', 'circle'],
    ['rectangle', 'Rectangle', '7374021450748924432', 'rectangle'],
    ['heart', 'Heart', '7350964630979613186', 'heart', 1.1148148148],
    ['star', 'Stars', '7374021798087627265', 'pentagram', 1.0471014493],
  ),
};

function shapes(...rows: Ids[]): Record<MaskShapeName, MaskShape> {
  return Object.fromEntries(
    rows.map(([shape, name, resourceId, resourceType, aspect = 1]) => [
      shape,
      { name, resourceId, resourceType, aspect },
    ]),
  ) as Record<MaskShapeName, MaskShape>;
}

/** The shape that a resource is, in whichever app; `undefined` for one that not all of them have. */
export function maskShapeOf(resourceId: string | undefined): MaskShapeName | undefined {
  for (const ids of Object.values(MASK_SHAPES)) {
    const names = Object.keys(ids) as MaskShapeName[];
    const found = names.find((name) => ids[name].resourceId === resourceId);
    if (found !== undefined) return found;
  }
  return undefined;
}
