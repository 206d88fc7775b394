import { randomUUID } from 'node:crypto';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { isDeepStrictEqual } from 'node:util';
import { UserError } from '@cozecut/problems';
import { printCompact } from '../compact/print.ts';
import { mergeById, mergeLayers } from '../merge.ts';
import type { CatalogApp, CatalogEntry, CatalogKind } from '../types.ts';
import { withFolderLock } from './lock.ts';
import { readTableFile, tableFile } from './table-file.ts';

/** What saving did, or would do, to one kind of one app. */
export interface SavedTable {
  app: CatalogApp;
  kind: CatalogKind;
  /** Rows that were not in the folder. */
  added: number;
  /** Rows of which something is known now that was not, or was different. */
  changed: number;
  unchanged: number;
}

/** Rows to save and where. */
export interface SaveOptions {
  /** Folder of the user; made when it is missing. */
  folder: string;
  entries: readonly CatalogEntry[];
  /** Count only. */
  dryRun?: boolean;
}

/**
 * Merges rows into the tables of a folder, one file for each kind of each app. Each file is replaced as a whole, and
 * what other processes save at the same time is kept.
 *
 * @returns One summary for each kind of each app, in the order in which they come.
 * @throws UserError CATALOG_INVALID, CATALOG_LOCKED, FOLDER_NOT_WRITABLE
 */
export async function saveEntries({ folder, entries, dryRun = false }: SaveOptions): Promise<SavedTable[]> {
  const tables = Map.groupBy(entries, ({ app, kind }) => tableFile(folder, app, kind));
  if (dryRun) return [...tables].map(([file, rows]) => merge(file, rows).saved);
  try {
    await mkdir(folder, { recursive: true });
    return await withFolderLock(folder, async () => {
      const results: SavedTable[] = [];
      for (const [file, rows] of tables) {
        const { saved, merged } = merge(file, rows);
        const { app, kind, added, changed } = saved;
        if (added + changed > 0)
          await replace(file, printCompact({ app, kind, entries: merged }, 'imported'));
        results.push(saved);
      }
      return results;
    });
  } catch (error) {
    throw explain(error, folder);
  }
}

function merge(file: string, rows: readonly CatalogEntry[]): { saved: SavedTable; merged: CatalogEntry[] } {
  const before = readTableFile(file, 'imported') ?? [];
  const known = new Map(before.map((entry) => [entry.resourceId, entry]));
  const merged = mergeLayers([before, rows]);
  const byId = new Map(merged.map((entry) => [entry.resourceId, entry]));
  const { app, kind } = rows[0]!;
  const saved = { app, kind, added: 0, changed: 0, unchanged: 0 };
  for (const { resourceId } of mergeById(rows)) {
    const old = known.get(resourceId);
    if (old === undefined) saved.added++;
    else if (isDeepStrictEqual(old, byId.get(resourceId))) saved.unchanged++;
    else saved.changed++;
  }
  return { saved, merged };
}

async function replace(file: string, text: string): Promise<void> {
  const temporary = `${file}.${randomUUID()}.tmp`;
  try {
    const handle = await open(temporary, 'wx');
    try {
      await handle.writeFile(text);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(temporary, file);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

function explain(cause: unknown, folder: string): unknown {
  const { code } = cause as NodeJS.ErrnoException;
  if (!['EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'EEXIST'].includes(code ?? '')) return cause;
  return new UserError(
    'FOLDER_NOT_WRITABLE',
    `cannot write to the catalog ${folder}: ${(cause as Error).message}`,
    {
      hint: 'choose a folder that you may write to',
      cause,
    },
  );
}
