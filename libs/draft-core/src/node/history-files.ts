import { constants } from 'node:fs';
import { lstat, mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { UserError } from '@cozecut/problems';
import { META_NAME, timelineFolder } from '../drafts/layout.ts';
import { whyUnsafePath } from '../drafts/safe-path.ts';
import { OWN_FOLDER } from './folder-source.ts';
import { hashOf, readRegularFile, unsafe } from './read-file.ts';
import { syncFolder } from './temp.ts';

/** A former state of the files of a draft. */
export interface DraftVersion {
  /** Counts from 1; higher is later. */
  version: number;
  /** When it was replaced, as ISO 8601 in UTC. */
  at: string;
  /** What replaced it. */
  reason: string;
  /** Files as they were: path and hash of the bytes, `null` for a file that was not there. */
  files: { path: string; sha256: string | null }[];
}

/** How a version is kept: its bytes beside `version.json`, named by hash, and in `after` what is still to be written. */
interface StoredVersion extends DraftVersion {
  /** What the save writes, in order; the bytes are in `after`, named by index. `null` removes the file. */
  writes: { path: string; sha256: string | null }[];
}

const MAX_VERSION_BYTES = 1024 * 1024;

/** Folders of the history of a draft. */
export function historyPaths(folder: string): { own: string; history: string; temp: string; lock: string } {
  const own = join(folder, OWN_FOLDER);
  return { own, history: join(own, 'history'), temp: join(own, 'temp'), lock: join(own, 'lock') };
}

/** Makes the folder for the history. @throws UserError DRAFT_UNSAFE when a part of it is a link. */
export async function makeHistory(folder: string): Promise<void> {
  const { own, history } = historyPaths(folder);
  for (const path of [own, history]) {
    await mkdir(path, { recursive: true }).catch(() => {});
    const info = await lstat(path);
    if (!info.isDirectory()) throw unsafe(path, 'not a folder');
  }
}

/** Numbers of the versions that are kept, rising. */
export async function versionNumbers(folder: string): Promise<number[]> {
  const names = await readdir(historyPaths(folder).history).catch(() => []);
  return names
    .filter((name) => /^[1-9]\d{0,8}$/.test(name))
    .map(Number)
    .sort((a, b) => a - b);
}

/** One version; `undefined` when it is not readable. The folder may come from a stranger: nothing in it is trusted. */
export async function readVersion(folder: string, version: number): Promise<StoredVersion | undefined> {
  const path = join(historyPaths(folder).history, String(version), 'version.json');
  try {
    const stored = JSON.parse(
      (await readRegularFile(path, path, MAX_VERSION_BYTES)).toString('utf8'),
    ) as StoredVersion;
    const { at, reason, files, writes } = stored;
    const isFine =
      [at, reason].every((text) => typeof text === 'string') &&
      [files, writes].every((list) => list.every(isHistoryFile));
    return isFine ? { version, at, reason, files, writes } : undefined;
  } catch {
    return undefined;
  }
}

/** Bytes of a file as a version has it. @throws UserError HISTORY_DAMAGED */
export async function readVersionFile(
  folder: string,
  version: number,
  sha256: string,
  maxBytes: number,
): Promise<Buffer> {
  const path = join(historyPaths(folder).history, String(version), sha256);
  return readRegularFile(path, path, maxBytes).catch((cause: unknown) => {
    throw new UserError('HISTORY_DAMAGED', `version ${version} is not complete`, {
      hint: 'choose another one',
      cause,
    });
  });
}

/** Only files that hold a timeline, and the file about the draft, are ever written. */
function isHistoryFile(file: unknown): boolean {
  const { path, sha256 } = (file ?? {}) as { path?: unknown; sha256?: unknown };
  if (typeof path !== 'string' || (sha256 !== null && !/^[0-9a-f]{64}$/.test(String(sha256)))) return false;
  return (path === META_NAME || timelineFolder(path) !== undefined) && whyUnsafePath(path) === undefined;
}

/** What a save replaces and writes. */
export interface VersionParts {
  version: DraftVersion;
  /** Bytes of the former files, by hash. */
  former: ReadonlyMap<string, Uint8Array>;
  /** New bytes and permissions of files, in the order in which they are written; `undefined` removes a file. */
  writes: { path: string; sha256: string | null; bytes: Uint8Array | undefined; mode: number }[];
}

/** Puts a version with everything that is to be written into the history, completely or not at all. */
export async function storeVersion(folder: string, { version, former, writes }: VersionParts): Promise<void> {
  const { temp, history } = historyPaths(folder);
  await rm(temp, { recursive: true, force: true });
  await mkdir(join(temp, 'after'), { recursive: true });
  const stored: StoredVersion = { ...version, writes: writes.map(({ path, sha256 }) => ({ path, sha256 })) };
  await writeSynced(join(temp, 'version.json'), Buffer.from(JSON.stringify(stored, null, 2)));
  for (const [sha256, bytes] of former) await writeSynced(join(temp, sha256), bytes);
  for (const [index, { bytes, mode }] of writes.entries()) {
    if (bytes !== undefined) await writeSynced(join(temp, 'after', String(index)), bytes, mode);
  }
  await syncFolder(join(temp, 'after'));
  await syncFolder(temp);
  await rename(temp, join(history, String(version.version)));
  await syncFolder(history);
}

/**
 * Writes what a save has put into the history and not yet written; the caller holds the lock. A save that was killed is
 * completed this way.
 *
 * @throws UserError DRAFT_UNSAFE when a file would be written through a link.
 */
export async function finishSave(folder: string, version: number): Promise<void> {
  const after = join(historyPaths(folder).history, String(version), 'after');
  const left = await readdir(after).catch(() => undefined);
  if (left === undefined) return;
  const stored = await readVersion(folder, version);
  for (const [index, { path, sha256 }] of (stored?.writes ?? []).entries()) {
    await assertNoLinks(folder, path);
    const former = stored?.files.find((file) => file.path === path)?.sha256 ?? null;
    const target = join(folder, path);
    // The app may have written since the save was killed; what it wrote stays.
    if ((await hashAt(target)) !== former) continue;
    if (sha256 === null) await rm(target, { force: true });
    else if (left.includes(String(index))) {
      await mkdir(dirname(target), { recursive: true });
      await rename(join(after, String(index)), target);
    }
    await syncFolder(dirname(target));
  }
  await rm(after, { recursive: true, force: true });
}

/** Forgets the oldest versions. */
export async function trimHistory(folder: string, keep: number): Promise<void> {
  const numbers = await versionNumbers(folder);
  for (const number of numbers.slice(0, Math.max(0, numbers.length - keep)))
    await rm(join(historyPaths(folder).history, String(number)), { recursive: true, force: true });
}

async function hashAt(path: string): Promise<string | null> {
  const bytes = await readRegularFile(path, path, Number.POSITIVE_INFINITY).catch(() => undefined);
  return bytes === undefined ? null : hashOf(bytes);
}

async function assertNoLinks(folder: string, path: string): Promise<void> {
  const parts = path.split('/');
  for (let length = 1; length <= parts.length; length++) {
    const part = parts.slice(0, length).join('/');
    const info = await lstat(join(folder, part)).catch(() => undefined);
    if (info?.isSymbolicLink()) throw unsafe(part, 'a link');
  }
}

async function writeSynced(path: string, bytes: Uint8Array, mode = 0o644): Promise<void> {
  const handle = await open(path, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL, mode);
  try {
    await handle.writeFile(bytes);
    await handle.sync();
  } finally {
    await handle.close();
  }
}
