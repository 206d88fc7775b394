import { copyFile, mkdir, open, readFile, realpath, rename, rm } from 'node:fs/promises';
import { dirname, isAbsolute, join } from 'node:path';
import { BugError, UserError } from '@cozecut/problems';
import { INDEX_NAME } from '../drafts/layout.ts';
import { editIndex, newIndex } from './edit-index.ts';
import { assertEditorClosed, type ListProcesses } from './editor-process.ts';
import { withLock } from './file-lock.ts';
import type { DraftToRegister } from './index-entry.ts';
import { decodeIndex, ifMissing } from './read-index.ts';
import { explainFsError, ownTempPrefix, sweepOrphans, syncFolder, TEMP_PREFIX } from './temp.ts';

/** The list of drafts as it was before the last change of ours. */
export const INDEX_BACKUP_NAME = `${INDEX_NAME}.cozecut-backup`;
/** How long another process may be at work on the index. */
const PATIENCE_MS = 30_000;
const LOCK_NAME = `${TEMP_PREFIX}lock`;

/** How often the index may change under our hands. */
const TRIES = 10;

/** Options of {@link registerDrafts}. */
export interface RegisterDraftsOptions {
  /** Absolute path of the draft root. */
  root: string;
  /** The one that is to be first in the list comes first. */
  drafts: readonly DraftToRegister[];
  /** Looks for the running app; left out, nobody looks. */
  listProcesses?: ListProcesses | undefined;
  signal?: AbortSignal | undefined;
}

/**
 * Puts drafts into the list that the app shows, in front, all or none. Entries for the same folders are replaced;
 * all others stay byte for byte, and so does the file until the new one takes its place in one step. The list as it
 * was is kept beside it. A list that is missing is made; processes that do this at the same time wait for each other.
 *
 * @throws UserError EDITOR_RUNNING when the app of one of the drafts is running; it would overwrite the list.
 * @throws UserError INDEX_UNREADABLE when there is a list that cannot be read; it is left alone.
 * @throws UserError DRAFT_BUSY when another process is at work on the list for long, or changes it all the time.
 * @throws UserError FOLDER_NOT_WRITABLE, DISK_FULL
 */
export async function registerDrafts(options: RegisterDraftsOptions): Promise<void> {
  const { root, drafts, listProcesses, signal } = options;
  if (!isAbsolute(root)) throw new BugError(`root must be absolute (got ${root})`);
  const index = join(root, INDEX_NAME);
  try {
    await mkdir(root, { recursive: true });
    await withLock(join(root, LOCK_NAME), PATIENCE_MS, async () => {
      signal?.throwIfAborted();
      if (listProcesses !== undefined) {
        for (const { profile } of drafts) await assertEditorClosed(profile, listProcesses);
      }
      await sweepOrphans(root);
      // An app that is started meanwhile knows nothing of our lock.
      for (let tries = 1; !(await tryToReplace(index, root, drafts)); tries++) {
        signal?.throwIfAborted();
        if (tries === TRIES) throw changing(index);
      }
    });
  } catch (error) {
    signal?.throwIfAborted();
    throw explainFsError(error, index);
  }
}

/** Whether the index was replaced; not when somebody has changed it on the way. */
async function tryToReplace(
  index: string,
  root: string,
  drafts: readonly DraftToRegister[],
): Promise<boolean> {
  // A link to the index stays a link.
  const target = await realpath(index).catch(ifMissing(index));
  const before = await readFile(target).catch(ifMissing(undefined));
  const text = before === undefined ? newIndex(drafts, root) : editIndex(decodeIndex(before), drafts, root);
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
