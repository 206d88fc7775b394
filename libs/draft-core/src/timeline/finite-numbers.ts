import type { PathSegment } from '@cozecut/problems';

/** No number of a timeline lies deeper; what strangers nest is not followed further. */
const DEEPEST = 12;

/** Whether all numbers in a value are finite. JSON cannot write others, and reads `1e400` as one of them. */
export function isFiniteAll(value: unknown, depth: number = DEEPEST): boolean {
  if (typeof value === 'number') return Number.isFinite(value);
  if (typeof value !== 'object' || value === null || depth === 0) return true;
  const parts: readonly unknown[] = Array.isArray(value) ? value : Object.values(value);
  for (const part of parts) if (typeof part !== 'string' && !isFiniteAll(part, depth - 1)) return false;
  return true;
}

/** A number that is not, and where it is. */
export interface InfiniteNumber {
  path: PathSegment[];
  value: number;
}

/** The numbers that are not, each with its place. */
export function infiniteNumbers(value: unknown, path: readonly PathSegment[] = []): InfiniteNumber[] {
  if (typeof value === 'number') return Number.isFinite(value) ? [] : [{ path: [...path], value }];
  if (typeof value !== 'object' || value === null || path.length === DEEPEST) return [];
  return Object.entries(value).flatMap(([key, part]) =>
    infiniteNumbers(part, [...path, Array.isArray(value) ? Number(key) : key]),
  );
}
