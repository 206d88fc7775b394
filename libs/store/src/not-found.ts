import { UserError } from '@cozecut/problems';

/** The error for a draft that is not there. */
export function draftNotFound(id: string): UserError {
  return new UserError('DRAFT_NOT_FOUND', `there is no draft ${JSON.stringify(id)}`, {
    hint: 'draft ids come from create_draft or generate_draft',
  });
}
