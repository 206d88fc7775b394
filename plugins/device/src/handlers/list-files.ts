import type { Dirent } from 'node:fs';
import { lstat, opendir } from 'node:fs/promises';
import { join } from 'node:path';
import { UserError } from '@cozecut/problems';
import { allowedPath } from '../allowed-path.ts';
import type { ListFilesOutput, ToolHandler } from '../tools.gen.ts';

/** As much of a folder as is looked at; what comes first by name may then be missing. */
const MAX_SEEN = 20_000;

type Entry = ListFilesOutput['entries'][number];

/** What is in a folder. */
export const listFiles: ToolHandler<'list_files'> = async (input, { localRoots, signal }) => {
  const { path = '.', max_entries: maxEntries = 200 } = input;
  const folder = await allowedPath(path, localRoots);
  const seen: Dirent[] = [];
  try {
    for await (const entry of await opendir(folder.realPath)) {
      signal.throwIfAborted();
      if (!entry.name.startsWith('.')) seen.push(entry);
      if (seen.length >= MAX_SEEN) break;
    }
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'ENOTDIR') throw cause;
    throw new UserError('NOT_A_FOLDER', `${JSON.stringify(path)} is no folder`, {
      hint: 'use read_file',
      cause,
    });
  }
  seen.sort((a, b) => (a.name < b.name ? -1 : 1));
  const shown = seen.slice(0, maxEntries);
  return {
    path: folder.path,
    entries: await Promise.all(shown.map((entry) => describe(folder.realPath, entry))),
    truncated: seen.length > shown.length || seen.length >= MAX_SEEN,
  };
};

async function describe(folder: string, entry: Dirent): Promise<Entry> {
  const { name } = entry;
  if (entry.isSymbolicLink()) return { name, type: 'link' };
  if (!entry.isFile() && !entry.isDirectory()) return { name, type: 'other' };
  const info = await lstat(join(folder, name)).catch(() => undefined);
  const modified = info === undefined ? {} : { modified_at: info.mtime.toISOString() };
  if (entry.isDirectory()) return { name, type: 'folder', ...modified };
  return { name, type: 'file', ...(info === undefined ? {} : { bytes: info.size }), ...modified };
}
