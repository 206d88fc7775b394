import type { ClipOf } from '../../timeline/schema.ts';
import type { Fields } from '../fields.ts';
import { chooseScale } from '../one-scale.ts';
import { defined, tidy } from '../values.ts';
import { type DraftContext, toUs } from './context.ts';

type Transform = NonNullable<ClipOf<'video'>['transform']>;
type Keyframes = NonNullable<ClipOf<'video'>['keyframes']>;
type Curve = [number, number][];

/** How much larger than fitted a picture is shown, by axis. */
export interface Zoom {
  x: number;
  y: number;
}

/** Place, size and their changes over time. */
export interface Motion {
  transform?: Transform;
  keyframes?: Keyframes;
}

/** Reads `transform`, `flip` and `keyframes` of a segment. A value that keyframes override stays, so that it is told. */
export function readMotion(segment: Fields, context: DraftContext, zoom: Zoom = { x: 1, y: 1 }): Motion {
  const transform = readTransform(segment, context, zoom);
  const keyframes = readKeyframes(segment.object('keyframes'), context, zoom);
  const motion = defined<Motion>({
    transform: Object.keys(transform).length > 0 ? transform : undefined,
    keyframes: Object.keys(keyframes).length > 0 ? keyframes : undefined,
  });
  chooseScale(motion);
  return motion;
}

function unlessNeutral(value: number, neutral: number): number | undefined {
  return value === neutral ? undefined : value;
}

function readTransform(segment: Fields, context: DraftContext, zoom: Zoom): Transform {
  const fields = segment.object('transform');
  const flip = segment.object('flip');
  const both = fields.number('scale');
  const scaleX = tidy((fields.number('scale_x') ?? both ?? 1) * zoom.x);
  const scaleY = tidy((fields.number('scale_y') ?? both ?? 1) * zoom.y);
  const { x, y } = readPosition(fields, segment, context);
  const isUniform = scaleX === scaleY;
  return defined<Transform>({
    x: unlessNeutral(x, 0),
    y: unlessNeutral(y, 0),
    scale: isUniform ? unlessNeutral(scaleX, 1) : undefined,
    scaleX: isUniform ? undefined : scaleX,
    scaleY: isUniform ? undefined : scaleY,
    rotation: unlessNeutral(fields.number('rotation') ?? 0, 0),
    opacity: unlessNeutral(fields.number('opacity') ?? 1, 1),
    flipX: (flip.flag('horizontal') ?? fields.flag('flip_horizontal')) || undefined,
    flipY: (flip.flag('vertical') ?? fields.flag('flip_vertical')) || undefined,
  });
}

/** Older exports count text from the top left, 0..1; those values also mean something in half-canvas units. */
function readPosition(
  fields: Fields,
  segment: Fields,
  { legacyPosition }: DraftContext,
): { x: number; y: number } {
  const x = fields.number('position_x') ?? 0;
  const y = fields.number('position_y') ?? 0;
  if (segment.raw('type') !== 'text' || x !== 0.5 || y <= 0.5 || y > 1) return { x, y };
  const [place, old] = [`${fields.place}: (${x}, ${y})`, 'a legacy position counted from the top left'];
  if (legacyPosition) {
    const bottom = { x: 0, y: tidy(1 - 2 * y) };
    fields.warn('DR166', `${place} is read as ${old}: bottom centre, y ${bottom.y}`);
    return bottom;
  }
  fields.warn('DR166', `${place} may be ${old}; kept as half-canvas units, up and to the right`, {
    hint: 'ask for legacy positions to put it at the bottom centre',
  });
  return { x, y };
}

function readKeyframes(fields: Fields, context: DraftContext, zoom: Zoom): Keyframes {
  const numbers = (key: string): Curve | undefined => axis(pointsOf(fields, key, context, both), 0);
  const position = pointsOf(fields, 'position', context, pairOf);
  const scale = pointsOf(fields, 'scale', context, (value) => both(value) ?? pairOf(value))?.map(
    ([at, [x, y]]): Point => [at, [tidy(x * zoom.x), tidy(y * zoom.y)]],
  );
  const uniform = scale?.every(([, [x, y]]) => x === y);
  return defined<Keyframes>({
    positionX: axis(position, 0),
    positionY: axis(position, 1),
    scale: uniform ? axis(scale, 0) : undefined,
    scaleX: uniform ? undefined : axis(scale, 0),
    scaleY: uniform ? undefined : axis(scale, 1),
    rotation: numbers('rotation'),
    opacity: numbers('opacity'),
    volume: numbers('volume'),
  });
}

/** Keyframes of sound: the volume alone. */
export function readVolumeCurve(fields: Fields, context: DraftContext): Curve | undefined {
  return axis(pointsOf(fields, 'volume', context, both), 0);
}

type Pair = [x: number, y: number];
type Point = [atUs: number, value: Pair];

function axis(points: Point[] | undefined, index: 0 | 1): Curve | undefined {
  return points?.map(([at, value]) => [at, value[index]]);
}

function pointsOf(
  fields: Fields,
  key: string,
  context: DraftContext,
  read: (value: unknown) => Pair | undefined,
): Point[] | undefined {
  const points: Point[] = [];
  for (const [index, point] of fields.list(key).entries()) {
    const time = single((point as { time?: unknown } | null)?.time);
    const value = read(valueOfPoint(point));
    if (time !== undefined && value !== undefined) points.push([toUs(time, context), value]);
    else {
      const form = key === 'position' ? '{time, value: {x, y}}' : '{time, value}';
      fields.complain(`must be ${form}`, point, key, index);
    }
  }
  return points.length > 0 ? points : undefined;
}

function valueOfPoint(point: unknown): unknown {
  return (point as { value?: unknown } | null)?.value;
}

function single(value: unknown): number | undefined {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
}

/** One number for both axes. */
function both(value: unknown): Pair | undefined {
  const number = single(value);
  return number === undefined ? undefined : [number, number];
}

/** `{x, y}` or `[x, y]`. */
function pairOf(value: unknown): Pair | undefined {
  const { 0: x, 1: y } = Array.isArray(value) ? value : axesOf(value);
  const [left, right] = [single(x), single(y)];
  return left === undefined || right === undefined ? undefined : [left, right];
}

function axesOf(value: unknown): [unknown, unknown] {
  const { x, y } = (value ?? {}) as { x?: unknown; y?: unknown };
  return [x, y];
}
