import { fittedSize, staysOutside } from '../../timeline/geometry.ts';
import type { DraftRule } from '../draft-rule.ts';
import type { DraftView, SegmentView } from '../draft-view.ts';
import { isObject, listOf, numberOf, objectOf, textOf } from '../loose.ts';

/** DR040: opacity is a fraction. */
export const opacity: DraftRule = {
  id: 'DR040',
  title: 'opacity is 0 to 1',
  severity: 'error',
  segment({ value, path, place }, { report }) {
    const alpha = numberOf(objectOf(value.clip).alpha);
    if (alpha === undefined || (alpha >= 0 && alpha <= 1)) return;
    report({ path: [...path, 'clip', 'alpha'], message: `${place}: alpha must be 0 to 1 (got ${alpha})` });
  },
};

/** DR041: a picture has a size. */
export const scale: DraftRule = {
  id: 'DR041',
  title: 'scale is positive',
  severity: 'error',
  segment({ value, path, place }, { report }) {
    for (const [axis, size] of Object.entries(objectOf(objectOf(value.clip).scale))) {
      if (typeof size !== 'number' || (size > 0 && size <= 10)) continue;
      const own = [...path, 'clip', 'scale', axis];
      if (size > 10 && Number.isFinite(size))
        report({
          path: own,
          severity: 'warning',
          message: `${place}: scale ${axis} ${size} is unusually large`,
        });
      else report({ path: own, message: `${place}: scale ${axis} must be > 0 (got ${size})` });
    }
  },
};

/** DR042: a picture is somewhere in the canvas. */
export const outsideCanvas: DraftRule = {
  id: 'DR042',
  title: 'pictures are inside of the canvas',
  severity: 'warning',
  segment(segment, { view, report }) {
    if (!isOutside(segment, view)) return;
    const message = `${segment.place} is outside of the canvas all the time`;
    report({ path: [...segment.path, 'clip', 'transform'], message, hint: 'move it' });
  },
};

function isOutside({ value, material }: SegmentView, { canvas }: DraftView): boolean {
  const { width, height } = canvas;
  if (material?.array !== 'videos' || !isObject(value.clip) || !(width! > 0) || !(height! > 0)) return false;
  const { transform, scale: size, rotation } = value.clip;
  const picture = {
    width: numberOf(material.value.width) ?? 0,
    height: numberOf(material.value.height) ?? 0,
  };
  const room = { width: width!, height: height! };
  const box = fittedSize(picture, cropOf(material.value.crop), room);
  if (box === undefined) return false;
  const curves = new Map(
    listOf(value.common_keyframes).map((list) => [textOf(objectOf(list).property_type), objectOf(list)]),
  );
  const valuesOf = (fixed: unknown, fallback: number, ...properties: string[]): number[] => {
    const moving = properties.flatMap((property) =>
      listOf(curves.get(property)?.keyframe_list).flatMap(
        (point) => numberOf(listOf(objectOf(point).values)[0]) ?? [],
      ),
    );
    return moving.length > 0 ? moving : [numberOf(fixed) ?? fallback];
  };
  const { x, y } = objectOf(transform);
  const scale = objectOf(size);
  const whole = objectOf(value.uniform_scale).on === true ? ['KFTypeScaleX', 'UNIFORM_SCALE'] : [];
  const places = {
    x: valuesOf(x, 0, 'KFTypePositionX'),
    y: valuesOf(y, 0, 'KFTypePositionY'),
    scaleX: valuesOf(scale.x, 1, 'KFTypeScaleX', ...whole),
    scaleY: valuesOf(scale.y, 1, 'KFTypeScaleY', ...whole),
    rotation: valuesOf(rotation, 0, 'KFTypeRotation'),
  };
  return staysOutside(box, places, room);
}

function cropOf(value: unknown): { left: number; top: number; right: number; bottom: number } {
  const crop = objectOf(value);
  return {
    left: numberOf(crop.upper_left_x) ?? 0,
    top: numberOf(crop.upper_left_y) ?? 0,
    right: numberOf(crop.lower_right_x) ?? 1,
    bottom: numberOf(crop.lower_right_y) ?? 1,
  };
}
