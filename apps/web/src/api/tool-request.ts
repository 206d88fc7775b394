import type { Api } from './client.ts';
import { failureOf } from './failure.ts';
import type { ToolEntry } from './use-tools.ts';

/** A request as it is sent. */
export interface ToolRequest {
  method: string;
  /** Relative to the page, with its query. */
  path: string;
  /** JSON text; nothing for a request without a body. */
  body: string | undefined;
}

/** The request for an input: parts of the path, then the query or the body. */
export function requestOf(
  { method, path }: ToolEntry,
  input: Readonly<Record<string, unknown>>,
): ToolRequest {
  const rest = { ...input };
  const filled = path.replace(/\{(\w+)\}/g, (all, name: string) => {
    const value = rest[name];
    delete rest[name];
    return value === undefined ? all : encodeURIComponent(String(value));
  });
  if (method !== 'GET' && method !== 'DELETE')
    return { method, path: filled, body: JSON.stringify(rest, null, 2) };
  const query = new URLSearchParams(Object.entries(rest).map(([name, value]) => [name, queryText(value)]));
  return { method, path: query.size === 0 ? filled : `${filled}?${query}`, body: undefined };
}

function queryText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** What a call of a tool was answered with. */
export interface ToolAnswer {
  status: number;
  /** JSON value. */
  output: unknown;
}

/** Sends a request of a tool. @throws Failure */
export async function sendRequest(
  api: Api,
  { method, path, body }: ToolRequest,
  signal?: AbortSignal,
): Promise<ToolAnswer> {
  const response = await api.fetch(path, {
    method,
    ...(signal === undefined ? {} : { signal }),
    ...(body === undefined ? {} : { body, headers: { 'content-type': 'application/json' } }),
  });
  const output: unknown = await response.json().catch(() => undefined);
  if (!response.ok) throw failureOf(response.status, output);
  return { status: response.status, output };
}
