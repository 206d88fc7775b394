import type { Problem } from '@cozecut/problems';
import type { Job, JobError } from '@cozecut/store';
import { publicProblem } from '../problem-response.ts';

/** A job as its owner sees it. */
export function publicJob(job: Job) {
  return {
    job_id: job.id,
    tool: job.tool,
    status: job.state,
    progress: job.fraction,
    phase: job.phase,
    message: job.message,
    attempt: job.attempt,
    drafts: job.drafts.map(({ draftId, folder }) => ({ draft_id: draftId, folder_path: folder })),
    created_at: new Date(job.createdAt).toISOString(),
    modified_at: new Date(job.modifiedAt).toISOString(),
    ...(job.output === undefined ? {} : { output: job.output }),
    ...(job.error === undefined ? {} : { error: publicError(job.error) }),
  };
}

/** An error of a job, without what it says of files of this machine. */
export function publicError({ code, message, hint, problems }: JobError) {
  return {
    code,
    message,
    ...(hint === undefined ? {} : { hint }),
    problems: (problems as Problem[]).map(publicProblem),
  };
}
