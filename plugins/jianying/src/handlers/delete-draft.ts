import { rm } from 'node:fs/promises';
import { relative, sep } from 'node:path';
import type { ToolHandler } from '../tools.gen.ts';

/** Removes a draft from the store, and its folder where nobody but us put it. */
export const deleteDraft: ToolHandler<'delete_draft'> = async (input, { drafts }) => {
  const { id, name, folder } = await drafts.get(input.draft_id);
  await drafts.remove(id);
  if (folder !== undefined && !drafts.rootIsChosen && isBelow(folder, drafts.root)) {
    await rm(folder, { recursive: true, force: true });
  }
  return { draft_id: id, name };
};

/** Whether a path leads to something inside of a folder. */
function isBelow(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return way !== '' && !way.split(sep).includes('..') && !way.startsWith(sep);
}
