import { lstat, opendir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { UserError } from '@cozecut/problems';
import type { DraftEntry } from '../drafts/opened-draft.ts';
import type { DraftLimits, DraftSource } from './draft-source.ts';
import { readRegularFile, streamRegularFile } from './read-file.ts';

/** Folder in a draft that is ours: former versions and files under construction. */
export const OWN_FOLDER = '.cozecut';

/**
 * Lists a draft folder without following links.
 *
 * @throws UserError DRAFT_TOO_LARGE when it holds more than `maxEntries`.
 */
export async function openFolder(folder: string, limits: DraftLimits): Promise<DraftSource> {
  const entries = new Map<string, DraftEntry>();
  const open = [''];
  for (let prefix = open.pop(); prefix !== undefined; prefix = open.pop()) {
    for await (const { name } of await opendir(join(folder, prefix))) {
      const path = prefix === '' ? name : `${prefix}/${name}`;
      if (path === OWN_FOLDER) continue;
      if (entries.size >= limits.maxEntries) {
        throw new UserError('DRAFT_TOO_LARGE', `${folder} holds more than ${limits.maxEntries} files`, {
          hint: 'name the folder of one draft',
        });
      }
      const info = await lstat(join(folder, path)).catch(() => undefined);
      if (info === undefined) continue;
      const kind = info.isFile()
        ? 'file'
        : info.isDirectory()
          ? 'folder'
          : info.isSymbolicLink()
            ? 'link'
            : 'other';
      entries.set(path, { path, kind, bytes: info.size, modifiedMs: info.mtimeMs });
      if (kind === 'folder') open.push(path);
    }
  }
  return {
    kind: 'folder',
    entries,
    name: basename(folder),
    read: (path) => readRegularFile(join(folder, path), path, limits.maxFileBytes),
    stream: (path) => streamRegularFile(join(folder, path), path, entries.get(path)!.bytes),
    close: async () => {},
  };
}
