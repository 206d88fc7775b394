import { randomUUID } from 'node:crypto';
import { renameSync } from 'node:fs';
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { UserError } from '@cozecut/problems';
import { decodeDraftText } from '../drafts/decode-text.ts';
import { META_NAME } from '../drafts/layout.ts';
import { isObject, objectOf } from '../drafts/loose.ts';
import { findProfile } from '../profiles/index.ts';
import { assertDraftName } from './draft-name.ts';
import { DRAFT_LIMITS } from './draft-source.ts';
import { type DraftToRegister, isSameFolder } from './index-entry.ts';
import { readRegularFile } from './read-file.ts';
import { ifMissing, readIndex } from './read-index.ts';
import { registerDrafts } from './register-draft.ts';
import { exists, freeName, ownTempPrefix, syncFolder, TEMP_PREFIX } from './temp.ts';

/** Says what an install is about to do, from before its first rename until it is done. */
export const JOURNAL_NAME = `${TEMP_PREFIX}install.json`;
/** Start of the name of a folder with the draft that is being replaced; nobody but a later install touches it. */
const REPLACED_PREFIX = `${TEMP_PREFIX}replaced-`;

/** What is to take the place of what. */
export interface Swap {
  /** Absolute path of the draft root. */
  root: string;
  /** The complete draft, in the root. */
  building: string;
  draft: DraftToRegister;
  /** Name of the draft that it replaces. */
  former: string | undefined;
}

interface Journal {
  former: string | undefined;
  /** Name of the folder that the former draft is kept in meanwhile. */
  kept: string | undefined;
  draft: DraftToRegister;
}

/**
 * Puts a complete draft into its place and into the list of the app; `check` runs between the two. The caller holds
 * the lock of the root, and has called {@link recoverInstall}. When something fails, all is as it was.
 *
 * What a process that is killed leaves behind, step by step, and what the next install makes of it:
 *
 * 1. journal written: the former state. The journal goes.
 * 2. former draft renamed: for the moment between two calls of the system the draft is missing. It is brought back.
 * 3. new draft renamed: complete, and with the id that the list has for a draft that is replaced; a draft that is new
 *    is not in the list yet, so to the app this is the former state. It is listed.
 * 4. list replaced: the new state. What is left of the former draft goes.
 */
export async function swapDraft(swap: Swap, check: () => Promise<void>): Promise<void> {
  const { root, building, draft, former } = swap;
  const kept = former === undefined ? undefined : `${REPLACED_PREFIX}${randomUUID()}`;
  await writeJournal(root, { former, kept, draft });
  let isPlaced = false;
  try {
    // A folder deeper, for an app that takes every draft for its own that it finds in the root.
    if (kept !== undefined) await mkdir(join(root, kept));
    // Nothing may come between these two; a promise would let other work in.
    if (former !== undefined && kept !== undefined) renameSync(join(root, former), join(root, kept, former));
    renameSync(building, draft.folder);
    isPlaced = true;
    await syncFolder(root);
    await check();
    await registerDrafts({ root, drafts: [draft] });
    if (!(await isListed(root, draft))) throw indexChanged(root);
  } catch (error) {
    if (isPlaced) renameSync(draft.folder, building);
    if (former !== undefined && kept !== undefined && (await exists(join(root, kept, former))))
      renameSync(join(root, kept, former), join(root, former));
    await forget(root, kept);
    throw error;
  }
  await forget(root, kept);
}

/**
 * Brings a draft root into order after an install that was killed. The caller holds the lock of the root.
 *
 * @throws UserError INSTALL_JOURNAL_DAMAGED when the journal is not one of ours.
 */
export async function recoverInstall(root: string): Promise<void> {
  const journal = await readJournal(root);
  if (journal === undefined) return;
  const { former, kept, draft } = journal;
  const isOurs = (await draftIdAt(draft.folder)) === draft.draftId;
  if (former !== undefined && kept !== undefined && (await exists(join(root, kept, former)))) {
    if (isOurs) await registerDrafts({ root, drafts: [draft] });
    // Where something else has taken the name since, the draft comes back under another one.
    else renameSync(join(root, kept, former), join(root, freeName(root, former)));
  } else if (isOurs && !(await isListed(root, draft))) await registerDrafts({ root, drafts: [draft] });
  await forget(root, kept);
}

/** Whether an install was killed here that {@link recoverInstall} would bring into order. */
export async function isInterrupted(root: string): Promise<boolean> {
  return exists(join(root, JOURNAL_NAME));
}

/** The former draft gets a name under which it is swept, so that a half of it is never taken for a draft. */
async function forget(root: string, kept: string | undefined): Promise<void> {
  const garbage = join(root, `${ownTempPrefix()}${randomUUID()}`);
  if (kept !== undefined) await rename(join(root, kept), garbage).catch(ifMissing(undefined));
  await removeJournal(root);
  await rm(garbage, { recursive: true, force: true });
}

async function writeJournal(root: string, { former, kept, draft }: Journal): Promise<void> {
  const temp = join(root, `${ownTempPrefix()}${JOURNAL_NAME}`);
  const handle = await open(temp, 'w');
  try {
    await handle.writeFile(JSON.stringify({ former, kept, draft: { ...draft, profile: draft.profile.id } }));
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(temp, join(root, JOURNAL_NAME));
  await syncFolder(root);
}

async function readJournal(root: string): Promise<Journal | undefined> {
  const path = join(root, JOURNAL_NAME);
  const text = await readFile(path, 'utf8').catch(ifMissing(undefined));
  if (text === undefined) return undefined;
  try {
    const value = objectOf(JSON.parse(text));
    const { former, kept, draft } = value as unknown as Journal & { draft: { profile: unknown } };
    if (!isObject(draft) || typeof draft.draftId !== 'string') throw new Error('no draft');
    for (const name of [draft.name, ...(former === undefined ? [] : [former])]) assertDraftName(name);
    if (kept !== undefined && !/^\.cozecut-replaced-[\w-]+$/.test(kept))
      throw new Error('a name of another kind');
    return {
      former,
      kept,
      // The root may have been moved since.
      draft: { ...draft, folder: join(root, draft.name), profile: findProfile(String(draft.profile)) },
    };
  } catch (cause) {
    throw new UserError('INSTALL_JOURNAL_DAMAGED', `${path} cannot be read`, {
      hint: `look for a draft in a folder ${REPLACED_PREFIX}… beside it, then delete the file`,
      cause,
    });
  }
}

async function removeJournal(root: string): Promise<void> {
  await rm(join(root, JOURNAL_NAME), { force: true });
  await syncFolder(root);
}

async function isListed(root: string, { folder, draftId }: DraftToRegister): Promise<boolean> {
  const entries = await readIndex(root);
  return entries.some(
    ({ draft_fold_path: path, draft_id: id }) =>
      typeof path === 'string' && isSameFolder(path, folder) && id === draftId,
  );
}

function indexChanged(root: string): UserError {
  return new UserError('DRAFT_BUSY', `another program has changed the list of drafts in ${root} meanwhile`, {
    hint: 'close the app and try again',
  });
}

/** The id in the file about a draft; nothing when it cannot be read. */
export async function draftIdAt(folder: string): Promise<unknown> {
  try {
    const bytes = await readRegularFile(join(folder, META_NAME), META_NAME, DRAFT_LIMITS.maxFileBytes);
    const read = decodeDraftText(bytes, META_NAME);
    return read.state === 'plain'
      ? objectOf(JSON.parse(read.text.replace(/^\uFEFF/, ''))).draft_id
      : undefined;
  } catch {
    return undefined;
  }
}
