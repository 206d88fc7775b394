import { UserError } from '@cozecut/problems';
import type { ToolHandler } from '../tools.gen.ts';

/** How far a job of the caller is, after its end or some time. */
export const getJob: ToolHandler<'get_job'> = async ({ job_id: id, wait }, { jobs, signal }) => {
  const job = await jobs?.get(id, { waitMs: wait * 1000, signal });
  if (job === undefined) throw new UserError('JOB_NOT_FOUND', `there is no job ${JSON.stringify(id)}`);
  return {
    job_id: id,
    tool: job.tool,
    state: job.state,
    progress: job.fraction,
    ...(job.message === '' ? {} : { step: job.message }),
    draft_ids: job.draftIds,
    ...(job.output === undefined ? {} : { result: job.output as Record<string, unknown> }),
    ...(job.error === undefined ? {} : { problem_code: job.error.code, problem: job.error.message }),
  };
};
