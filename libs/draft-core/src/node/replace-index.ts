import { copyFile, mkdir, open, readFile, realpath, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { UserError } from '@cozecut/problems';
import { INDEX_NAME } from '../drafts/layout.ts';
import { withLock } from './file-lock.ts';
import { decodeIndex, ifMissing } from './read-index.ts';
import { explainFsError, ownTempPrefix, sweepOrphans, syncFolder, TEMP_PREFIX } from './temp.ts';

/** The list of drafts as it was before the last change of ours. */
export const INDEX_BACKUP_NAME = `${INDEX_NAME}.cozecut-backup`;
/** How long another process may be at work on the index. */
const PATIENCE_MS = 30_000;
const LOCK_NAME = `${TEMP_PREFIX}lock`;
/** How often the index may change under our hands. */
const TRIES = 10;

/** How {@link replaceIndex} goes about it. */
export interface ReplaceIndexOptions {
  /** Asked when nobody else is at work on the index, before anything is looked at. */
  assertFree?(): Promise<void>;
  signal?: AbortSignal | undefined;
}

/**
 * Puts another text in the place of the index of a draft root, in one step; the former one is kept beside it. Processes
 * that do this at the same time wait for each other.
 *
 * @param root - Absolute path of the draft root, which is made when it is missing.
 * @param edit - Gives the new text for the former one, which is missing when there is no index. The same text writes
 * nothing. Asked again when somebody changes the index meanwhile.
 * @throws UserError INDEX_UNREADABLE, DRAFT_BUSY, FOLDER_NOT_WRITABLE, DISK_FULL
 */
export async function replaceIndex(
  root: string,
  edit: (text: string | undefined) => string | undefined,
  { assertFree, signal }: ReplaceIndexOptions = {},
): Promise<void> {
  const index = join(root, INDEX_NAME);
  try {
    await mkdir(root, { recursive: true });
    await withLock(join(root, LOCK_NAME), PATIENCE_MS, async () => {
      signal?.throwIfAborted();
      await assertFree?.();
      await sweepOrphans(root);
      // An app that is started meanwhile knows nothing of our lock.
      for (let tries = 1; !(await tryToReplace(index, edit)); tries++) {
        signal?.throwIfAborted();
        if (tries === TRIES) throw changing(index);
      }
    });
  } catch (error) {
    signal?.throwIfAborted();
    throw explainFsError(error, index);
  }
}

/** Whether the index is as it should be; not when somebody has changed it on the way. */
async function tryToReplace(
  index: string,
  edit: (text: string | undefined) => string | undefined,
): Promise<boolean> {
  // A link to the index stays a link.
  const target = await realpath(index).catch(ifMissing(index));
  const before = await readFile(target).catch(ifMissing(undefined));
  const former = before === undefined ? undefined : decodeIndex(before);
  const text = edit(former);
  if (text === undefined || text === former) return true;
  const temp = join(dirname(target), `${ownTempPrefix()}${INDEX_NAME}`);
  try {
    if (before !== undefined) {
      await replaceContent(target, temp, before);
      await rename(temp, join(dirname(target), INDEX_BACKUP_NAME));
    }
    await replaceContent(before === undefined ? undefined : target, temp, Buffer.from(text));
    const now = await readFile(target).catch(ifMissing(undefined));
    if (before === undefined ? now !== undefined : now?.equals(before) !== true) return false;
    await rename(temp, target);
  } finally {
    await rm(temp, { force: true });
  }
  await syncFolder(dirname(target));
  return true;
}

/** Writes `temp`, synced; as a copy of `original` at first, which keeps its permissions and, on macOS, its attributes. */
async function replaceContent(original: string | undefined, temp: string, content: Buffer): Promise<void> {
  if (original !== undefined) await copyFile(original, temp);
  const handle = await open(temp, original === undefined ? 'wx' : 'r+');
  try {
    await handle.truncate();
    await handle.writeFile(content);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function changing(index: string): UserError {
  return new UserError('DRAFT_BUSY', `${index} changes all the time`, { hint: 'close the app first' });
}
