import { copyFile, mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { UserError } from '@cozecut/problems';
import type { AddedFile } from '../drafts/edit/operation.ts';
import { META_NAME, timelineFolder } from '../drafts/layout.ts';
import type { OpenedDraft } from '../drafts/opened-draft.ts';
import type { FilledDraft } from '../drafts/template/fill-template.ts';
import { assertDraftName } from './draft-name.ts';
import { addFile, exists } from './edit-draft.ts';
import { explainFsError, ownTempPrefix, sweepOrphans, syncFolder } from './temp.ts';
import { draftExists } from './write-draft-folder.ts';

/** Files that belong to one draft, or to what cozecut did with it. */
const OWN = /^(?:Timelines|\.cozecut)\/|^timeline_layout\.json$|^\.cozecut/;

/**
 * Writes a draft that was made from a template, with the other files of the template, as a new folder: completely or
 * not at all.
 *
 * @throws UserError DRAFT_EXISTS when there is something of its name, DRAFT_READ_ONLY when the template is a zip.
 * @throws UserError DRAFT_NAME_INVALID, MEDIA_UNREADABLE, MEDIA_CHANGED, DISK_FULL, FOLDER_NOT_WRITABLE
 */
export async function writeFilledDraft(
  template: OpenedDraft,
  { draft, files }: FilledDraft,
): Promise<string> {
  const { path: folder, name } = draft;
  assertDraftName(name);
  if (template.kind === 'zip') {
    throw new UserError('DRAFT_READ_ONLY', `${template.path} is a zip, which is only read`, {
      hint: 'unpack it and name the folder',
    });
  }
  if (await exists(folder)) throw draftExists(folder);
  let temp: string | undefined;
  try {
    const parent = dirname(folder);
    await mkdir(parent, { recursive: true });
    await sweepOrphans(parent);
    temp = await mkdtemp(join(parent, ownTempPrefix()));
    const building = join(temp, name);
    await mkdir(building);
    await fill(building, template, draft, files);
    if (await exists(folder)) throw draftExists(folder);
    await rename(building, folder);
    await syncFolder(parent);
    return folder;
  } catch (error) {
    throw explainFsError(error, folder);
  } finally {
    if (temp !== undefined) await rm(temp, { recursive: true, force: true });
  }
}

async function fill(
  folder: string,
  template: OpenedDraft,
  draft: OpenedDraft,
  files: readonly AddedFile[],
): Promise<void> {
  for (const { path, kind } of template.entries.values()) {
    if (kind !== 'file' || OWN.test(path) || timelineFolder(path) !== undefined || path === META_NAME)
      continue;
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await copyFile(join(template.path, path), join(folder, path));
  }
  for (const file of files) await addFile({ path: folder, entries: new Map() }, file);
  const active = template.timelines.filter(({ role }) => role === 'primary' || role === 'mirror');
  // A copy below `Timelines` would win over the draft, and is made by the app.
  for (const name of new Set(active.map(({ path }) => basename(path))))
    await writeFile(join(folder, name), draft.timeline!.text, { flush: true });
  const meta = draft.meta?.document;
  if (meta !== undefined) await writeFile(join(folder, META_NAME), meta.text, { flush: true });
}
