import { stat } from 'node:fs/promises';
import { showJson, UserError } from '@cozecut/problems';
import { withSlashes } from '../compile/draft-files.ts';
import { objectOf } from '../drafts/loose.ts';
import { openDraft } from './open-draft.ts';

/** What a draft has to be where it was put. */
export interface ExpectedDraft {
  /** Absolute path of the draft folder. */
  folder: string;
  draftId: string;
  /** Of the bytes of the timeline. */
  sha256: string;
  /** Files that hold the timeline, relative to the draft. */
  mirrors: readonly string[];
  /** Files and their sizes in bytes, by absolute path. */
  files: ReadonlyMap<string, number>;
}

/**
 * Opens a draft where it was put, and looks at every file that it needs.
 *
 * @throws UserError INSTALL_INCOMPLETE when something is not as it should be; the message says what.
 */
export async function verifyDraft({ folder, draftId, sha256, mirrors, files }: ExpectedDraft): Promise<void> {
  const opened = await openDraft(folder);
  const states = new Map(opened.timelines.map((file) => [file.path, file.sha256]));
  for (const path of mirrors)
    if (states.get(path) !== sha256) throw incomplete(`${path} is not the timeline that was written`);
  const meta = opened.meta?.document;
  const said = objectOf(meta?.value(meta.root));
  if (said.draft_id !== draftId) throw incomplete(`its id is ${showJson(said.draft_id)}, not ${draftId}`);
  if (said.draft_fold_path !== withSlashes(folder))
    throw incomplete(`it says that it lies in ${showJson(said.draft_fold_path)}`);
  for (const [path, bytes] of files) {
    const info = await stat(path).catch(() => undefined);
    if (info?.size !== bytes) throw incomplete(`${path} has ${info?.size ?? 'no'} bytes, not ${bytes}`);
  }
}

function incomplete(why: string): UserError {
  return new UserError('INSTALL_INCOMPLETE', `the draft is not right where it was put: ${why}`, {
    hint: 'nothing was changed; make sure that no other program writes there, and try again',
  });
}
