import type { PathSegment } from '@cozecut/problems';
import { ownValue } from '../../own-value.ts';
import { formatUs } from '../../timeline/time.ts';
import type { DraftContext, DraftRule, RuleHead } from '../draft-rule.ts';
import { isStill, type SegmentView } from '../draft-view.ts';
import { isObject, listOf, numberOf, objectOf, textOf } from '../loose.ts';

interface Curve {
  property: string;
  path: PathSegment[];
  points: { atUs: number | undefined; value: number | undefined; path: PathSegment[] }[];
}

function curvesOf({ value, path }: SegmentView): Curve[] {
  return listOf(value.common_keyframes).flatMap((list, at): Curve[] => {
    const property = textOf(objectOf(list).property_type);
    if (property === undefined) return [];
    const own = [...path, 'common_keyframes', at];
    const points = listOf(objectOf(list).keyframe_list).map((point, index) => ({
      atUs: numberOf(objectOf(point).time_offset),
      value: numberOf(listOf(objectOf(point).values)[0]),
      path: [...own, 'keyframe_list', index],
    }));
    return [{ property, path: own, points }];
  });
}

const fraction = { ok: (value: number) => value >= 0 && value <= 1, range: '0 to 1' };
const signed = { ok: (value: number) => value >= -1 && value <= 1, range: '-1 to 1' };
const positive = { ok: (value: number) => value > 0, range: '> 0' };
const RANGES: Readonly<Record<string, typeof fraction>> = {
  KFTypeAlpha: fraction,
  KFTypeSaturation: signed,
  KFTypeContrast: signed,
  KFTypeBrightness: signed,
  KFTypeScaleX: positive,
  KFTypeScaleY: positive,
  UNIFORM_SCALE: positive,
  KFTypeVolume: { ok: (value: number) => value >= 0, range: '>= 0' },
};
const PICTURE_ONLY = ['KFTypeSaturation', 'KFTypeContrast', 'KFTypeBrightness', 'KFTypeVolume'];
const KNOWN = [...Object.keys(RANGES), 'KFTypePositionX', 'KFTypePositionY', 'KFTypeRotation'];

/** Where a segment keeps the value that a curve starts with. */
function staticPaths(property: string, segment: SegmentView): PathSegment[][] {
  const isUniform = objectOf(segment.value.uniform_scale).on === true;
  const paths: Readonly<Record<string, PathSegment[][]>> = {
    KFTypePositionX: [['clip', 'transform', 'x']],
    KFTypePositionY: [['clip', 'transform', 'y']],
    KFTypeRotation: [['clip', 'rotation']],
    KFTypeAlpha: [['clip', 'alpha']],
    KFTypeScaleX: isUniform
      ? [
          ['clip', 'scale', 'x'],
          ['clip', 'scale', 'y'],
        ]
      : [['clip', 'scale', 'x']],
    KFTypeScaleY: [['clip', 'scale', 'y']],
    KFTypeVolume: [['volume']],
  };
  return (ownValue(paths, property) ?? []).map((path) => [...segment.path, ...path]);
}

function staticValue(path: readonly PathSegment[], segment: SegmentView): number | undefined {
  let value: unknown = segment.value;
  for (const step of path.slice(segment.path.length)) value = objectOf(value)[step];
  return numberOf(value);
}

function curveRule(
  head: RuleHead,
  check: (curve: Curve, segment: SegmentView, context: DraftContext) => void,
): DraftRule {
  return {
    ...head,
    segment(segment, context) {
      for (const curve of curvesOf(segment)) check(curve, segment, context);
    },
  };
}

/** DR060: keyframes lie inside of their clip. */
export const keyframeOutside = curveRule(
  { id: 'DR060', title: 'keyframes lie inside of their clip', severity: 'error' },
  ({ points }, segment, { frameUs, report }) => {
    if (segment.endUs === undefined) return;
    for (const { atUs, path } of points) {
      // The app rounds keyframes and clips to frames on their own.
      if (atUs === undefined || (atUs >= 0 && atUs <= segment.durationUs! + frameUs)) continue;
      const message = `${segment.place}: keyframe at ${formatUs(atUs)} is outside of the clip of ${formatUs(segment.durationUs!)}`;
      report({ path: [...path, 'time_offset'], message });
    }
  },
);

/** DR061: one value at a time. */
export const keyframeTwice = curveRule(
  { id: 'DR061', title: 'a property has one keyframe at a time', severity: 'error' },
  ({ property, points }, { place }, { report }) => {
    const seen = new Set<number>();
    for (const { atUs, path } of points) {
      if (atUs === undefined) continue;
      if (seen.has(atUs))
        report({ path, message: `${place}: second keyframe of ${property} at ${formatUs(atUs)}` });
      seen.add(atUs);
    }
  },
);

