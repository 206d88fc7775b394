import { mediaSources, parseTimeline } from '@cozecut/draft-core';
import type { ToolContext } from '@cozecut/plugin-host';
import { isUserError, type Problem } from '@cozecut/problems';
import { openMedia } from '../media.ts';
import { storedTimeline } from '../stored-timeline.ts';
import type { LintDraftOutput, ToolHandler } from '../tools.gen.ts';
import { compile, finding } from '../write-draft.ts';

/** What is wrong with a draft, and what may be. */
export const lintDraft: ToolHandler<'lint_draft'> = async ({ draft_id }, { drafts, catalog }) => {
  const { timeline } = await drafts.get(draft_id);
  const options = { allowVip: true, ...(catalog === undefined ? {} : { catalog }) };
  return report(parseTimeline(timeline, options).problems);
};

/** The same with the files that the draft plays. */
export const diagnoseDraft: ToolHandler<'diagnose_draft'> = async (input, context) => {
  const { name, timeline } = await context.drafts.get(input.draft_id);
  try {
    return report(await problemsWithMedia(name, timeline, context));
  } catch (error) {
    if (!isUserError(error) || error.problems.length === 0) throw error;
    return report(error.problems);
  }
};

/** @throws UserError with all findings when one of them is an error. */
async function problemsWithMedia(name: string, stored: unknown, context: ToolContext): Promise<Problem[]> {
  const timeline = storedTimeline(stored);
  await using media = await openMedia(mediaSources(timeline), context);
  return compile(timeline, { name, media, ids: context.uuid(), nowMs: context.now() }, context).problems;
}

function report(problems: readonly Problem[]): LintDraftOutput {
  const of = (wanted: Problem['severity']) => problems.filter(({ severity }) => severity === wanted);
  const hints = problems.flatMap(({ hint }) => (hint === undefined ? [] : [hint]));
  return {
    errors: of('error').map(finding),
    warnings: of('warning').map(finding),
    fixes: [...new Set(hints)],
  };
}
