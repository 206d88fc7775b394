import { UserError } from '@cozecut/problems';

/** Whoever asks has no such job. */
export function jobNotFound(): UserError {
  return new UserError('JOB_NOT_FOUND', 'there is no such job');
}