/** DR062: values are those of the property. */
export const keyframeRange = curveRule(
  { id: 'DR062', title: 'keyframe values are in range', severity: 'error' },
  ({ property, points }, { place }, { report }) => {
    const bound = ownValue(RANGES, property);
    for (const { value, path } of points) {
      if (value === undefined || bound === undefined || bound.ok(value)) continue;
      report({
        path: [...path, 'values', 0],
        message: `${place}: ${property} must be ${bound.range} (got ${value})`,
      });
    }
  },
);

/** DR063: one way to scale. */
export const twoScales: DraftRule = {
  id: 'DR063',
  title: 'a clip is scaled as a whole or by axis',
  severity: 'error',
  segment(segment, { report }) {
    const curves = curvesOf(segment);
    const find = (property: string): Curve | undefined => curves.find((curve) => curve.property === property);
    const axis = find('KFTypeScaleY') ?? (find('UNIFORM_SCALE') && find('KFTypeScaleX'));
    const isUniform =
      find('UNIFORM_SCALE') !== undefined || objectOf(segment.value.uniform_scale).on === true;
    if (axis === undefined || !isUniform) return;
    report({
      path: axis.path,
      message: `${segment.place}: choose uniform or separate scale`,
      hint: 'set `uniform_scale.on` to false, or drop one curve',
    });
  },
};

/** DR064: the clip has the property. */
export const foreignProperty = curveRule(
  { id: 'DR064', title: 'clips have the properties that change', severity: 'error' },
  ({ property, path }, { track, place }, { report }) => {
    const isDrawn = track.type === 'text' || track.type === 'sticker';
    const isForeign = isDrawn
      ? PICTURE_ONLY.includes(property)
      : track.type === 'audio' && property !== 'KFTypeVolume';
    if (isForeign && KNOWN.includes(property))
      report({
        path: [...path, 'property_type'],
        message: `${place}: ${property} does not exist on a ${track.type} clip`,
      });
  },
);

/** DR065: a curve has two ends. */
export const singleKeyframe = curveRule(
  { id: 'DR065', title: 'curves have two keyframes or more', severity: 'info', fixable: true },
  ({ property, points, path }, segment, { report }) => {
    const [only, second] = points;
    if (only === undefined || second !== undefined) return;
    const statics = staticPaths(property, segment).filter((one) => staticValue(one, segment) !== undefined);
    const { value } = only;
    report({
      path,
      message: `${segment.place}: a single keyframe of ${property} acts as a constant`,
      ...(statics.length === 0 || value === undefined
        ? {}
        : {
            fix: {
              title: 'make it the value of the clip',
              timeline: (edit) => {
                for (const one of statics) edit.setAt(one, value);
                edit.removeAt(path);
              },
            },
          }),
    });
  },
);

/** DR066: how the app maps keyframes of a trimmed or sped clip is not known. */
export const keyframesOnTrimmed: DraftRule = {
  id: 'DR066',
  title: 'clips with keyframes are neither trimmed nor sped',
  severity: 'warning',
  segment(segment, { report }) {
    const isPlain = segment.speed === 1 && (segment.source?.startUs ?? 0) === 0;
    if (isPlain || isStill(segment) || curvesOf(segment).length === 0) return;
    report({
      path: [...segment.path, 'common_keyframes'],
      message: `${segment.place}: keyframes on a trimmed or sped clip; how the app maps their times is not verified`,
      hint: 'split the clip or trim the file',
    });
  },
};

/** DR067: CapCut is said to leave opacity curves out. */
export const opacityOnCapcut = curveRule(
  { id: 'DR067', title: 'no opacity keyframes for CapCut', severity: 'warning' },
  ({ property, path }, { place }, { profile, report }) => {
    if (property !== 'KFTypeAlpha' || profile?.app !== 'capcut') return;
    report({
      path,
      message: `${place}: opacity keyframes may not be drawn by CapCut`,
      hint: 'use in and out animations',
    });
  },
);

/** DR068: a clip starts as its curve does. */
export const staticDiffers = curveRule(
  {
    id: 'DR068',
    title: 'values of a clip are those of its first keyframes',
    severity: 'warning',
    fixable: true,
  },
  ({ property, points }, segment, { report }) => {
    const first = points[0]?.value;
    if (first === undefined || points.length < 2 || !isObject(segment.value)) return;
    for (const path of staticPaths(property, segment)) {
      const fixed = staticValue(path, segment);
      if (fixed === undefined || fixed === first) continue;
      report({
        path,
        message: `${segment.place}: ${property} is ${fixed}, its first keyframe ${first}`,
        fix: { title: 'take the first keyframe', timeline: (edit) => edit.setAt(path, first) },
      });
    }
  },
);
