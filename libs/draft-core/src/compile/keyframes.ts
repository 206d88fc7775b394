import { frameLengthUs } from '../timeline/frames.ts';
import type { CurvePoint, CurveProperty, NormalCurve } from '../timeline/model.ts';
import type { JsonObject } from './compiled-draft.ts';

/** How a draft calls the properties that have curves. */
export const propertyTypes: Readonly<Record<CurveProperty, string>> = {
  positionX: 'KFTypePositionX',
  positionY: 'KFTypePositionY',
  rotation: 'KFTypeRotation',
  // One curve for both axes: the segment says so with `uniform_scale.on`.
  scale: 'KFTypeScaleX',
  scaleX: 'KFTypeScaleX',
  scaleY: 'KFTypeScaleY',
  opacity: 'KFTypeAlpha',
  saturation: 'KFTypeSaturation',
  contrast: 'KFTypeContrast',
  brightness: 'KFTypeBrightness',
  volume: 'KFTypeVolume',
};

/** Where the handles of an eased interval stand: fractions of its length, and of the change for `y`. */
const handles: Readonly<Record<string, { outX: number; outY: number; inX: number }>> = {
  'ease-in': { outX: 0.42, outY: 0, inX: 0 },
  'ease-out': { outX: 0.32, outY: 0.94, inX: -0.4 },
  'ease-in-out': { outX: 0.42, outY: 0, inX: -0.42 },
};

/** The keyframe lists of a segment. */
export function compileCurves(
  curves: readonly NormalCurve[],
  fps: number,
  newId: () => string,
): JsonObject[] {
  return curves.map(({ property, points }) => ({
    id: newId(),
    keyframe_list: keyframeList(withHolds(points, fps), newId),
    material_id: '',
    property_type: propertyTypes[property],
  }));
}

type Point = Pick<CurvePoint, 'atUs' | 'value' | 'easing'>;

// How the app stores a jump is not known: a point one frame before the next one keeps the value until then.
function withHolds(points: readonly Point[], fps: number): Point[] {
  return points.flatMap((point, index) => {
    const next = points[index + 1];
    if (point.easing !== 'hold' || next === undefined) return [point];
    const atUs = Math.round(next.atUs - frameLengthUs(fps));
    return atUs > point.atUs ? [point, { ...point, atUs }] : [point];
  });
}

function keyframeList(points: readonly Point[], newId: () => string): JsonObject[] {
  return points.map((point, index) => {
    const [before, next] = [points[index - 1], points[index + 1]];
    const arriving = before && eased(before, point, before.easing);
    const leaving = next && eased(point, next, point.easing);
    return {
      curveType: arriving || leaving ? 'FreeCurveInOut' : 'Line',
      graphID: '',
      id: newId(),
      left_control: { x: arriving?.leftX ?? 0, y: 0 },
      right_control: { x: leaving?.rightX ?? 0, y: leaving?.rightY ?? 0 },
      time_offset: point.atUs,
      values: [point.value],
    };
  });
}

type Place = Pick<CurvePoint, 'atUs' | 'value'>;

/** Handles of the way between two points. */
export interface Handles {
  rightX: number;
  rightY: number;
  leftX: number;
}

/** The handles that an easing has between two points; nothing for a straight way. */
export function eased(from: Place, to: Place, easing: unknown): Handles | undefined {
  const handle = typeof easing === 'string' && Object.hasOwn(handles, easing) ? handles[easing] : undefined;
  if (handle === undefined) return undefined;
  const lengthUs = to.atUs - from.atUs;
  return {
    rightX: Math.round(handle.outX * lengthUs),
    rightY: Math.round(handle.outY * (to.value - from.value) * 1e6) / 1e6,
    leftX: Math.round(handle.inX * lengthUs) + 0,
  };
}

/** Name of the easing that has these handles between two points; nothing when none has. */
export function easingOf(from: Place, to: Place, { rightX, rightY, leftX }: Handles): string | undefined {
  if (rightX === 0 && rightY === 0 && leftX === 0) return 'linear';
  // Stretched handles are rounded once more.
  const isNear = (one: number, other: number, by: number): boolean => Math.abs(one - other) <= by;
  return Object.keys(handles).find((name) => {
    const own = eased(from, to, name)!;
    return isNear(own.rightX, rightX, 2) && isNear(own.leftX, leftX, 2) && isNear(own.rightY, rightY, 1e-5);
  });
}
