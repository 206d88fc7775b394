import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type CacheFolders, CONTENT_NAME } from './folders.ts';

/** An interrupted download that nobody went on with. */
const PART_MAX_AGE_MS = 24 * 3_600_000;
/** Entries are small; more of them than this are cut back to nine tenths. */
const MAX_ENTRIES = 10_000;

interface Item {
  path: string;
  bytes: number;
  usedMs: number;
  /** Whether it may be removed. */
  isFree: boolean;
}

/**
 * Brings a cache folder down to `maxBytes`, what was used longest ago first. Content that any process has linked
 * stays, even when that makes the folder larger.
 */
export async function evict(folders: CacheFolders, maxBytes: number, nowMs: number): Promise<void> {
  const items = [...(await contentOf(folders)), ...(await partsOf(folders, nowMs))];
  let total = items.reduce((sum, { bytes }) => sum + bytes, 0);
  for (const { path, bytes, isFree } of items.sort((a, b) => a.usedMs - b.usedMs)) {
    if (total <= maxBytes) break;
    if (!isFree) continue;
    await rm(path, { recursive: true, force: true });
    total -= bytes;
  }
  await cutEntries(folders);
}

async function contentOf({ root }: CacheFolders): Promise<Item[]> {
  const names = (await readdir(root).catch(() => [])).filter((name) => CONTENT_NAME.test(name));
  return lookAt(
    names.map((name) => join(root, name)),
    async (path) => {
      const { size, mtimeMs, nlink } = await stat(path);
      return { path, bytes: size, usedMs: mtimeMs, isFree: nlink === 1 };
    },
  );
}

async function partsOf({ parts }: CacheFolders, nowMs: number): Promise<Item[]> {
  const names = await readdir(parts).catch(() => []);
  const items = await lookAt(
    names.map((name) => join(parts, name)),
    async (path) => {
      const { size, mtimeMs } = await stat(join(path, 'data'));
      return { path, bytes: size, usedMs: mtimeMs, isFree: true };
    },
  );
  const isOld = ({ usedMs }: Item) => usedMs < nowMs - PART_MAX_AGE_MS;
  for (const { path } of items.filter(isOld)) await rm(path, { recursive: true, force: true });
  return items.filter((item) => !isOld(item));
}

async function cutEntries({ entries }: CacheFolders): Promise<void> {
  const names = await readdir(entries).catch(() => []);
  if (names.length <= MAX_ENTRIES) return;
  const items = await lookAt(
    names.map((name) => join(entries, name)),
    async (path) => ({ path, usedMs: (await stat(path)).mtimeMs }),
  );
  items.sort((a, b) => a.usedMs - b.usedMs);
  for (const { path } of items.slice(0, items.length - MAX_ENTRIES * 0.9)) await rm(path, { force: true });
}

/** What can still be looked at: others may remove things at the same time. */
async function lookAt<T>(paths: readonly string[], look: (path: string) => Promise<T>): Promise<T[]> {
  const found: T[] = [];
  for (const path of paths) {
    const item = await look(path).catch(() => undefined);
    if (item !== undefined) found.push(item);
  }
  return found;
}
