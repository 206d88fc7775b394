import type { ClipOf } from '../timeline/schema.ts';

/** Shape of a mask. */
export type MaskShape = NonNullable<ClipOf<'video'>['mask']>['shape'];

const shapes: Readonly<Record<string, MaskShape>> = {
  线性: 'line',
  镜面: 'mirror',
  圆形: 'circle',
  矩形: 'rectangle',
  爱心: 'heart',
  星形: 'star',
  linear: 'line',
  split: 'line',
  filmstrip: 'mirror',
  stars: 'star',
  line: 'line',
  mirror: 'mirror',
  circle: 'circle',
  rectangle: 'rectangle',
  heart: 'heart',
  star: 'star',
};

/** What masks can be called, for a message. */
export const MASK_HINT =
  '线性, 镜面, 圆形, 矩形, 爱心, 星形; or line, mirror, circle, rectangle, heart, star';

/** Shape of a mask by any of the names that the apps and the tools have for it. */
export function maskShape(name: string): MaskShape | undefined {
  const clean = name.trim().toLowerCase();
  return Object.hasOwn(shapes, clean) ? shapes[clean] : undefined;
}
