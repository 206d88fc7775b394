import { searchEntries } from './search.ts';
import { type Hits, indexTable, namesOf, type TableIndex } from './table-index.ts';
import { type CatalogTables, tablesOf } from './tables.ts';
import {
  CATALOG_APPS,
  CATALOG_KINDS,
  type Catalog,
  type CatalogApp,
  type CatalogEntry,
  type CatalogKind,
  type Lookup,
  type ResourceReference,
} from './types.ts';

/**
 * A catalog over tables, or over rows in memory. Nothing is read before it is asked for, and nothing twice.
 *
 * @example
 * ```ts
 * import { createCatalog, parseCompact, tablesOf } from '@cozecut/catalog';
 *
 * const document = {
 *   schema: 'draft-catalog/1',
 *   app: 'jianying',
 *   kind: 'filter',
 *   columns: ['name', 'resource_id'],
 *   rows: [['1980', '7127828208690433311']],
 * };
 * const { entries } = parseCompact(document, { file: 'filters.json', origin: 'imported' });
 * const catalog = createCatalog(tablesOf(entries));
 * console.log(catalog.lookup('jianying', 'filter', { name: '1980' }).status); // => found
 * ```
 */
export function createCatalog(source: CatalogTables | readonly CatalogEntry[]): Catalog {
  const tables = 'read' in source ? source : tablesOf(source);
  const indexes = new Map<string, TableIndex>();
  const index = (app: CatalogApp, kind: CatalogKind): TableIndex => {
    const key = `${app}/${kind}`;
    const known = indexes.get(key) ?? indexTable(tables.read(app, kind));
    indexes.set(key, known);
    return known;
  };
  return {
    lookup: (app, kind, reference) => {
      const own = index(app, kind);
      const { entries, exact } = find(own, reference);
      const [entry] = entries;
      if (entry !== undefined) {
        return entries.length === 1 ? { status: 'found', entry, exact } : { status: 'ambiguous', entries };
      }
      return (
        findInOther(index(otherApp(app), kind), own, reference) ?? {
          status: 'unknown',
          close: reference.name ? own.close(reference.name) : [],
        }
      );
    },
    search: (query) => {
      const apps = query.app === undefined ? CATALOG_APPS : [query.app];
      const kinds = new Set(query.kinds ?? CATALOG_KINDS);
      const rows = apps.flatMap((app) => [...kinds].flatMap((kind) => index(app, kind).entries));
      return searchEntries(rows, query);
    },
  };
}

function otherApp(app: CatalogApp): CatalogApp {
  return app === 'jianying' ? 'capcut' : 'jianying';
}

/** The resources that a reference means. An id that is given decides, whatever the name says. */
function find(table: TableIndex, { name, id, effectId }: ResourceReference): Hits {
  const ids = [id, effectId].filter((value): value is string => value !== undefined && value !== '');
  if (ids.length === 0) return name ? table.byName(name) : { entries: [], exact: false };
  const entries = ids.map((value) => table.byId(value)).find((hits) => hits.length > 0) ?? [];
  // Two resources may share an effect id; the name tells which one is meant.
  const named = entries.filter((entry) => name !== undefined && namesOf(entry).includes(name));
  return { entries: named.length === 1 ? named : entries, exact: true };
}

/** The resource of the other app that has the id or exactly the name, with the one of this app of the same name. */
function findInOther(other: TableIndex, own: TableIndex, reference: ResourceReference): Lookup | undefined {
  const { entries, exact } = find(other, reference);
  const [entry] = entries;
  if (entry === undefined || !exact) return undefined;
  const twin = namesOf(entry)
    .map((name) => own.byName(name).entries)
    .find((twins) => twins.length === 1)?.[0];
  return { status: 'other-app', entry, ...(twin === undefined ? {} : { twin }) };
}
