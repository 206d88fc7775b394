import {
  type AnswerContext,
  bodyError,
  type CozeError,
  excerpt,
  isCozeError,
  localError,
  readFailure,
  remoteError,
  tryParseJson,
} from './errors.ts';
import { asObject, type JsonObject } from './json.ts';
import type { Clock, TokenSource } from './ports.ts';

/** One call of the API. */
export interface ApiRequest {
  method: 'GET' | 'POST';
  path: string;
  query?: Record<string, string | undefined>;
  body?: unknown;
}

/** How requests are sent. */
export interface HttpOptions {
  /** Without a slash at the end. */
  baseUrl: string;
  token: TokenSource;
  fetch: typeof fetch;
  clock: Clock;
}

/** Method and path, as errors name a call. */
export function operationOf(request: ApiRequest): string {
  return `${request.method} ${request.path}`;
}

/**
 * Runs `use` with a token; when Coze refuses the token, asks the source for a fresh one and tries once more.
 * A refused request has not acted, so this is safe for every call.
 */
export async function withToken<T>(source: TokenSource, use: (token: string) => Promise<T>): Promise<T> {
  if (typeof source === 'string') return use(source);
  const token = await source({ refresh: false });
  try {
    return await use(token);
  } catch (error) {
    if (!isCozeError(error) || error.retry !== 'auth') throw error;
    const fresh = await source({ refresh: true });
    if (fresh === token) throw error;
    return use(fresh);
  }
}

/**
 * Sends a request whose answer is a stream. The body has not been read when this returns.
 *
 * @throws CozeError for every answer that is not a stream.
 */
export function openStream(
  options: HttpOptions,
  request: ApiRequest,
  signal: AbortSignal,
): Promise<Response> {
  return withToken(options.token, async (token) => {
    const response = await send(options, request, { token, signal, accept: 'text/event-stream' });
    if (!isJson(response)) return response;
    const text = await readText(response, request, signal);
    const context = contextOf(response, request, options.clock);
    const failure = readFailure(tryParseJson(text));
    if (failure) throw remoteError(failure, context);
    throw localError('BAD_RESPONSE', `expected a stream, got JSON: ${excerpt(text)}`, context);
  });
}

/**
 * Sends a request whose answer is one JSON envelope, and returns its `data`.
 *
 * @throws CozeError
 */
export async function callJson(
  options: HttpOptions,
  request: ApiRequest,
  signal?: AbortSignal,
): Promise<unknown> {
  return (await callEnvelope(options, request, signal)).data;
}

/**
 * Sends a request whose answer is one JSON envelope that is not a failure, and returns all of it.
 *
 * @throws CozeError
 */
export function callEnvelope(
  options: HttpOptions,
  request: ApiRequest,
  signal?: AbortSignal,
): Promise<JsonObject> {
  return withToken(options.token, async (token) => {
    const response = await send(options, request, { token, signal, accept: 'application/json' });
    const text = await readText(response, request, signal);
    const context = contextOf(response, request, options.clock);
    const value = tryParseJson(text);
    const failure = readFailure(value);
    if (failure) throw remoteError(failure, context);
    const envelope = asObject(value);
    if (!envelope) throw localError('BAD_RESPONSE', `expected a JSON object, got: ${excerpt(text)}`, context);
    return envelope;
  });
}

async function send(
  options: HttpOptions,
  request: ApiRequest,
  call: { token: string; signal: AbortSignal | undefined; accept: string },
): Promise<Response> {
  const { signal } = call;
  const hasBody = request.body !== undefined;
  let response: Response;
  try {
    response = await options.fetch(addressOf(options.baseUrl, request), {
      method: request.method,
      headers: {
        authorization: `Bearer ${call.token}`,
        accept: call.accept,
        ...(hasBody ? { 'content-type': 'application/json' } : {}),
      },
      ...(hasBody ? { body: JSON.stringify(request.body) } : {}),
      ...(signal ? { signal } : {}),
    });
  } catch (cause) {
    throw networkError(cause, request, signal);
  }
  if (response.ok) return response;
  const text = await readText(response, request, signal);
  throw bodyError(text, contextOf(response, request, options.clock));
}

async function readText(
  response: Response,
  request: ApiRequest,
  signal: AbortSignal | undefined,
): Promise<string> {
  try {
    return await response.text();
  } catch (cause) {
    throw networkError(cause, request, signal);
  }
}

/** The error for a fetch that failed: aborted by the caller, or the network. */
function networkError(cause: unknown, request: ApiRequest, signal: AbortSignal | undefined): CozeError {
  const operation = operationOf(request);
  // Whoever aborted with one of our errors knows better than the fetch does.
  if (signal?.aborted && isCozeError(signal.reason)) return signal.reason;
  if (signal?.aborted) return localError('ABORTED', 'aborted by the caller', { operation, cause });
  return localError('NETWORK', `no answer: ${causeText(cause)}`, { operation, cause });
}

function causeText(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const inner = error.cause instanceof Error ? error.cause : undefined;
  return inner ? `${error.message}: ${inner.message}` : error.message;
}

/** What an answer says about itself besides its body. */
export function contextOf(response: Response, request: ApiRequest, clock: Clock): AnswerContext {
  return {
    operation: operationOf(request),
    status: response.status,
    logId: response.headers.get('x-tt-logid') ?? undefined,
    retryAfterMs: retryAfterMs(response.headers.get('retry-after'), clock),
  };
}

/** `Retry-After` is a number of seconds or a date. */
function retryAfterMs(value: string | null, clock: Clock): number | undefined {
  if (value === null) return undefined;
  const seconds = Number(value);
  const ms = Number.isFinite(seconds) ? seconds * 1000 : Date.parse(value) - clock.nowMs();
  return Number.isFinite(ms) ? Math.max(0, ms) : undefined;
}

function addressOf(baseUrl: string, request: ApiRequest): string {
  const query = new URLSearchParams();
  for (const [key, value] of Object.entries(request.query ?? {})) if (value) query.set(key, value);
  const text = query.toString();
  return `${baseUrl}${request.path}${text ? `?${text}` : ''}`;
}

function isJson(response: Response): boolean {
  return (response.headers.get('content-type') ?? '').includes('json');
}
