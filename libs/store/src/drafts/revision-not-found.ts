import { UserError } from '@cozecut/problems';

/** The error for a state that a draft was never in, or that is no longer kept. */
export function revisionNotFound(id: string, revision: number): UserError {
  return new UserError('DRAFT_REVISION_NOT_FOUND', `draft ${id} has no revision ${revision}, or no longer`, {
    hint: 'only the newest revisions are kept',
  });
}
