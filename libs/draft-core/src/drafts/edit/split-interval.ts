import { isObject } from '../loose.ts';
import type { Keyframe } from './parts.ts';

interface Point {
  x: number;
  y: number;
}

/** Halvings to find the place on an eased interval; enough for a microsecond of any clip. */
const STEPS = 60;

/** Gives `middle`, which lies between two points, the value that the curve has there, and eases both parts as before. */
export function splitInterval(before: Keyframe, middle: Keyframe, after: Keyframe): void {
  const lengthUs = after.time_offset - before.time_offset;
  const at = middle.time_offset - before.time_offset;
  const [leaving, arriving] = [handleOf(before.right_control), handleOf(after.left_control)];
  const isEased = [leaving, arriving].some(({ x, y }) => x !== 0 || y !== 0);
  // A value that stands until the next point, which only timelines have.
  if (before.hold === true) {
    Object.assign(middle, { values: [...before.values], hold: true, right_control: { x: 0, y: 0 } });
    return;
  }
  if (!isEased || before.values.length !== 1) {
    // The point was copied from the one behind it, which may leave on an eased way.
    const { x, y } = handleOf(middle.right_control);
    if (x !== 0 || y !== 0) Object.assign(middle.right_control!, { x: 0, y: 0 });
    delete middle.hold;
    middle.values = before.values.map((value, index) => {
      const change = (after.values[index] ?? value) - value;
      return round(value + (change * at) / lengthUs);
    });
    return;
  }
  const curve: [Point, Point, Point, Point] = [
    { x: 0, y: before.values[0]! },
    { x: leaving.x, y: before.values[0]! + leaving.y },
    { x: lengthUs + arriving.x, y: after.values[0]! + arriving.y },
    { x: lengthUs, y: after.values[0]! },
  ];
  const { start, end, split } = cutBezier(curve, placeOf(curve, at));
  middle.values = [round(split.y)];
  before.right_control = difference(start[0], curve[0]);
  middle.left_control = difference(start[1], split);
  middle.right_control = difference(end[0], split);
  delete middle.hold;
  after.left_control = difference(end[1], curve[3]);
}

function cutBezier([a, b, c, d]: readonly [Point, Point, Point, Point], t: number) {
  const [ab, bc, cd] = [between(a, b, t), between(b, c, t), between(c, d, t)];
  const [abc, bcd] = [between(ab, bc, t), between(bc, cd, t)];
  return { start: [ab, abc] as const, split: between(abc, bcd, t), end: [bcd, cd] as const };
}

function placeOf(curve: readonly [Point, Point, Point, Point], x: number): number {
  let [low, high] = [0, 1];
  for (let step = 0; step < STEPS; step++) {
    const middle = (low + high) / 2;
    if (cutBezier(curve, middle).split.x < x) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

function between(a: Point, b: Point, t: number): Point {
  return { x: a.x + (b.x - a.x) * t, y: a.y + (b.y - a.y) * t };
}

function difference(to: Point, from: Point): Point {
  return { x: Math.round(to.x - from.x) + 0, y: round(to.y - from.y) };
}

/** Without the noise of floating point. */
function round(value: number): number {
  return Math.round(value * 1e9) / 1e9 + 0;
}

function handleOf(control: unknown): Point {
  const { x, y } = isObject(control) ? control : {};
  return { x: typeof x === 'number' ? x : 0, y: typeof y === 'number' ? y : 0 };
}
