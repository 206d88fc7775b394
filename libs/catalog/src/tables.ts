import { mergeLayers } from './merge.ts';
import type { CatalogApp, CatalogEntry, CatalogKind } from './types.ts';

/** Where the rows of a catalog come from. */
export interface CatalogTables {
  /** The rows of one kind of one app; `[]` when there are none. A catalog asks once for each. */
  read(app: CatalogApp, kind: CatalogKind): readonly CatalogEntry[];
}

/** Tables made of rows in memory. */
export function tablesOf(entries: readonly CatalogEntry[]): CatalogTables {
  return {
    read: (app, kind) => entries.filter((entry) => entry.app === app && entry.kind === kind),
  };
}

/** Several tables as one; rows of the same resource are merged, later tables counting as newer. */
export function layeredTables(...layers: readonly CatalogTables[]): CatalogTables {
  return {
    read: (app, kind) => mergeLayers(layers.map((layer) => layer.read(app, kind))),
  };
}
