import { readdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseCompact } from '@cozecut/catalog';
import { parseJson, type SavedTable, saveEntries } from '@cozecut/catalog/node';
import { UserError } from '@cozecut/problems';
import type { Environment } from '../../settings.ts';
import { readUserFile } from '../../user-file.ts';
import { catalogFolder } from './folder.ts';

/** What an import did, or would do. */
export interface ImportResult {
  /** Absolute path of the folder that the rows went to. */
  folder: string;
  files: number;
  /** Rows of the files; a resource that is there twice counts once in `tables`. */
  rows: number;
  tables: SavedTable[];
  /** Columns of the files that mean nothing here. */
  ignoredColumns: string[];
  dryRun: boolean;
}

/**
 * Takes catalog files over into the folder of the user: all of them, or nothing when one is not right.
 *
 * @throws UserError FILE_UNREADABLE, CATALOG_INVALID, CATALOG_LOCKED, FOLDER_NOT_WRITABLE
 */
export async function importCatalog(request: {
  /** A file, or a folder whose `.json` files are meant; as the person wrote it. */
  path: string;
  dryRun: boolean;
  env: Environment;
  folder: string;
}): Promise<ImportResult> {
  const { path, dryRun, env, folder } = request;
  const tables = filesOf(resolve(folder, path), path).map(({ file, shown }) =>
    parseCompact(parseJson(readUserFile(file, shown), shown), { file: shown, origin: 'imported' }),
  );
  const entries = tables.flatMap((table) => table.entries);
  const target = catalogFolder(env, folder);
  return {
    folder: target,
    files: tables.length,
    rows: entries.length,
    tables: await saveEntries({
      folder: target,
      // Whatever a file says of its rows: they were imported.
      entries: entries.map((entry) => ({ ...entry, origin: 'imported' })),
      dryRun,
    }),
    ignoredColumns: [...new Set(tables.flatMap((table) => table.ignoredColumns))],
    dryRun,
  };
}

function filesOf(path: string, shown: string): { file: string; shown: string }[] {
  if (!statSync(path, { throwIfNoEntry: false })?.isDirectory()) return [{ file: path, shown }];
  const names = readdirSync(path)
    .filter((name) => name.endsWith('.json'))
    .sort();
  if (names.length === 0) throw new UserError('CATALOG_INVALID', `the folder ${shown} has no .json file`);
  return names.map((name) => ({ file: join(path, name), shown: join(shown, name) }));
}
