import type { BlobFiles } from './files.ts';

/** Where a store has no place for blobs: there are none, and none can be put. */
export function noBlobs(): BlobFiles {
  return {
    incoming: undefined,
    place: async () => undefined,
    has: async () => false,
    refresh: async () => false,
    read: async () => undefined,
    remove: async () => undefined,
    async *list() {},
  };
}
