import { createReadStream, existsSync } from 'node:fs';
import type { Readable } from 'node:stream';
import { ARCHIVE_BLOB } from '@cozecut/plugin-host';
import type { BlobStore } from '@cozecut/store';

/** Zips of drafts for download, found by every process that shares the store. */
export interface Archives {
  /** Hands over the zips that a tool has written on this machine. */
  keep(draftIds: readonly string[], owner: string): Promise<void>;
  has(draftId: string): Promise<boolean>;
  /** The zip and its size in bytes when it is known; nothing when there is none. */
  open(draftId: string): Promise<{ content: Readable; bytes: number | undefined } | undefined>;
}

/**
 * @param fileOf - Absolute path that tools write the zip of a draft to; a store without blobs leaves it there.
 */
export function createArchives(blobs: BlobStore | undefined, fileOf: (draftId: string) => string): Archives {
  /** By draft: whoever answers with a zip answers when it can be downloaded, whichever call has handed it over. */
  const adopting = new Map<string, Promise<unknown>>();

  async function adopt(holder: string, owner: string): Promise<void> {
    while (adopting.has(holder)) await adopting.get(holder)!.catch(() => undefined);
    const file = fileOf(holder);
    if (blobs === undefined || !existsSync(file)) return;
    const adopted = blobs.adopt(file, { owner, holder, name: ARCHIVE_BLOB, type: 'application/zip' });
    adopting.set(holder, adopted);
    try {
      await adopted;
    } catch (error) {
      // Another process has taken it.
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    } finally {
      adopting.delete(holder);
    }
  }

  return {
    async keep(draftIds, owner) {
      for (const holder of draftIds) await adopt(holder, owner);
    },
    has: async (draftId) =>
      (await blobs?.find(draftId, ARCHIVE_BLOB)) !== undefined || existsSync(fileOf(draftId)),
    async open(draftId) {
      const blob = await blobs?.find(draftId, ARCHIVE_BLOB);
      if (blob !== undefined) return { content: await blobs!.read(blob.id), bytes: blob.bytes };
      const file = fileOf(draftId);
      return existsSync(file) ? { content: createReadStream(file), bytes: undefined } : undefined;
    },
  };
}
