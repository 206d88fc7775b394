import { type Problem, UserError } from '@cozecut/problems';

/** What an edit may say besides its message. */
export interface FailExtra {
  hint?: string;
  suggestions?: string[];
}

/** Ends an edit with a finding; whoever runs the edits catches it and changes nothing. */
export function failEdit(code: string, message: string, extra: FailExtra = {}): never {
  const problem: Problem = { code, severity: 'error', message, ...extra };
  throw new UserError('DRAFT_EDIT_FAILED', message, {
    problems: [problem],
    ...(extra.hint === undefined ? {} : { hint: extra.hint }),
  });
}

/** Ends an edit that would put clips on a track of another type. */
export function checkTrackType(type: string, target: { type: string }): void {
  if (type !== target.type)
    failEdit('DR010', `a clip of type "${type}" cannot go on a track of type "${target.type}"`);
}
