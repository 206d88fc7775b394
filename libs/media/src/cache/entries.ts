import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, rm, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { MediaFacts, MediaStream } from '../media-file.ts';
import { type CacheFolders, CONTENT_NAME } from './folders.ts';

/** Raise it when the probe finds something else in the same bytes. */
const VERSION = 1;

/** What is known about the content at an address. */
export interface CacheEntry {
  sha256: string;
  extension: string;
  bytes: number;
  facts: MediaFacts;
  streams: readonly MediaStream[];
  expiresAtMs: number;
  etag?: string;
  lastModified?: string;
}

/** The key of an address. Addresses hold signatures, so none is written down. */
export function cacheKey(address: string): string {
  return createHash('sha256').update(address).digest('hex');
}

/** Name of the content of an entry. */
export function contentName({ sha256, extension }: Pick<CacheEntry, 'sha256' | 'extension'>): string {
  return `${sha256}.${extension}`;
}

/** Reads what is known about the address `key`; nothing when that is nothing or cannot be understood. */
export async function readEntry(folders: CacheFolders, key: string): Promise<CacheEntry | undefined> {
  try {
    const text = await readFile(join(folders.entries, `${key}.json`), 'utf8');
    const { version, ...entry } = JSON.parse(text) as CacheEntry & { version: number };
    return version === VERSION && CONTENT_NAME.test(contentName(entry)) ? entry : undefined;
  } catch {
    return undefined;
  }
}

/** Writes what is known about the address `key`. @param uuid - Fresh id for the name of the unfinished file. */
export async function writeEntry(
  folders: CacheFolders,
  key: string,
  entry: CacheEntry,
  uuid: string,
  nowMs: number,
): Promise<void> {
  await mkdir(folders.entries, { recursive: true });
  const path = join(folders.entries, `${key}.json`);
  const unfinished = join(folders.entries, `${uuid}.tmp`);
  await writeFile(unfinished, JSON.stringify({ version: VERSION, ...entry }));
  await rename(unfinished, path);
  await utimes(path, nowMs / 1000, nowMs / 1000);
}

/** Forgets the address `key`. */
export async function removeEntry(folders: CacheFolders, key: string): Promise<void> {
  await rm(join(folders.entries, `${key}.json`), { force: true });
}
