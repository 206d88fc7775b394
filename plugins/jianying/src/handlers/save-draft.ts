import { join } from 'node:path';
import { isUserError } from '@cozecut/problems';
import { findWrite, isCurrent, type SavedFolder, tell, writeAnew } from '../folder-write.ts';
import { report } from '../report.ts';
import { savePlace } from '../save-place.ts';
import type { ToolHandler } from '../tools.gen.ts';

/** So often another call may be the one that writes the folder. */
const MOST_TRIES = 16;
/** Others have changed the folder, or the draft more often than its states are kept. */
const OVERTAKEN = new Set(['DRAFT_EXISTS', 'DRAFT_REVISION_NOT_FOUND']);

/**
 * Gets the media of a draft, compiles it and writes the folder. A folder that has what would be written stays as it is;
 * one that has a former state of the draft is replaced.
 */
export const saveDraft: ToolHandler<'save_draft'> = async (input, context) => {
  for (let tries = 1; ; tries++) {
    const draft = await context.drafts.get(input.draft_id, { isShared: true });
    const place = await savePlace(input, context);
    const { parent, zip } = place;
    const folder = join(parent, draft.name);
    const drafts = [{ draftId: draft.id, folder }];
    if (tries === 1) context.progress({ phase: 'read', fraction: 0.05, drafts });
    const former = await findWrite(draft.id, parent, draft.name, context);
    let saved: SavedFolder;
    try {
      saved =
        former !== undefined && isCurrent(former, draft, context)
          ? await tell(draft, former, zip, context)
          : await writeAnew(draft, former, place, context);
    } catch (error) {
      if (isUserError(error) && OVERTAKEN.has(error.code) && tries < MOST_TRIES) continue;
      throw error;
    }
    return {
      draft_id: draft.id,
      draft_url: context.drafts.draftUrl(draft.id),
      name: draft.name,
      folder_path: folder,
      ...saved,
      lint: report(saved.problems),
    };
  }
};
