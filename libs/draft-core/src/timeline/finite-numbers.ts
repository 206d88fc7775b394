import type { PathSegment } from '@cozecut/problems';

/** No number of a timeline lies deeper; what strangers nest is not followed further. */
const DEEPEST = 12;

/** Whether all numbers in a value are finite. JSON cannot write others, and reads `1e400` as one of them. */
export function isFiniteAll(value: unknown, depth: number = DEEPEST): boolean {
  if (typeof value === 'number') return Number.isFinite(value);
  if (typeof value !== 'object' || value === null || depth === 0) return true;
  return Object.values(value).every((part) => isFiniteAll(part, depth - 1));
}

/** Where the numbers are that are not. */
export function infinitePlaces(value: unknown, path: readonly PathSegment[] = []): PathSegment[][] {
  if (typeof value === 'number') return Number.isFinite(value) ? [] : [[...path]];
  if (typeof value !== 'object' || value === null || path.length === DEEPEST) return [];
  return Object.entries(value).flatMap(([key, part]) =>
    infinitePlaces(part, [...path, Array.isArray(value) ? Number(key) : key]),
  );
}
