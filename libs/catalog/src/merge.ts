import { foldName } from './fold.ts';
import type { CatalogEntry, CatalogOrigin } from './types.ts';
import { trusted } from './untrusted.ts';

/** A list that a person imported is trusted most; what a draft happens to say, least. */
const RANK: Readonly<Record<CatalogOrigin, number>> = { imported: 2, 'built-in': 1, harvested: 0 };

/**
 * Two rows of one resource as one. The row of the better origin wins field by field, the newer one among equals;
 * the other fills what is not known. A name or an effect id that loses is kept as another one.
 */
export function mergeEntries(older: CatalogEntry, newer: CatalogEntry): CatalogEntry {
  const [winner, other] = RANK[older.origin] > RANK[newer.origin] ? [older, newer] : [newer, older];
  const altNames = otherNames(winner.name, [
    ...(winner.altNames ?? []),
    other.name,
    ...(other.altNames ?? []),
  ]);
  const altEffectIds = [
    ...new Set([...(winner.altEffectIds ?? []), other.effectId, ...(other.altEffectIds ?? [])]),
  ].filter((id) => id !== winner.effectId);
  const known = Object.fromEntries(Object.entries(winner).filter(([, value]) => value !== undefined));
  return {
    ...other,
    ...(known as unknown as CatalogEntry),
    ...(altNames.length === 0 ? {} : { altNames }),
    ...(altEffectIds.length === 0 ? {} : { altEffectIds }),
  };
}

/**
 * Rows with one row for each resource id, in the order in which the ids come first; see {@link mergeEntries}.
 * What is known to be wrong is left out.
 */
export function mergeById(...layers: readonly (readonly CatalogEntry[])[]): CatalogEntry[] {
  const byId = new Map<string, CatalogEntry>();
  for (const row of layers.flat()) {
    const entry = trusted(row);
    if (entry === undefined) continue;
    const before = byId.get(entry.resourceId);
    byId.set(entry.resourceId, before === undefined ? entry : mergeEntries(before, entry));
  }
  return [...byId.values()];
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
