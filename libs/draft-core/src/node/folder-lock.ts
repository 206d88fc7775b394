import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { UserError } from '@cozecut/problems';

/** How long somebody else may hold the lock. */
const WAIT_MS = 30_000;
const POLL_MS = 15;
/** Result code of SQLite, without what makes it more exact. */
const BUSY = 5;

/**
 * Runs `work` while no other process of this machine runs any under the same lock. The lock is one of the operating
 * system on an empty file, taken through SQLite: it ends with its process, however that ends. The file stays, since
 * removing it would let two processes lock two files of one name.
 *
 * @throws UserError FOLDER_BUSY when the lock is not free for a long time.
 * @throws UserError FOLDER_NOT_WRITABLE when the file cannot be made.
 * @throws the reason of `signal` when it is aborted while waiting.
 */
export async function withFolderLock<T>(
  folder: string,
  signal: AbortSignal | undefined,
  work: () => Promise<T>,
): Promise<T> {
  const { DatabaseSync } = await import('node:sqlite');
  const file = join(folder, '.cozecut-lock');
  let lock: InstanceType<typeof DatabaseSync> | undefined;
  try {
    for (let waitedMs = 0; ; waitedMs += POLL_MS) {
      signal?.throwIfAborted();
      try {
        lock ??= new DatabaseSync(file);
        lock.exec('BEGIN EXCLUSIVE');
        break;
      } catch (error) {
        const { errcode } = error as { errcode?: number };
        if (errcode === undefined) throw error;
        if ((errcode & 0xff) !== BUSY) throw notLockable(folder, error);
        if (waitedMs > WAIT_MS) throw folderBusy(folder);
        await setTimeout(POLL_MS);
      }
    }
    return await work();
  } finally {
    lock?.close();
  }
}

function notLockable(folder: string, cause: unknown): UserError {
  return new UserError('FOLDER_NOT_WRITABLE', `cannot make or lock a file in ${folder}`, {
    hint: 'choose another folder, or change its permissions',
    cause,
  });
}

/** Somebody else writes to a folder all the time. */
export function folderBusy(folder: string): UserError {
  return new UserError('FOLDER_BUSY', `another process has been writing to ${folder} for a long time`, {
    hint: 'wait for it, or end it, and try again',
  });
}
