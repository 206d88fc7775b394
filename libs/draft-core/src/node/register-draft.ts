import { isAbsolute } from 'node:path';
import { BugError } from '@cozecut/problems';
import { editIndex, newIndex } from './edit-index.ts';
import { assertEditorClosed, type ListProcesses } from './editor-process.ts';
import type { DraftToRegister } from './index-entry.ts';
import { replaceIndex } from './replace-index.ts';

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
  const edit = (text: string | undefined): string =>
    text === undefined ? newIndex(drafts, root) : editIndex(text, drafts, root);
  await replaceIndex(root, edit, {
    signal,
    async assertFree() {
      if (listProcesses !== undefined)
        for (const { profile } of drafts) await assertEditorClosed(profile, listProcesses);
    },
  });
}
