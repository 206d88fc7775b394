import { isObject, type Loose, textOf } from './loose.ts';

/** Keys that only say which material it is. */
const IDENTITY = new Set(['id', 'material_id', 'music_id', 'local_material_id']);

/**
 * What two materials have in common that play the same file in the same way, whatever the order of their keys.
 *
 * @param array - Array of `materials`; only `videos` and `audios` name files.
 */
export function sameMediaKey(array: string, material: Loose): string | undefined {
  if ((array !== 'videos' && array !== 'audios') || textOf(material.path) === undefined) return undefined;
  const entries = Object.entries(material).filter(([key]) => !IDENTITY.has(key));
  return JSON.stringify([array, sorted(entries)]);
}

function sorted(entries: [string, unknown][]): unknown[] {
  return entries.toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([key, value]) => [key, plain(value)]);
}

function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  return isObject(value) ? sorted(Object.entries(value)) : value;
}
