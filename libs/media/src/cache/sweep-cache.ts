import { access } from 'node:fs/promises';
import { evict } from './evict.ts';
import { cacheFolders } from './folders.ts';
import { createLease } from './lease.ts';
import type { MediaCacheOptions } from './media-cache.ts';

/**
 * Brings a cache folder back to its size and removes what ended processes left; what any process uses stays. Libraries
 * do so when they close after a download: this is for a size that was made smaller, and for what nobody comes back to.
 */
export async function sweepMediaCache({ folder, maxBytes, uuid, now }: MediaCacheOptions): Promise<void> {
  const isThere = await access(folder).then(
    () => true,
    () => false,
  );
  if (!isThere) return;
  const folders = cacheFolders(folder);
  // Whoever takes a lease clears away those of processes that are gone.
  const lease = createLease(folders, uuid, now);
  await lease.folder();
  await lease.release();
  await evict(folders, maxBytes, now());
}
