import { storedTimeline } from '../stored-timeline.ts';
import type { ToolHandler } from '../tools.gen.ts';

/** The timeline of a draft, all of it. */
export const queryScript: ToolHandler<'query_script'> = async ({ draft_id }, { drafts }) => {
  const { revision, timeline } = await drafts.get(draft_id);
  return { draft_id, revision, script: { ...storedTimeline(timeline) } };
};
