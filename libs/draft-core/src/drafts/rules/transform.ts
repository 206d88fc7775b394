import { fittedSize } from '../../timeline/geometry.ts';
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
  if (material?.array !== 'videos' || !isObject(value.clip) || movesOrGrows(value.common_keyframes))
    return false;
  const { transform, scale: size, rotation } = value.clip;
  const [x, y] = [numberOf(objectOf(transform).x) ?? 0, numberOf(objectOf(transform).y) ?? 0];
  const { width, height } = canvas;
  const picture = {
    width: numberOf(material.value.width) ?? 0,
    height: numberOf(material.value.height) ?? 0,
  };
  if (!(width! > 0) || !(height! > 0)) return false;
  const fitted = fittedSize(picture, cropOf(material.value.crop), { width: width!, height: height! });
  if (fitted === undefined) return false;
  const angle = ((numberOf(rotation) ?? 0) * Math.PI) / 180;
  const [cos, sin] = [Math.abs(Math.cos(angle)), Math.abs(Math.sin(angle))];
  const w = fitted.width * (numberOf(objectOf(size).x) ?? 1);
  const h = fitted.height * (numberOf(objectOf(size).y) ?? 1);
  return Math.abs(x) >= 1 + (w * cos + h * sin) / width! || Math.abs(y) >= 1 + (w * sin + h * cos) / height!;
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

function movesOrGrows(keyframes: unknown): boolean {
  return listOf(keyframes).some((list) =>
    /Position|Scale|SCALE|Rotation/.test(textOf(objectOf(list).property_type) ?? ''),
  );
}
