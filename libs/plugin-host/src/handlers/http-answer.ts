import { isUserError, UserError } from '@cozecut/problems';

/** What was answered with a good status. */
export interface Answer {
  data: unknown;
  status: number;
}

const PASSING_STATUS = new Set([429, 502, 503, 504]);
/** As much of an answer as a message shows. */
const MAX_EXCERPT_CHARS = 300;
/** As much of a failed answer as is read to find something to show. */
const MAX_FAILURE_BYTES = 64 * 1024;

/** Options of {@link readAnswer}. */
export interface ReadAnswerOptions {
  /** Method and address, for messages. */
  name: string;
  /** Takes the secrets of the request out of a text: the other side may repeat what it was sent. */
  redact(text: string): string;
  now(): number;
}

/**
 * Reads an answer: JSON of any kind, or nothing (`{}`).
 *
 * @throws UserError UPSTREAM_FAILED for another status than 2xx, retryable when that status passes.
 * @throws UserError UPSTREAM_INVALID when it is not JSON.
 */
export async function readAnswer(response: Response, options: ReadAnswerOptions): Promise<Answer> {
  const { name, redact } = options;
  const { status } = response;
  if (!response.ok) {
    const said = excerpt(redact(failureText(await readHead(response), response)));
    const message = `${name} answered ${status}${said === '' ? '' : `: ${said}`}`;
    throw new UserError('UPSTREAM_FAILED', message, {
      retryable: PASSING_STATUS.has(status),
      retryAfterMs: retryAfterMs(response.headers.get('retry-after'), options.now()),
    });
  }
  const text = await response.text();
  if (text.trim() === '') return { data: {}, status };
  try {
    return { data: JSON.parse(text) as unknown, status };
  } catch {
    throw invalid(`${name} must answer JSON (got ${JSON.stringify(excerpt(redact(text)))})`);
  }
}

/** The error for an answer that cannot be used. */
export function invalid(message: string, hint?: string): UserError {
  return new UserError('UPSTREAM_INVALID', message, hint === undefined ? {} : { hint });
}

/**
 * The error for a request without an answer. The egress guard names its failures after media, which an API is not;
 * what it refuses stays as it says it.
 */
export function unreachable(cause: unknown, name: string): UserError {
  const code = isUserError(cause) ? cause.code : '';
  if (isUserError(cause) && !code.startsWith('MEDIA_')) return cause;
  if (isUserError(cause) && code === 'MEDIA_TOO_LARGE') return invalid(cause.message, cause.hint);
  // Only the guard is known to leave the query out of its messages.
  const message = isUserError(cause) ? cause.message : `${name} could not be reached`;
  const own = code === 'MEDIA_TIMEOUT' ? 'UPSTREAM_TIMEOUT' : 'UPSTREAM_UNREACHABLE';
  return new UserError(own, message, { cause, retryable: true });
}

async function readHead(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  try {
    for await (const chunk of response.body ?? []) {
      chunks.push(chunk);
      bytes += chunk.byteLength;
      if (bytes >= MAX_FAILURE_BYTES) break;
    }
  } catch {
    // What arrived is enough: the status is the failure, its text only explains it.
  }
  return Buffer.concat(chunks).subarray(0, MAX_FAILURE_BYTES).toString('utf8');
}

/** `detail` of a problem document, or the text. */
function failureText(text: string, response: Response): string {
  if (!(response.headers.get('content-type') ?? '').includes('problem+json')) return text;
  try {
    const { detail } = JSON.parse(text) as { detail?: unknown };
    return typeof detail === 'string' ? detail : text;
  } catch {
    return text;
  }
}

/** The beginning of a text, on one line. */
export function excerpt(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > MAX_EXCERPT_CHARS ? `${line.slice(0, MAX_EXCERPT_CHARS - 1)}…` : line;
}

/** `Retry-After` is a number of seconds or a date. */
function retryAfterMs(value: string | null, nowMs: number): number | undefined {
  if (value === null) return undefined;
  const ms = /^\s*\d+\s*$/.test(value) ? Number(value) * 1000 : Date.parse(value) - nowMs;
  return Number.isFinite(ms) ? Math.max(0, ms) : undefined;
}
