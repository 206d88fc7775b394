import { randomUUID } from 'node:crypto';
import { link, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { UserError } from '@cozecut/problems';
import { isRunning, ownTempPrefix } from './temp.ts';

/** After this time nobody can still be at work; the id of a process may have gone to another one. */
const STALE_MS = 10 * 60 * 1000;
/** Waits are of random length up to this: one who takes the lock again and again should not win each time. */
const RETRY_MS = 25;

/**
 * Runs `work` while no other process holds the lock at `path`; a lock whose process is gone is taken over.
 *
 * @throws UserError DRAFT_BUSY when another process holds it for longer than `patienceMs`.
 */
export async function withLock<T>(path: string, patienceMs: number, work: () => Promise<T>): Promise<T> {
  const owner = `${process.pid} ${hostname()} ${randomUUID()}`;
  const deadline = Date.now() + patienceMs;
  while (!(await acquire(path, owner))) {
    if (Date.now() > deadline) {
      throw new UserError('DRAFT_BUSY', `another process is writing this draft (lock ${path})`, {
        hint: 'wait for it to end, or delete the lock when there is none',
      });
    }
    await sleep(1 + Math.random() * RETRY_MS);
  }
  try {
    await removeSeconds(path);
    return await work();
  } finally {
    await rm(path, { force: true });
  }
}

async function acquire(path: string, owner: string): Promise<boolean> {
  // A link to a complete file appears at once or not at all. The name tells whose the file is if it is left behind.
  const own = join(dirname(path), `${ownTempPrefix()}${randomUUID()}`);
  await writeFile(own, owner, { flag: 'wx' });
  try {
    await link(own, path);
    return true;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'EEXIST') return await acquireWithoutLinks(path, owner);
  } finally {
    await rm(own, { force: true });
  }
  await removeStale(path, owner);
  return false;
}

/** For file systems that have no hard links: there the lock of a process that is killed at once stays for a while. */
async function acquireWithoutLinks(path: string, owner: string): Promise<boolean> {
  try {
    await writeFile(path, owner, { flag: 'wx' });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    await removeStale(path, owner);
    return false;
  }
}

/**
 * Removes the lock of a process that is gone. Of those who find it, only the holder of a second lock that is named
 * after this very owner may remove it: else one could remove the lock that another has just taken.
 */
async function removeStale(path: string, owner: string): Promise<void> {
  const stale = await readFile(path, 'utf8').catch(() => undefined);
  if (stale === undefined || !(await isStale(path, stale))) return;
  const second = `${path}-${stale.split(' ')[2]?.replace(/[^\w-]/g, '') ?? ''}`;
  if (!(await acquire(second, owner))) return;
  if ((await readFile(path, 'utf8').catch(() => undefined)) === stale) await rm(path, { force: true });
  await rm(second, { force: true });
}

/** Removes what is left of second locks: nobody waits for one whose first lock is gone. */
async function removeSeconds(path: string): Promise<void> {
  const folder = dirname(path);
  for (const name of await readdir(folder)) {
    if (!name.startsWith(`${basename(path)}-`)) continue;
    const second = join(folder, name);
    const owner = await readFile(second, 'utf8').catch(() => undefined);
    if (owner !== undefined && (await isStale(second, owner))) await rm(second, { force: true });
  }
}

async function isStale(path: string, owner: string): Promise<boolean> {
  const info = await stat(path).catch(() => undefined);
  if (info === undefined) return false;
  const [pid, host] = owner.split(' ');
  const isGone = host === hostname() && !isRunning(Number(pid));
  return isGone || Date.now() - info.mtimeMs > STALE_MS;
}
