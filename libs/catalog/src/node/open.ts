import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from '@cozecut/problems';
import { createCatalog } from '../catalog.ts';
import { type CatalogTables, layeredTables } from '../tables.ts';
import type { Catalog } from '../types.ts';
import { readTableFile, tableFile } from './table-file.ts';

/** Where the tables of a catalog are. */
export interface CatalogFolders {
  /** Folder of imported and harvested rows; it need not be there. */
  user?: string;
  /** Folder of the built-in tables; the one of this package when left out. */
  builtIn?: string;
}

/**
 * The tables on disk as a catalog; user rows lie over the built-in ones. Nothing is read before it is asked for.
 *
 * @example
 * ```ts
 * import { openCatalog } from '@cozecut/catalog/node';
 *
 * const catalog = openCatalog({}); // { user: FOLDER } puts imported and harvested rows above the built-in ones
 * const [found] = catalog.search({ app: 'jianying', text: '叠化', limit: 1 });
 * console.log(found?.kind, found?.name); // => transition 叠化
 * ```
 */
export function openCatalog(folders: CatalogFolders): Catalog {
  return createCatalog(catalogTables(folders));
}

/** The tables behind {@link openCatalog}; nor is a folder looked at before. */
export function catalogTables(folders: CatalogFolders): CatalogTables {
  let tables: CatalogTables | undefined;
  return {
    read: (...table) => {
      tables ??= tablesIn(folders);
      return tables.read(...table);
    },
  };
}

function tablesIn({ user, builtIn }: CatalogFolders): CatalogTables {
  const base = builtInTables(builtIn);
  return user === undefined ? base : layeredTables(base, userTables(user));
}

/**
 * The tables that come with this package. Reading one throws UserError CATALOG_NOT_BUILT in a checkout where they
 * were not made yet.
 */
export function builtInTables(folder: string = join(import.meta.dirname, '../../data')): CatalogTables {
  return {
    read: (app, kind) => {
      const entries = readTableFile(tableFile(folder, app, kind), 'built-in');
      // A kind may have no rows, but the folder is always there.
      if (entries === undefined && !existsSync(folder)) {
        throw new UserError('CATALOG_NOT_BUILT', `the built-in catalog ${folder} is not there`, {
          hint: 'in a checkout, run: npx nx run @cozecut/catalog:data',
        });
      }
      return entries ?? [];
    },
  };
}

/** The tables that a person imported or harvested into a folder. */
export function userTables(folder: string): CatalogTables {
  return { read: (app, kind) => readTableFile(tableFile(folder, app, kind), 'imported') ?? [] };
}
