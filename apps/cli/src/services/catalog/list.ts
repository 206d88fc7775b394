import { CATALOG_APPS, CATALOG_KINDS, type CatalogApp, type CatalogKind } from '@cozecut/catalog';
import { catalogTables } from '@cozecut/catalog/node';
import type { Environment } from '../../settings.ts';
import { catalogFolders } from './folder.ts';

/** How many rows one kind of one app has, and where they were learnt. */
export interface CatalogCount {
  app: CatalogApp;
  kind: CatalogKind;
  rows: number;
  'built-in': number;
  imported: number;
  harvested: number;
}

/** The tables that have rows, and the folder of the user. */
export function listCatalog(env: Environment, folder: string): { folder: string; tables: CatalogCount[] } {
  const folders = catalogFolders(env, folder);
  const tables = catalogTables(folders);
  const counts = CATALOG_APPS.flatMap((app) =>
    CATALOG_KINDS.map((kind) => {
      const count = { app, kind, rows: 0, 'built-in': 0, imported: 0, harvested: 0 };
      for (const { origin } of tables.read(app, kind)) {
        count.rows++;
        count[origin]++;
      }
      return count;
    }),
  );
  return { folder: folders.user, tables: counts.filter(({ rows }) => rows > 0) };
}
