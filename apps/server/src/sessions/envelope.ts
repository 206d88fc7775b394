import type { ToolError } from '@cozecut/plugin-host';
import type { Answer } from '../http/answer.ts';
import { publicProblem, statusOf } from '../problem-response.ts';

/** The form of every answer of the session service: the result of a task inside of that of the request. */
export function taskResult(status: number, data: Record<string, unknown>): Answer {
  return envelope(status, true, data);
}

/** A failure in the same form, with the status that goes with its code. */
export function taskFailure({ code, message, hint, problems }: ToolError): Answer {
  return envelope(statusOf(code), false, {
    error_code: code,
    message,
    ...(hint === undefined ? {} : { hint }),
    ...(problems.length === 0 ? {} : { problems: problems.map(publicProblem) }),
  });
}

function envelope(status: number, success: boolean, data: Record<string, unknown>): Answer {
  const timestamp = new Date().toISOString();
  return { status, body: { success, timestamp, data: { task_result: { success, timestamp, data } } } };
}
