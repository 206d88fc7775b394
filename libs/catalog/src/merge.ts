import { foldName } from './fold.ts';
import type { CatalogEntry, CatalogOrigin } from './types.ts';
import { trusted } from './untrusted.ts';

/** A list that a person imported is trusted most; what a draft happens to say, least. */
const RANK: Readonly<Record<CatalogOrigin, number>> = { imported: 2, 'built-in': 1, harvested: 0 };

/**
 * Two rows of one resource as one. The row of the better origin wins field by field, the newer one among equals;
 * the other fills what is not known. A name or an effect id that loses is kept as another one; the id itself, which stands
 * for a name that is not known, is not.
 */
export function mergeEntries(older: CatalogEntry, newer: CatalogEntry): CatalogEntry {
  const [winner, other] = RANK[older.origin] > RANK[newer.origin] ? [older, newer] : [newer, older];
  const known = Object.entries(winner).filter(([, value]) => value !== undefined);
  const merged: CatalogEntry = { ...other, ...(Object.fromEntries(known) as unknown as CatalogEntry) };
  const isName = (name: string): boolean => name !== merged.resourceId;
  const names = [winner.name, ...(winner.altNames ?? []), other.name, ...(other.altNames ?? [])];
  const [name = merged.name, ...altNames] = names.filter(isName);
  const altEffectIds = [...(winner.altEffectIds ?? []), other.effectId, ...(other.altEffectIds ?? [])];
  return {
    ...merged,
    name,
    ...unlessEmpty('altNames', otherNames(name, altNames)),
    ...unlessEmpty(
      'altEffectIds',
      [...new Set(altEffectIds)].filter((id) => id !== merged.effectId && id !== merged.resourceId),
    ),
  };
}

/**
 * The rows of one list with one row for each resource id, in the order in which the ids come first. Of two rows the
 * first wins; what is known to be wrong is left out.
 */
export function mergeById(rows: readonly CatalogEntry[]): CatalogEntry[] {
  return merged(rows, (before, row) => mergeEntries(row, before));
}

/** Several lists as one, by resource id; rows of later lists count as newer, see {@link mergeEntries}. */
export function mergeLayers(layers: readonly (readonly CatalogEntry[])[]): CatalogEntry[] {
  return merged(layers.flatMap(mergeById), mergeEntries);
}

function merged(
  rows: readonly CatalogEntry[],
  merge: (before: CatalogEntry, row: CatalogEntry) => CatalogEntry,
): CatalogEntry[] {
  const byId = new Map<string, CatalogEntry>();
  for (const row of rows) {
    const entry = trusted(row);
    if (entry === undefined) continue;
    const before = byId.get(entry.resourceId);
    byId.set(entry.resourceId, before === undefined ? entry : merge(before, entry));
  }
  return [...byId.values()];
}

function unlessEmpty<K extends string>(key: K, values: readonly string[]): Partial<Record<K, string[]>> {
  return values.length === 0 ? {} : ({ [key]: values } as Record<K, string[]>);
}

/** Names that say something else than the first one, each once. */
function otherNames(name: string, candidates: readonly string[]): string[] {
  const seen = new Set([name]);
  return candidates.filter((candidate) => {
    if (seen.has(candidate)) return false;
    seen.add(candidate);
    return foldName(candidate) !== foldName(name);
  });
}
