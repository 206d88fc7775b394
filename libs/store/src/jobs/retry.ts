import { UserError } from '@cozecut/problems';
import type { Job, JobRequest } from '../types.ts';

/**
 * What a new job is asked for that does what an old one was to do.
 *
 * @throws UserError JOB_NOT_ENDED when the job may still succeed, or did.
 * @throws UserError JOB_INPUT_UNKNOWN when it was started without the queue, which keeps inputs.
 */
export function retryRequest({ id, state, tool, input, context, maxAttempts, owner }: Job): JobRequest {
  if (state !== 'failed' && state !== 'cancelled') {
    throw new UserError(
      'JOB_NOT_ENDED',
      `only a job that failed or was cancelled can be tried again (${id} is ${state})`,
    );
  }
  if (input === undefined) {
    throw new UserError(
      'JOB_INPUT_UNKNOWN',
      `the job ${id} was started without the queue; its input was not kept`,
      { hint: `call ${tool} again` },
    );
  }
  return { tool, input, context, maxAttempts, owner };
}
