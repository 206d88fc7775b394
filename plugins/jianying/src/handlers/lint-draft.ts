import { parseTimeline } from '@cozecut/draft-core';
import type { ToolHandler } from '../tools.gen.ts';
import { finding } from '../write-draft.ts';

/** What is wrong with a draft, and what may be. */
export const lintDraft: ToolHandler<'lint_draft'> = async ({ draft_id }, { drafts, catalog }) => {
  const { timeline } = await drafts.get(draft_id);
  const options = { allowVip: true, ...(catalog === undefined ? {} : { catalog }) };
  const { problems } = parseTimeline(timeline, options);
  return {
    errors: problems.filter(({ severity }) => severity === 'error').map(finding),
    warnings: problems.filter(({ severity }) => severity === 'warning').map(finding),
  };
};
