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
  return {
    async keep(draftIds, owner) {
      if (blobs === undefined) return;
      for (const holder of draftIds) {
        const file = fileOf(holder);
        if (!existsSync(file)) continue;
        await blobs.adopt(file, { owner, holder, name: ARCHIVE_BLOB, type: 'application/zip' });
      }
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
