import type { AnswerContext } from './errors.ts';
import type { Clock } from './ports.ts';

/** One call of the API. */
export interface ApiRequest {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  path: string;
  query?: Record<string, string | undefined>;
  /** A Blob goes out as it is, anything else as JSON. */
  body?: unknown;
  /** Whether it only reads, so that it can be repeated freely; default: GET does. */
  isRead?: boolean;
}

/** Method and path, as errors name a call. */
export function operationOf(request: ApiRequest): string {
  return `${request.method} ${request.path}`;
}

/** Whether a request can be repeated freely. */
export function isRead(request: ApiRequest): boolean {
  return request.isRead ?? request.method === 'GET';
}

/** Full address of a request; query values are encoded, blank ones left out. */
export function addressOf(baseUrl: string, request: ApiRequest): string {
  const query = new URLSearchParams();
  for (const [key, value] of Object.entries(request.query ?? {})) if (value) query.set(key, value);
  const text = query.toString();
  return `${baseUrl}${request.path}${text ? `?${text}` : ''}`;
}

/** What an answer says about itself besides its body. */
export function contextOf(
  response: Response,
  operation: string,
  call: { clock: Clock; secrets: readonly string[] },
): AnswerContext {
  return {
    operation,
    status: response.status,
    logId: response.headers.get('x-tt-logid') ?? undefined,
    retryAfterMs: retryAfterMs(response.headers.get('retry-after'), call.clock),
    hide: hiding(call.secrets),
  };
}

/** What is shorter protects nothing, and could be a part of any word. */
const MIN_SECRET_CHARS = 8;

/** Takes secrets out of a text. */
export function hiding(secrets: readonly string[]): (text: string) => string {
  const hidden = secrets.filter((secret) => secret.length >= MIN_SECRET_CHARS);
  return (text) => hidden.reduce((rest, secret) => rest.replaceAll(secret, '***'), text);
}

/** `Retry-After` is a number of seconds or a date. */
function retryAfterMs(value: string | null, clock: Clock): number | undefined {
  if (value === null || value.trim() === '') return undefined;
  const seconds = Number(value);
  const ms = Number.isFinite(seconds) ? seconds * 1000 : Date.parse(value) - clock.nowMs();
  return Number.isFinite(ms) ? Math.max(0, ms) : undefined;
}
