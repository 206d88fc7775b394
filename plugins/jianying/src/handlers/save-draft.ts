import { join } from 'node:path';
import { mediaSources, type Timeline } from '@cozecut/draft-core';
import type { ToolHandler } from '@cozecut/plugin-host';
import { openMedia } from '../media.ts';
import { parentFolder } from '../place.ts';
import {
  compile,
  countClips,
  type Finding,
  finding,
  type WrittenDraft,
  writeArchive,
  writeFolders,
} from '../write-draft.ts';

interface Input {
  draft_id: string;
  output_folder?: string;
}

/** Gets the media of a draft, compiles it and writes the folder. */
export const saveDraft: ToolHandler<Input, WrittenDraft & { problems: Finding[] }> = async (
  input,
  context,
) => {
  const { id, name, timeline } = await context.drafts.get(input.draft_id);
  const parent = await parentFolder(input.output_folder, context);
  context.progress({ phase: 'read', fraction: 0.05, drafts: [{ draftId: id, folder: join(parent, name) }] });
  const media = await openMedia(mediaSources(timeline as Timeline), context);
  const { draft, problems } = compile(timeline, name, media, context);
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
