import { mediaSources, parseTimeline } from '@cozecut/draft-core';
import type { ToolContext } from '@cozecut/plugin-host';
import { isUserError, type Problem } from '@cozecut/problems';
import { openMedia } from '../media.ts';
import { report } from '../report.ts';
import { storedTimeline } from '../stored-timeline.ts';
import type { ToolHandler } from '../tools.gen.ts';
import { compile, finding } from '../write-draft.ts';

/** What is wrong with a draft, and what may be. */
export const lintDraft: ToolHandler<'lint_draft'> = async ({ draft_id }, { drafts, catalog }) => {
  const { timeline } = await drafts.get(draft_id);
  const options = { allowVip: true, ...(catalog === undefined ? {} : { catalog }) };
  return report(parseTimeline(timeline, options).problems.map(finding));
};

/** The same with the files that the draft plays. */
export const diagnoseDraft: ToolHandler<'diagnose_draft'> = async (input, context) => {
  const { name, timeline } = await context.drafts.get(input.draft_id);
  try {
    return report((await problemsWithMedia(name, timeline, context)).map(finding));
  } catch (error) {
    if (!isUserError(error) || error.problems.length === 0) throw error;
    return report(error.problems.map(finding));
  }
};

/** @throws UserError with all findings when one of them is an error. */
async function problemsWithMedia(name: string, stored: unknown, context: ToolContext): Promise<Problem[]> {
  const timeline = storedTimeline(stored);
  await using media = await openMedia(mediaSources(timeline), context);
  return compile(timeline, { name, media, ids: context.uuid(), nowMs: context.now() }, context).problems;
}
