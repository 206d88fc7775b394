import { copyFile, link, mkdir, readdir, rename, rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import type { CacheFolders } from './folders.ts';
import { isOwnerAlive, machineId, ownedName } from './owner.ts';
import { giveBack, keyOfPart } from './parts.ts';

/** A lease of another machine counts as forgotten after this: no call lasts so long. */
const FORGOTTEN_AFTER_MS = 24 * 3_600_000;

/**
 * What one library holds on to: a folder of its own in which content is linked. A linked file outlives its removal
 * from the cache, so there is no moment at which somebody else could take it away.
 */
export interface Lease {
  /** Absolute path of the folder, which is made when it is first asked for. */
  folder(): Promise<string>;
  /** Links content of the cache by its name; nothing when it is not there. @returns Absolute path of the link. */
  pin(name: string): Promise<string | undefined>;
  /**
   * Takes a finished file over, under its name by content.
   *
   * @param file - Absolute path in {@link folder}; it is gone afterwards.
   * @param stored - Whether others may find it in the cache.
   * @returns Absolute path of the link.
   */
  adopt(file: string, name: string, stored: boolean): Promise<string>;
  /** Lets everything go. */
  release(): Promise<void>;
}

/** Makes a {@link Lease}. */
export function createLease(folders: CacheFolders, uuid: () => string, now: () => number): Lease {
  let opening: Promise<string> | undefined;

  async function open(): Promise<string> {
    const machine = await machineId();
    const own = ownedName(machine, uuid());
    const folder = join(folders.leases, own);
    await mkdir(folder, { recursive: true });
    await sweep(folders, own, machine, now());
    return folder;
  }
  const folder = () => {
    opening ??= open().catch((error: unknown) => {
      opening = undefined;
      throw error;
    });
    return opening;
  };

  async function pin(name: string): Promise<string | undefined> {
    const [from, to] = [join(folders.root, name), join(await folder(), name)];
    const isThere = await linkOrCopy(from, to).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return false;
      throw error;
    });
    if (!isThere) return undefined;
    const used = now() / 1000;
    // It may have been evicted just now; the link stays good.
    await utimes(from, used, used).catch(() => undefined);
    return to;
  }

  return {
    folder,
    pin,
    async adopt(file, name, stored) {
      const to = join(await folder(), name);
      if (!stored) {
        await rename(file, to);
        return to;
      }
      await publish(file, join(folders.root, name));
      const pinned = await pin(name);
      if (pinned === undefined) await rename(file, to);
      await rm(file, { force: true });
      return to;
    },
    async release() {
      if (opening === undefined) return;
      await rm(await opening, { recursive: true, force: true });
      opening = undefined;
    },
  };
}

async function linkOrCopy(from: string, to: string): Promise<true> {
  try {
    await link(from, to);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') throw error;
    // Not every file system knows hard links.
    if (code !== 'EEXIST') await copyFile(from, to);
  }
  return true;
}

/** Puts a finished file where others find it. Somebody may have done so before: it is the same content. */
async function publish(file: string, place: string): Promise<void> {
  try {
    await link(file, place);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') throw error;
    if (code !== 'EEXIST') await rename(file, place);
  }
}

/** Clears away what processes left that are gone; their interrupted downloads can go on. */
async function sweep(folders: CacheFolders, own: string, machine: string, nowMs: number): Promise<void> {
  for (const name of await readdir(folders.leases)) {
    const lease = join(folders.leases, name);
    const isAlive = isOwnerAlive(name, machine);
    const { mtimeMs } = await stat(lease).catch(() => ({ mtimeMs: nowMs }));
    if (isAlive ?? mtimeMs > nowMs - FORGOTTEN_AFTER_MS) continue;
    // Whoever moves the folder first clears it away; should that fail half-way, it is part of a lease again.
    const taken = join(folders.leases, own, name);
    const isTaken = await rename(lease, taken).then(
      () => true,
      () => false,
    );
    if (!isTaken) continue;
    for (const part of isAlive === false ? await readdir(taken) : []) {
      const key = keyOfPart(part);
      if (key !== undefined) await giveBack(folders, key, join(taken, part));
    }
    await rm(taken, { recursive: true, force: true });
  }
}
