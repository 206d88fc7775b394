import type { CurveProperty } from '../../timeline/model.ts';
import type { ClipOf } from '../../timeline/schema.ts';
import type { Fields } from '../fields.ts';
import { defined, unlessEmpty } from '../values.ts';
import { timeUs } from './plan-fields.ts';

type VideoClip = ClipOf<'video'>;
type Curves = NonNullable<VideoClip['keyframes']>;

const properties: readonly [key: string, property: CurveProperty][] = [
  ['scale', 'scale'],
  ['x', 'positionX'],
  ['y', 'positionY'],
  ['rotation', 'rotation'],
  ['opacity', 'opacity'],
  ['volume', 'volume'],
];

/** Place, size and curves of a segment. */
export function readMotion(segment: Fields, defaultY = 0): Pick<VideoClip, 'transform' | 'keyframes'> {
  const unless = (key: string, neutral: number, fallback = neutral): number | undefined => {
    const value = segment.number(key) ?? fallback;
    return value === neutral ? undefined : value;
  };
  const transform = defined<NonNullable<VideoClip['transform']>>({
    x: unless('x', 0),
    y: unless('y', 0, defaultY),
    scale: unless('scale', 1),
    rotation: unless('rotation', 0),
    opacity: unless('opacity', 1),
  });
  const curves = segment.object('keyframes');
  const keyframes: Curves = {};
  for (const [key, property] of properties) {
    const points = curves.items(key).flatMap((point): [number, number][] => {
      const at = timeUs(point, 'at_us');
      const value = point.number('value');
      point.finish();
      if (at !== undefined && value !== undefined) return [[at, value]];
      point.error('DR162', `${point.place}: must be {"at_us": …, "value": …}`);
      return [];
    });
    if (points.length > 0) keyframes[property] = points;
  }
  return defined<Pick<VideoClip, 'transform' | 'keyframes'>>({
    transform: unlessEmpty(transform),
    keyframes: unlessEmpty(keyframes),
  });
}

/** Animations; the third one is called `group` for all types of tracks, and loops on text. */
export function readAnimations<Third extends 'group' | 'loop'>(
  segment: Fields,
  third: Third,
): { [Slot in 'in' | 'out' | Third]?: { name: string; duration?: number } } | undefined {
  const entries = (
    [
      ['in', 'animation_in'],
      ['out', 'animation_out'],
      [third, 'animation_group'],
    ] as const
  ).flatMap(([slot, key]) => {
    if (!segment.has(key)) return [];
    const fields = segment.object(key);
    const name = fields.text('name');
    const duration = timeUs(fields, 'duration_us');
    return name === undefined ? [] : [[slot, defined({ name, duration })]];
  });
  return entries.length > 0 ? (Object.fromEntries(entries) as never) : undefined;
}
