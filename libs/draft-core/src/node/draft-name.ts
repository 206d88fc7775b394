import { UserError } from '@cozecut/problems';
import { checkDraftName } from '../compile/draft-name.ts';

/** @throws UserError DRAFT_NAME_INVALID when a name cannot be that of a draft folder. */
export function assertDraftName(name: string, hint = 'use one plain folder name'): void {
  const problems = checkDraftName(name).filter(({ severity }) => severity === 'error');
  if (problems.length > 0) throw UserError.fromProblems('DRAFT_NAME_INVALID', problems, hint);
}
