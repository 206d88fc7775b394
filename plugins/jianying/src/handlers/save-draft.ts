import { join } from 'node:path';
import { mediaSources } from '@cozecut/draft-core';
import { openMedia } from '../media.ts';
import { parentFolder } from '../place.ts';
import { storedTimeline } from '../stored-timeline.ts';
import type { ToolHandler } from '../tools.gen.ts';
import { compile, countClips, finding, writeArchive, writeFolders } from '../write-draft.ts';

/** Gets the media of a draft, compiles it and writes the folder. */
export const saveDraft: ToolHandler<'save_draft'> = async (input, context) => {
  const { id, name, timeline: stored } = await context.drafts.get(input.draft_id, { isShared: true });
  const timeline = storedTimeline(stored);
  const parent = await parentFolder(input.output_folder, context);
  context.progress({ phase: 'read', fraction: 0.05, drafts: [{ draftId: id, folder: join(parent, name) }] });
  await using media = await openMedia(mediaSources(timeline), context);
  const { draft, problems } = compile(timeline, { name, media }, context);
  const written = await writeFolders([draft], parent, context, async ([folder]) => {
    const archive = await writeArchive(draft, id, context);
    await context.drafts.saved(id, folder!);
    return { folder_path: folder!, ...archive };
  });
  return {
    draft_id: id,
    name,
    duration_us: draft.durationUs,
    ...countClips(timeline),
    ...written,
    problems: problems.map(finding),
  };
};
