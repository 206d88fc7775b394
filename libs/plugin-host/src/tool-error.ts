import { isUserError } from '@cozecut/problems';
import type { ToolError } from './types.ts';

/**
 * What a caller is told about a failure. A `UserError` speaks for itself; anything else is our fault, and its text
 * stays in the log because it may name things that are none of the caller's business.
 */
export function toToolError(error: unknown): ToolError {
  if (isUserError(error)) {
    const { code, message, hint, problems } = error;
    return { code, message, problems, ...(hint === undefined ? {} : { hint }) };
  }
  return {
    code: 'INTERNAL',
    message: 'something went wrong inside the tool; the log has the details',
    problems: [],
  };
}
