import type { PathSegment } from '@cozecut/problems';

type Data = Record<string, unknown>;

/** Merges as an overlay does: objects by key, lists one after the other, anything else replaces. */
export function mergeValues(base: unknown, patch: unknown): unknown {
  if (Array.isArray(base) && Array.isArray(patch)) return [...base, ...patch];
  if (!isMap(base) || !isMap(patch)) return patch;
  const merged = new Map(Object.entries(base));
  for (const [key, value] of Object.entries(patch)) {
    merged.set(key, merged.has(key) ? mergeValues(merged.get(key), value) : value);
  }
  return Object.fromEntries(merged);
}

/**
 * Where a patch cannot be merged, as a path in both: objects merge with objects, lists with lists, plain values with
 * plain values.
 */
export function misfit(base: unknown, patch: unknown): PathSegment[] | undefined {
  if (kindOf(base) !== kindOf(patch)) return [];
  if (!isMap(base) || !isMap(patch)) return undefined;
  for (const [key, value] of Object.entries(patch)) {
    const inner = Object.hasOwn(base, key) ? misfit(base[key], value) : undefined;
    if (inner !== undefined) return [key, ...inner];
  }
  return undefined;
}

/** A copy of a document in which the value at a path is another one. The path must be there. */
export function changeAt(
  document: unknown,
  path: readonly PathSegment[],
  change: (value: unknown) => unknown,
): unknown {
  const [segment, ...rest] = path;
  if (segment === undefined) return change(document);
  if (Array.isArray(document)) {
    return document.map((item, index) => (index === segment ? changeAt(item, rest, change) : item));
  }
  return Object.fromEntries(
    Object.entries(document as Data).map(([key, value]) => [
      key,
      key === segment ? changeAt(value, rest, change) : value,
    ]),
  );
}

/** A copy of a document without the value at a path. */
export function removeAt(document: unknown, path: readonly PathSegment[]): unknown {
  const last = path.at(-1);
  return changeAt(document, path.slice(0, -1), (parent) =>
    Array.isArray(parent)
      ? parent.filter((_, index) => index !== last)
      : Object.fromEntries(Object.entries(parent as Data).filter(([key]) => key !== last)),
  );
}

/** What kind of value an overlay sees. */
export function kindOf(value: unknown): 'object' | 'array' | 'value' {
  if (Array.isArray(value)) return 'array';
  return isMap(value) ? 'object' : 'value';
}

function isMap(value: unknown): value is Data {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
