import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { UserError } from '@cozecut/problems';

/** How long somebody else may hold the lock. */
const WAIT_MS = 30_000;
const POLL_MS = 15;
/** Result codes of SQLite. */
const [BUSY, READONLY, CANNOT_OPEN] = [5, 8, 14];

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
        if (errcode === READONLY || errcode === CANNOT_OPEN) throw notWritable(folder, error);
        if (errcode !== BUSY) throw error;
        if (waitedMs > WAIT_MS) throw folderBusy(folder);
        await setTimeout(POLL_MS);
      }
    }
    return await work();
  } finally {
    lock?.close();
  }
}

function notWritable(folder: string, cause: unknown): UserError {
  return new UserError('FOLDER_NOT_WRITABLE', `not allowed to write ${folder}`, {
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
