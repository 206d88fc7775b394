import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { lstat, mkdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { UserError } from '@cozecut/problems';
import { applyDraftEdits, type EditedDraft } from '../drafts/edit/apply-draft-edits.ts';
import type { AddedFile, EditPorts } from '../drafts/edit/operation.ts';
import type { OpenedDraft } from '../drafts/opened-draft.ts';
import { whyUnsafePath } from '../drafts/safe-path.ts';
import { type SavedDraft, saveDraft } from './save-draft.ts';
import { explainFsError, ownTempPrefix } from './temp.ts';

/** What edits did to a draft folder. */
export interface SavedEdits extends SavedDraft, Pick<EditedDraft, 'summary' | 'problems'> {}

/**
 * Makes edits of a draft folder, all or none, and saves it with its history. Files that clips need are copied into it
 * before; they are named by their content, so that nothing is ever replaced.
 *
 * @throws UserError DRAFT_EDIT_FAILED with all findings; the draft is as it was.
 * @throws UserError MEDIA_UNREADABLE, MEDIA_CHANGED when a file is gone or is not the one that was looked at.
 * @throws UserError all that `saveDraft` throws.
 *
 * @example
 * ```ts
 * import { randomUUID } from 'node:crypto';
 * import { resolve } from 'node:path';
 * import { editDraftFolder, openDraft } from '@cozecut/draft-core/node';
 *
 * const opened = await openDraft(resolve('my-draft'));
 * const edits = [{ op: 'replace-text', clip: { name: 'Out at six' }, text: 'Out at seven' }];
 * const { summary } = await editDraftFolder(opened, edits, { uuid: randomUUID, now: Date.now });
 * console.log(summary); // => …replaced the text of "Out at six"…
 * ```
 */
export async function editDraftFolder(
  opened: OpenedDraft,
  edits: unknown,
  ports: EditPorts & { reason?: string },
): Promise<SavedEdits> {
  const edited = applyDraftEdits(opened, edits, ports);
  const { problems, summary } = edited;
  if (problems.some(({ severity }) => severity === 'error'))
    throw UserError.fromProblems('DRAFT_EDIT_FAILED', problems);
  if (edited.timeline === undefined && edited.meta === undefined && edited.alsoAs.length === 0)
    return { version: undefined, files: [], summary, problems };
  if (opened.kind === 'folder') for (const file of edited.files) await addFile(opened, file);
  const reason = ports.reason ?? summary.join('; ').slice(0, 200);
  const texts = {
    timeline: edited.alsoAs.length > 0 ? (edited.timeline ?? opened.timeline)!.text : edited.timeline?.text,
    meta: edited.meta?.text,
    alsoAs: edited.alsoAs,
  };
  const saved = await saveDraft(opened, texts, { reason, now: ports.now });
  const { listProblem } = saved;
  return { ...saved, summary, problems: listProblem === undefined ? problems : [...problems, listProblem] };
}

/** Copies a file into a draft folder, unless it is there. */
export async function addFile(
  { path: folder, entries }: Pick<OpenedDraft, 'path' | 'entries'>,
  { from, path, sha256 }: AddedFile,
): Promise<void> {
  const parents = path.split('/').map((_, index, parts) => parts.slice(0, index).join('/'));
  const link = parents.find((parent) => ![undefined, 'folder'].includes(entries.get(parent)?.kind));
  const unsafe = whyUnsafePath(path) ?? (link === undefined ? undefined : `${link} is no folder`);
  if (unsafe !== undefined) throw new UserError('DRAFT_UNSAFE', `${path} cannot be written: ${unsafe}`);
  const target = join(folder, path);
  if (await exists(target)) return;
  const temp = join(
    dirname(target),
    `${ownTempPrefix()}${createHash('sha256').update(path).digest('hex').slice(0, 16)}`,
  );
  const hash = createHash('sha256');
  try {
    await mkdir(dirname(target), { recursive: true });
    const source = createReadStream(from);
    source.on('data', (chunk) => hash.update(chunk));
    await pipeline(source, createWriteStream(temp, { flags: 'wx', flush: true })).catch((error) => {
      if (error.path !== from) throw error;
      throw new UserError('MEDIA_UNREADABLE', `cannot read ${from}`, { hint: 'was it moved?', cause: error });
    });
    if (sha256 !== undefined && hash.digest('hex') !== sha256)
      throw new UserError('MEDIA_CHANGED', `${from} has changed since it was read`, { hint: 'start again' });
    await rename(temp, target);
  } catch (error) {
    throw explainFsError(error, target);
  } finally {
    await rm(temp, { force: true });
  }
}

/** Whether there is anything at a path. */
export async function exists(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  );
}
