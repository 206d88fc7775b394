import { changeDraft } from '../change-draft.ts';
import { draftReference } from '../draft-reference.ts';
import type { ToolHandler } from '../tools.gen.ts';

/** The picture that the list of drafts shows. */
export const addCover: ToolHandler<'add_cover'> = ({ draft_id, cover_url }, context) =>
  changeDraft(
    draft_id,
    (before) => ({ timeline: { ...before, cover: cover_url }, result: draftReference(draft_id, context) }),
    context,
  );
