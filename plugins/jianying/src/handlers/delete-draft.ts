import { rm } from 'node:fs/promises';
import { isInside } from '../place.ts';
import type { ToolHandler } from '../tools.gen.ts';

/** Removes a draft from the store, and its folder where nobody but us put it. */
export const deleteDraft: ToolHandler<'delete_draft'> = async (input, { drafts }) => {
  const { id, name, folder } = await drafts.get(input.draft_id);
  await drafts.remove(id);
  const isOurs = !drafts.rootIsChosen && folder !== undefined && folder !== drafts.root;
  if (isOurs && isInside(folder, drafts.root)) await rm(folder, { recursive: true, force: true });
  return { draft_id: id, name };
};
