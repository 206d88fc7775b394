import { createReadStream, existsSync, mkdirSync, renameSync } from 'node:fs';
import { readdir, rm, stat, utimes } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { syncFolder } from '../sync-folder.ts';
import { BLOB_ID, type BlobFiles } from './files.ts';

/** Blobs in a folder, spread over 256 of its folders by the start of their names. */
export function blobFolder(folder: string): BlobFiles {
  const fileOf = (id: string) => join(folder, id.slice(0, 2), id);

  const has = async (id: string) => existsSync(fileOf(id));

  return {
    has,
    incoming: join(folder, 'incoming'),

    async place(file, id) {
      const target = fileOf(id);
      const isNew = !existsSync(dirname(target));
      if (isNew && mkdirSync(dirname(target), { recursive: true }) !== undefined)
        await Promise.all([folder, dirname(folder)].map(syncFolder));
      renameSync(file, target);
      await syncFolder(dirname(target));
    },

    async refresh(id) {
      // It mostly is not, and an error costs more than a look.
      if (!existsSync(fileOf(id))) return false;
      const now = new Date();
      return utimes(fileOf(id), now, now).then(
        () => true,
        () => false,
      );
    },

    read: async (id, range) => ((await has(id)) ? createReadStream(fileOf(id), range) : undefined),

    remove: (id) => rm(fileOf(id), { force: true }),

    async *list() {
      for (const start of await namesIn(folder)) {
        if (!/^[0-9a-f]{2}$/.test(start)) continue;
        for (const id of await namesIn(join(folder, start))) {
          const at = await stat(fileOf(id)).catch(() => undefined);
          if (BLOB_ID.test(id) && at !== undefined) yield { id, at: at.mtimeMs };
        }
      }
    },
  };
}

/** Names in a folder; none when it is not there. */
export async function namesIn(folder: string): Promise<string[]> {
  return readdir(folder).catch(() => []);
}
