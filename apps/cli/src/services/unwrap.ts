import type { CallResult } from '@cozecut/plugin-host';
import { UserError } from '@cozecut/problems';

/** The output of a tool call, or its error as an exception. */
export function unwrap(result: CallResult): unknown {
  if (result.ok) return result.output;
  const { code, message, hint, problems } = result.error;
  throw new UserError(code, message, { problems, ...(hint === undefined ? {} : { hint }) });
}
