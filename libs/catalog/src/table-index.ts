import { closest } from '@cozecut/problems';
import { foldName } from './fold.ts';
import { mergeById } from './merge.ts';
import type { CatalogEntry } from './types.ts';

/** Names worth telling a person who misspelt one. */
const MOST_CLOSE = 5;

/** Resources that a reference means, and whether they were named exactly. */
export interface Hits {
  entries: readonly CatalogEntry[];
  exact: boolean;
}

/** One table, ready to be asked. */
export interface TableIndex {
  readonly entries: readonly CatalogEntry[];
  /** By resource id, else by effect id. */
  byId(id: string): readonly CatalogEntry[];
  /** By name, else by another name, else by either folded; the first level with a hit decides. */
  byName(name: string): Hits;
  /** Names that look most alike, best first. */
  close(name: string): string[];
}

/** Indexes the rows of one kind of one app, each way when it is first asked for: most programs ask in one of them. */
export function indexTable(rows: readonly CatalogEntry[]): TableIndex {
  const entries = mergeById(rows);
  const resourceIds = grouped(entries, (entry) => [entry.resourceId]);
  const effectIds = grouped(entries, (entry) => [entry.effectId, ...(entry.altEffectIds ?? [])]);
  const names = grouped(entries, (entry) => [entry.name]);
  const altNames = grouped(entries, (entry) => entry.altNames ?? []);
  const folded = grouped(entries, (entry) => namesOf(entry).map(foldName));

  const byWholeName = (name: string): Hits => {
    const exact = names(name) ?? altNames(name);
    return exact === undefined
      ? { entries: folded(foldName(name)) ?? [], exact: false }
      : { entries: exact, exact: true };
  };

  return {
    entries,
    byId: (id) => resourceIds(id) ?? effectIds(id) ?? [],
    byName: (name) => {
      const hits = byWholeName(name);
      const numbered = /^(.+)#(\w{4})$/su.exec(name);
      if (hits.entries.length > 0 || numbered === null) return hits;
      const [, plain, end] = numbered as unknown as [string, string, string];
      const { entries: same, exact } = byWholeName(plain.trim());
      return { entries: same.filter(({ resourceId }) => resourceId.endsWith(end)), exact };
    },
    close: (name) => closeNames(name, entries),
  };
}

/** How a person tells resources of one name apart: the name and the end of the id. */
export function numberedName({ name, resourceId }: CatalogEntry): string {
  return `${name}#${resourceId.slice(-4)}`;
}

/** Every name of a resource, the display name first. */
export function namesOf(entry: CatalogEntry): readonly string[] {
  return [entry.name, ...(entry.altNames ?? [])];
}

function closeNames(name: string, entries: readonly CatalogEntry[]): string[] {
  const known = new Set(entries.flatMap(namesOf));
  const wanted = foldName(name);
  // Short Chinese names are rarely misspelt but often incomplete: names that contain the text come next.
  const containing = [...known]
    .filter((candidate) => wanted !== '' && foldName(candidate).includes(wanted))
    .sort((a, b) => a.length - b.length);
  const base = /^(.+)#\w{4}$/su.exec(name)?.[1];
  const numbered = base === undefined ? [] : entries.filter((entry) => entry.name === base).map(numberedName);
  return [...new Set([...numbered, ...closest(name, known), ...containing])].slice(0, MOST_CLOSE);
}

/** The rows that have a key; they are grouped when one is first asked for. */
function grouped(
  entries: readonly CatalogEntry[],
  keys: (entry: CatalogEntry) => readonly string[],
): (key: string) => readonly CatalogEntry[] | undefined {
  let groups: ReadonlyMap<string, readonly CatalogEntry[]> | undefined;
  return (key) => {
    groups ??= group(entries, keys);
    return groups.get(key);
  };
}

function group(
  entries: readonly CatalogEntry[],
  keys: (entry: CatalogEntry) => readonly string[],
): ReadonlyMap<string, readonly CatalogEntry[]> {
  const groups = new Map<string, CatalogEntry[]>();
  for (const entry of entries) {
    for (const key of new Set(keys(entry))) {
      const same = groups.get(key);
      if (same === undefined) groups.set(key, [entry]);
      else same.push(entry);
    }
  }
  return groups;
}
