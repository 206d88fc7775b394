import { failureOf } from '../../api/failure.ts';

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
  throw failureOf(response.status, error);
}
