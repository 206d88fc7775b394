import type { ToolContext } from '@cozecut/plugin-host';

/** How an answer names its draft: workflows hand on either of the two. */
export function draftReference(
  draft_id: string,
  { drafts }: Pick<ToolContext, 'drafts'>,
): { draft_id: string; draft_url: string } {
  return { draft_id, draft_url: drafts.draftUrl(draft_id) };
}
