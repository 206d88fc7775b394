import { foldName } from './fold.ts';
import { namesOf } from './table-index.ts';
import type { CatalogEntry, CatalogQuery } from './types.ts';

/** The rows that fit a query, best first: equal names, then names that start with the text, then the others. */
export function searchEntries(entries: readonly CatalogEntry[], query: CatalogQuery): CatalogEntry[] {
  const text = foldName(query.text ?? '');
  const found = entries
    .filter(({ vip }) => query.vip === undefined || vip === query.vip)
    .map((entry) => ({ entry, distance: text === '' ? 0 : distanceTo(entry, text) }))
    .filter(({ distance }) => distance !== Number.POSITIVE_INFINITY)
    .sort((a, b) => a.distance - b.distance || lengthOrder(a.entry, b.entry, text))
    .map(({ entry }) => entry);
  return query.limit === undefined ? found : found.slice(0, query.limit);
}

/** Without a text the order of the table is the best there is. */
function lengthOrder(a: CatalogEntry, b: CatalogEntry, text: string): number {
  return text === '' ? 0 : a.name.length - b.name.length;
}

/** How far a row is from a folded text, from 0 up; infinite when it does not fit. */
function distanceTo(entry: CatalogEntry, text: string): number {
  const ids = [entry.resourceId, entry.effectId, ...(entry.altEffectIds ?? [])].map(foldName);
  if (ids.includes(text)) return 0;
  const distances = namesOf(entry).map((name, index) => {
    const folded = foldName(name);
    const isOther = index === 0 ? 0 : 1;
    if (folded === text) return isOther;
    if (folded.startsWith(text)) return 2 + isOther;
    return folded.includes(text) ? 4 + isOther : Number.POSITIVE_INFINITY;
  });
  const best = Math.min(...distances);
  if (best !== Number.POSITIVE_INFINITY) return best;
  return ids.some((id) => id.includes(text)) ? 6 : best;
}
