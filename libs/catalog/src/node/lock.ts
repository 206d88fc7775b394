import { randomUUID } from 'node:crypto';
import { open, readFile, rm } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { UserError } from '@cozecut/problems';

const WAIT_MS = 50;
const MOST_WAITS = 200;

/**
 * Does something while no other process holds the lock of the folder, which must exist. What a killed process left
 * is cleared away.
 *
 * @throws UserError CATALOG_LOCKED when another process holds the lock for longer than ten seconds.
 */
export async function withFolderLock<T>(folder: string, work: () => Promise<T>): Promise<T> {
  const lock = join(folder, '.lock');
  for (let waits = 0; !(await create(lock)); waits++) {
    if (waits === MOST_WAITS) {
      throw new UserError('CATALOG_LOCKED', `another process is writing to the catalog ${folder}`, {
        hint: `if none is, remove ${lock}`,
      });
    }
    if (!(await clearOrphan(lock))) await sleep(WAIT_MS);
  }
  try {
    return await work();
  } finally {
    await rm(lock, { force: true });
  }
}

/** Makes the lock file with a content that no other has; false when there is one. */
async function create(lock: string): Promise<boolean> {
  try {
    const handle = await open(lock, 'wx');
    await handle.writeFile(`${process.pid} ${hostname()} ${randomUUID()}`);
    await handle.close();
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/**
 * Removes the lock of a process of this machine that is gone. Only one process at a time may remove a lock of that
 * content, so it cannot be a newer one that goes.
 */
async function clearOrphan(lock: string): Promise<boolean> {
  const content = await read(lock);
  const [pid, host, id] = content?.split(' ') ?? [];
  if (id === undefined || host !== hostname() || isRunning(Number(pid))) return false;
  const claim = `${lock}-${id}`;
  if (!(await create(claim))) return false;
  try {
    if ((await read(lock)) === content) await rm(lock, { force: true });
  } finally {
    await rm(claim, { force: true });
  }
  return true;
}

async function read(file: string): Promise<string | undefined> {
  return readFile(file, 'utf8').catch(() => undefined);
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
