import { Failure, failureOf } from '../../api/failure.ts';

/** What is inside of an answer of the session service. @throws Failure when it tells of one */
export async function taskOf<Data>(
  answer: Promise<{
    data?: { data: { task_result: { data: Data } } };
    error?: unknown;
    response: Response;
  }>,
): Promise<Data> {
  const { data, error, response } = await answer;
  if (response.ok && data !== undefined) return data.data.task_result.data;
  throw taskFailure(response.status, error);
}

/** The failure in an answer of the session service, or the one of whoever answered in its place. */
export function taskFailure(status: number, body: unknown): Failure {
  const { data } = (body ?? {}) as { data?: { task_result?: { data?: unknown } } };
  const told = data?.task_result?.data as
    | { error_code?: string; message?: string; hint?: string }
    | undefined;
  if (told?.error_code === undefined) return failureOf(status, body);
  const { error_code: code, message = '', hint } = told;
  return new Failure({ status, code, message, ...(hint === undefined ? {} : { hint }) });
}
