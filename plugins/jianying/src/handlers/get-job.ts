import type { Question } from '@cozecut/plugin-host';
import { UserError } from '@cozecut/problems';
import type { ToolHandler } from '../tools.gen.ts';

/** How far a job of the caller is, after its end or some time. */
export const getJob: ToolHandler<'get_job'> = async ({ job_id: id, wait }, { jobs, signal, deployment }) => {
  // A look that takes longer than a call may would itself be answered with a job.
  const waitMs = Math.min(wait * 1000, deployment.server.callBudgetMs / 2);
  const job = await jobs?.get(id, { waitMs, signal });
  if (job === undefined) throw new UserError('JOB_NOT_FOUND', `there is no job ${JSON.stringify(id)}`);
  return {
    job_id: id,
    tool: job.tool,
    state: job.state,
    progress: job.fraction,
    ...(job.message === '' ? {} : { step: job.message }),
    draft_ids: job.draftIds,
    ...(job.output === undefined ? {} : { result: job.output as Record<string, unknown> }),
    ...(job.question === undefined ? {} : asked(job.question)),
    ...(job.error === undefined ? {} : { problem_code: job.error.code, problem: job.error.message }),
  };
};

function asked({ text, fields }: Question) {
  return {
    question: text,
    question_fields: fields.map(({ isRequired, ...field }) => ({ ...field, required: isRequired })),
  };
}
