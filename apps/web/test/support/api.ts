/** Calls the server as a program does. @returns The body of the answer. */
export async function call(
  url: string,
  path: string,
  body?: unknown,
): Promise<Record<string, unknown> & { draft_id: string; job_id: string }> {
  const response = await fetch(new URL(path, url), {
    method: body === undefined ? 'GET' : 'POST',
    ...(body === undefined
      ? {}
      : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  });
  const answer = await response.json();
  if (!response.ok) throw new Error(`${path} answered ${response.status}: ${JSON.stringify(answer)}`);
  return answer;
}
