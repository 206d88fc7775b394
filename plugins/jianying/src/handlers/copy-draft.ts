import { requireFolderName } from '../place.ts';
import { storedTimeline } from '../stored-timeline.ts';
import type { ToolHandler } from '../tools.gen.ts';

/** A draft with another id. Clips keep theirs: they are those of their draft. */
export const copyDraft: ToolHandler<'copy_draft'> = async (input, { drafts, uuid }) => {
  const { name: former, timeline } = await drafts.get(input.draft_id);
  const id = uuid();
  const name = input.name ?? `${former}-${id.slice(0, 8)}`;
  requireFolderName(name);
  await drafts.create({ ...storedTimeline(timeline), name }, { name, id });
  return { draft_id: id, draft_url: drafts.draftUrl(id), name };
};
