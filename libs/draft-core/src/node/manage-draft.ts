import { lstat, rename } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { UserError } from '@cozecut/problems';
import { withSlashes } from '../compile/draft-files.ts';
import { detectProfile } from '../drafts/detect-profile.ts';
import { applyDraftEdits } from '../drafts/edit/apply-draft-edits.ts';
import { numberOf, objectOf, textOf } from '../drafts/loose.ts';
import type { OpenedDraft } from '../drafts/opened-draft.ts';
import { DEFAULT_PROFILE, findProfile } from '../profiles/index.ts';
import type { Profile } from '../profiles/profile.ts';
import { assertDraftName } from './draft-name.ts';
import { assertEditorClosed, type ListProcesses } from './editor-process.ts';
import type { DraftToRegister } from './index-entry.ts';
import { openDraft } from './open-draft.ts';
import { registerDrafts } from './register-draft.ts';
import { type SavedDraft, saveDraft } from './save-draft.ts';
import { explainFsError } from './temp.ts';
import { draftExists } from './write-draft-folder.ts';

/** What moving or listing a draft needs. */
export interface RenameOptions {
  /** Unix time in milliseconds. */
  now(): number;
  /** A fresh random UUID. */
  uuid(): string;
  /** Looks for the running app; left out, nobody looks. */
  listProcesses?: ListProcesses | undefined;
  /** App the draft is for; default: the one it names. */
  profile?: Profile | undefined;
}

/**
 * Gives a draft another name: its folder, what it says about itself, paths into its folder, and its entry in the list
 * of the app where there is one.
 *
 * @returns The new folder.
 * @throws UserError DRAFT_EXISTS, DRAFT_NAME_INVALID, EDITOR_RUNNING, and all that `saveDraft` throws.
 */
export async function renameDraft(
  opened: OpenedDraft,
  name: string,
  options: RenameOptions,
): Promise<string> {
  assertDraftName(name);
  if (opened.kind === 'zip')
    throw new UserError('DRAFT_READ_ONLY', `${opened.path} is a zip, which is only read`);
  const folder = join(dirname(opened.path), name);
  if (folder === opened.path) return folder;
  const taken = await lstat(folder).catch(() => undefined);
  if (taken !== undefined) throw draftExists(folder);
  if (opened.index !== undefined && options.listProcesses !== undefined)
    await assertEditorClosed(profileOf(opened, options), options.listProcesses);
  await rename(opened.path, folder).catch((error: unknown) => {
    throw explainFsError(error, folder);
  });
  try {
    const moved = await openDraft(folder, { primary: opened.primary.path });
    const texts = renamedTexts(moved, opened.path, name, options);
    await saveDraft(moved, texts, { reason: `renamed from ${opened.name}`, now: options.now });
    if (opened.index?.document !== undefined)
      await register(await openDraft(folder), { ...options, formerFolder: opened.path });
  } catch (error) {
    await rename(folder, opened.path).catch(() => {});
    throw error;
  }
  return folder;
}

/**
 * Puts a draft folder into the list of the app, in front, as `registerDrafts` does.
 *
 * @throws UserError DRAFT_INVALID when the draft has no id.
 */
export async function registerDraftFolder(opened: OpenedDraft, options: RenameOptions): Promise<void> {
  await register(opened, options);
}

/**
 * Writes the timeline that the app reads over all its mirrors.
 *
 * @throws UserError all that `saveDraft` throws.
 */
export async function syncMirrors(
  opened: OpenedDraft,
  { now }: Pick<RenameOptions, 'now'>,
): Promise<SavedDraft> {
  const timeline = opened.timeline?.text;
  return saveDraft(
    { ...opened, isChosen: true },
    { timeline },
    { reason: `${opened.primary.path} over its mirrors`, now },
  );
}

function renamedTexts(
  { timeline, meta, ...opened }: OpenedDraft,
  former: string,
  name: string,
  { now, uuid }: RenameOptions,
): { timeline?: string; meta?: string } {
  const paths = withSlashes(former);
  const relinked = applyDraftEdits(
    { timeline, meta, ...opened },
    [{ op: 'relink', from: paths, to: withSlashes(opened.path) }],
    { now, uuid },
  );
  const document = relinked.meta ?? meta?.document;
  const changed = document?.edit((editor) => {
    editor.setAt(['draft_name'], name);
    editor.setAt(['draft_fold_path'], withSlashes(opened.path));
  });
  return {
    ...(relinked.timeline === undefined ? {} : { timeline: relinked.timeline.text }),
    ...(changed === undefined ? {} : { meta: changed.text }),
  };
}

async function register(
  opened: OpenedDraft,
  options: RenameOptions & { formerFolder?: string },
): Promise<void> {
  const { listProcesses, formerFolder } = options;
  const draft = entryOf(opened, options);
  await registerDrafts({
    root: dirname(opened.path),
    drafts: [formerFolder === undefined ? draft : { ...draft, formerFolder }],
    listProcesses,
  });
}

function profileOf(
  { timeline }: Pick<OpenedDraft, 'timeline'>,
  { profile }: Pick<RenameOptions, 'profile'>,
): Profile {
  const content = objectOf(timeline?.value(timeline.root));
  return profile ?? detectProfile(content) ?? findProfile(DEFAULT_PROFILE);
}

function entryOf({ path, timeline, meta }: OpenedDraft, { profile, now }: RenameOptions): DraftToRegister {
  const content = objectOf(timeline?.value(timeline.root));
  const about = objectOf(meta?.document?.value(meta.document.root));
  const draftId = textOf(about.draft_id);
  if (draftId === undefined) {
    throw new UserError('DRAFT_INVALID', `${path} does not say its draft_id, so that it cannot be listed`, {
      hint: 'draft lint --fix may mend draft_meta_info.json',
    });
  }
  return {
    folder: path,
    name: basename(path),
    draftId,
    profile: profileOf({ timeline }, { profile }),
    durationUs: numberOf(content.duration) ?? 0,
    mediaBytes: numberOf(about.draft_timeline_materials_size_) ?? 0,
    createdUs: numberOf(about.tm_draft_create) ?? now() * 1000,
    modifiedUs: numberOf(about.tm_draft_modified) ?? now() * 1000,
  };
}
