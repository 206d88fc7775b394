import { ownValue } from '../../own-value.ts';
import { isObject, listOf, numberOf, objectOf, textOf } from '../loose.ts';
import type { EditDraft } from './edit-draft.ts';
import type { Curve, Keyframe, Mutable, Segment } from './parts.ts';
import { splitInterval } from './split-interval.ts';

/** Keeps the part of the curves of a segment between two offsets, which becomes the whole of it. */
export function cutCurves(draft: EditDraft, segment: Segment, fromUs: number, toUs: number): void {
  for (const curve of curvesOf(segment)) {
    const first = startValue(curve);
    const points = curve.keyframe_list;
    breakAt(draft, points, fromUs);
    breakAt(draft, points, toUs);
    const kept = points.filter(({ time_offset: at }) => at >= fromUs && at <= toUs);
    // A curve that lies outside stands still here: at its last value behind it, at its first one in front.
    if (kept.length === 0) kept.push(points[0]!.time_offset > toUs ? points[0]! : points.at(-1)!);
    for (const point of kept) point.time_offset = Math.max(0, Math.min(point.time_offset, toUs) - fromUs);
    curve.keyframe_list = kept;
    followStart(segment, curve, first);
  }
}

/** Stretches the curves of a segment to another length. */
export function stretchCurves(segment: Segment, factor: number, lengthUs: number): void {
  for (const { keyframe_list: points } of curvesOf(segment)) {
    for (const point of points) {
      point.time_offset = Math.min(lengthUs, Math.round(point.time_offset * factor));
      for (const control of [point.left_control, point.right_control])
        if (isObject(control) && typeof control.x === 'number' && control.x !== 0)
          control.x = Math.round(control.x * factor);
    }
  }
}

/** Curves of a segment that hold something. */
export function curvesOf(segment: Segment): Curve[] {
  return listOf(segment.common_keyframes).filter(
    (curve): curve is Curve =>
      isObject(curve) &&
      Array.isArray(curve.keyframe_list) &&
      curve.keyframe_list.length > 0 &&
      curve.keyframe_list.every(
        (point) =>
          isObject(point) &&
          numberOf(point.time_offset) !== undefined &&
          Array.isArray(point.values) &&
          point.values.every((value) => typeof value === 'number'),
      ),
  );
}

/** Puts a point on a curve where it would be cut, unless there is one or the curve stands still there. */
function breakAt(draft: EditDraft, points: Keyframe[], atUs: number): void {
  const next = points.findIndex(({ time_offset: at }) => at >= atUs);
  if (next <= 0 || points[next]!.time_offset === atUs) return;
  const [before, after] = [points[next - 1]!, points[next]!];
  const middle = draft.spellings.copy(after);
  if (middle.id !== undefined) middle.id = draft.newId();
  middle.time_offset = atUs;
  splitInterval(before, middle, after);
  points.splice(next, 0, middle);
}

function startValue({ keyframe_list: [first] }: Curve): number | undefined {
  return numberOf(listOf(first?.values)[0]);
}

/** Where the value without a curve is, by kind of curve. */
const STATIC: Readonly<Record<string, readonly string[]>> = {
  KFTypePositionX: ['clip', 'transform', 'x'],
  KFTypePositionY: ['clip', 'transform', 'y'],
  KFTypeRotation: ['clip', 'rotation'],
  KFTypeScaleX: ['clip', 'scale', 'x'],
  KFTypeScaleY: ['clip', 'scale', 'y'],
  KFTypeAlpha: ['clip', 'alpha'],
  KFTypeVolume: ['volume'],
};

/** The value of a segment itself is that of its first point: keeps it so, where it was so. */
function followStart(segment: Segment, curve: Curve, former: number | undefined): void {
  const nowIs = startValue(curve);
  const path = ownValue(STATIC, textOf(curve.property_type) ?? '');
  if (path === undefined || nowIs === undefined || nowIs === former) return;
  const isUniform = objectOf(segment.uniform_scale).on === true && curve.property_type === 'KFTypeScaleX';
  for (const steps of isUniform ? [path, ['clip', 'scale', 'y']] : [path]) {
    const key = steps.at(-1)!;
    let holder: unknown = segment;
    for (const step of steps.slice(0, -1)) holder = objectOf(holder)[step];
    if (isObject(holder) && holder[key] === former) (holder as Mutable)[key] = nowIs;
  }
}
