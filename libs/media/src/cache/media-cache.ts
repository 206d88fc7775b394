import { mkdir } from 'node:fs/promises';
import { type CacheEntry, cacheKey, contentName, readEntry, removeEntry, writeEntry } from './entries.ts';
import { evict } from './evict.ts';
import { cacheFolders } from './folders.ts';
import { createLease } from './lease.ts';
import { claimPart, type Part } from './parts.ts';

/** A folder of downloads, and how large it may be. */
export interface MediaCacheOptions {
  /** Absolute path; made when it is not there. */
  folder: string;
  /** Size the folder is brought back to; content in use may make it larger. */
  maxBytes: number;
  /** Fresh id for names of folders and unfinished files. */
  uuid(): string;
  /** Unix time in milliseconds. */
  now(): number;
}

/**
 * Downloads by their content, shared with every process that uses the folder. What was handed out stays until
 * `close`, whoever evicts it in the meantime.
 */
export interface MediaCache {
  /** What is known about an address. */
  find(address: string): Promise<CacheEntry | undefined>;
  /** Absolute path of the content of an entry, held on to; nothing when it is not there any more. */
  pin(entry: CacheEntry): Promise<string | undefined>;
  /** Keeps what is known about an address. */
  remember(address: string, entry: CacheEntry): Promise<void>;
  /** Drops what is known about an address. */
  forget(address: string): Promise<void>;
  /** What has arrived of an address so far, for this caller alone. */
  claimPart(address: string): Promise<Part>;
  /** An empty part of nothing. */
  newPart(): Promise<Part>;
  /** Takes over a finished, flushed part; see `Lease.adopt`. */
  adopt(part: Part, entry: Pick<CacheEntry, 'sha256' | 'extension'>, stored: boolean): Promise<string>;
  /** Lets go of everything, and brings the folder down to its size when something was added. */
  close(): Promise<void>;
}

/** Makes a {@link MediaCache}. The folder is made when something is put into it. */
export function createMediaCache({ folder, maxBytes, uuid, now }: MediaCacheOptions): MediaCache {
  const folders = cacheFolders(folder);
  const lease = createLease(folders, uuid, now);
  let hasGrown = false;

  async function claim(address: string): Promise<Part> {
    hasGrown = true;
    await mkdir(folder, { recursive: true });
    return claimPart(folders, await lease.folder(), cacheKey(address), uuid());
  }

  return {
    find: (address) => readEntry(folders, cacheKey(address)),
    pin: (entry) => lease.pin(contentName(entry)),
    remember: (address, entry) => writeEntry(folders, cacheKey(address), entry, uuid(), now()),
    forget: (address) => removeEntry(folders, cacheKey(address)),
    claimPart: claim,
    newPart: () => claim(uuid()),
    adopt: (part, entry, stored) => lease.adopt(part.data, contentName(entry), stored),
    async close() {
      await lease.release();
      if (hasGrown) await evict(folders, maxBytes, now());
      hasGrown = false;
    },
  };
}
