import { eased, easingOf, propertyTypes } from '../../compile/keyframes.ts';
import type { CurveProperty } from '../../timeline/model.ts';
import { failEdit } from '../edit/fail.ts';
import type { Curve, Keyframe } from '../edit/parts.ts';

/** Keyframes of a clip, times in microseconds. */
export type ClipCurves = Readonly<Record<string, readonly (readonly unknown[])[] | undefined>>;

/** A curve that knows which property of the clip it is. */
interface ProjectedCurve extends Curve {
  property: string;
}

/** Curves of a clip as a draft has them. */
export function projectCurves(curves: ClipCurves | undefined, newId: () => string): ProjectedCurve[] {
  return Object.entries(curves ?? {}).flatMap(([property, points]) => {
    if (points === undefined) return [];
    const sorted = points
      .map(([at, value, easing]) => ({ atUs: Number(at), value: Number(value), easing }))
      .sort((a, b) => a.atUs - b.atUs);
    const list = sorted.map(({ atUs, value, easing }, index): Keyframe => {
      const before = sorted[index - 1];
      const next = sorted[index + 1];
      return {
        id: newId(),
        time_offset: atUs,
        values: [value],
        left_control: { x: (before && eased(before, { atUs, value }, before.easing))?.leftX ?? 0, y: 0 },
        right_control: handle(next && eased({ atUs, value }, next, easing)),
        ...(easing === 'hold' ? { hold: true } : {}),
      };
    });
    const type = propertyTypes[property as CurveProperty];
    return [{ id: newId(), property, property_type: type, keyframe_list: list }];
  });
}

function handle(interval: ReturnType<typeof eased>): { x: number; y: number } {
  return { x: interval?.rightX ?? 0, y: interval?.rightY ?? 0 };
}

/**
 * The curves as keyframes of a clip. A timeline names its easings, and a part of an eased way has no name: such an
 * edit ends with DR066.
 *
 * @param place - How messages name the clip.
 */
export function readCurves(curves: readonly Curve[], place: string): Record<string, unknown[][]> {
  return Object.fromEntries(
    (curves as readonly ProjectedCurve[]).map(({ property, keyframe_list: list }) => [
      property,
      list.map((point, index) => {
        const [at, value] = [point.time_offset, point.values[0]!];
        const next = list[index + 1];
        const easing =
          point.hold === true ? 'hold' : next === undefined ? 'linear' : easingBetween(point, next);
        if (easing === undefined) {
          failEdit('DR066', `${place}: the ${property} curve cannot be cut inside of an eased way`, {
            hint: 'cut at a keyframe, or make the way there linear',
          });
        }
        return easing === 'linear' ? [at, value] : [at, value, easing];
      }),
    ]),
  );
}

function easingBetween(from: Keyframe, to: Keyframe): string | undefined {
  const [right, left] = [from.right_control, to.left_control];
  return easingOf(
    { atUs: from.time_offset, value: from.values[0]! },
    { atUs: to.time_offset, value: to.values[0]! },
    { rightX: right?.x ?? 0, rightY: right?.y ?? 0, leftX: left?.x ?? 0 },
  );
}
