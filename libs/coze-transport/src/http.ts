import { readBody } from './body.ts';
import { withDeadline } from './deadline.ts';
import {
  type AnswerContext,
  bodyError,
  excerpt,
  localError,
  readFailure,
  remoteError,
  tryParseJson,
} from './errors.ts';
import { asObject, type JsonObject } from './json.ts';
import { networkError } from './network-error.ts';
import type { CallOptions, Clock, Log, TokenSource } from './ports.ts';
import { type ApiRequest, addressOf, contextOf, isRead, operationOf } from './request.ts';
import { type RetryPolicy, withRetry } from './retry.ts';
import { withToken } from './token.ts';

/** How requests are sent. */
export interface HttpOptions {
  /** Without a slash at the end. */
  baseUrl: string;
  token: TokenSource;
  fetch: typeof fetch;
  clock: Clock;
  log: Log | undefined;
  retry: RetryPolicy;
  random(): number;
  /** Deadline of calls that name none, in milliseconds; streams have none. */
  deadlineMs: number;
  /** Largest answer that is not a stream, in bytes. */
  maxResponseBytes: number;
}

/** What is read of an answer that tells about a failure, in bytes. */
const MAX_ERROR_BYTES = 64 * 1024;

/** An answer whose body has not been read. */
export interface OpenedStream {
  response: Response;
  context: AnswerContext;
}

/**
 * Sends a request whose answer is a stream, again where that cannot act twice.
 *
 * @throws CozeError for every answer that is not a stream.
 */
export function openStream(
  options: HttpOptions,
  request: ApiRequest,
  signal: AbortSignal,
): Promise<OpenedStream> {
  return repeated(options, request, signal, () =>
    withToken(options.token, async (token) => {
      const accept = 'text/event-stream';
      const { response, context } = await send(options, request, { token, signal, accept });
      if (!isJson(response)) return { response, context };
      const text = await textOf(options, response, context, signal);
      const failure = readFailure(tryParseJson(text));
      if (failure) throw remoteError(failure, context);
      throw localError('BAD_RESPONSE', `expected a stream, got JSON: ${excerpt(text)}`, context);
    }),
  );
}

/**
 * Sends a request whose answer is one JSON envelope, and returns that.
 *
 * @throws CozeError
 */
export function callEnvelope(
  options: HttpOptions,
  request: ApiRequest,
  call: CallOptions = {},
): Promise<JsonObject> {
  const operation = operationOf(request);
  return withDeadline(options, operation, call, (signal) =>
    repeated(options, request, signal, () =>
      withToken(options.token, async (token) => {
        const accept = 'application/json';
        const { response, context } = await send(options, request, { token, signal, accept });
        return readEnvelope(await textOf(options, response, context, signal), context);
      }),
    ),
  );
}

/** Reads an envelope: `code` 0 or absent is success. @throws CozeError */
export function readEnvelope(text: string, context: AnswerContext): JsonObject {
  const value = tryParseJson(text);
  const failure = readFailure(value);
  if (failure) throw remoteError(failure, context);
  const envelope = asObject(value);
  if (envelope) return envelope;
  const got = text.trim() === '' ? 'nothing' : excerpt(text);
  throw localError('BAD_RESPONSE', `expected a JSON object, got: ${got}`, context);
}

/** The same, and only the `data` of the envelope. */
export async function callJson(
  options: HttpOptions,
  request: ApiRequest,
  call?: CallOptions,
): Promise<unknown> {
  return (await callEnvelope(options, request, call)).data;
}

/** Runs `attempt` again as far as the request allows it. */
export function repeated<T>(
  options: HttpOptions,
  request: ApiRequest,
  signal: AbortSignal,
  attempt: () => Promise<T>,
): Promise<T> {
  const { retry: policy, clock, random } = options;
  const operation = operationOf(request);
  const onRetry = (facts: object) => options.log?.debug('repeat a request', { operation, ...facts });
  return withRetry({ policy, clock, random, signal, isRead: isRead(request), onRetry }, attempt);
}

async function send(
  options: HttpOptions,
  request: ApiRequest,
  call: { token: string; signal: AbortSignal; accept: string },
): Promise<OpenedStream> {
  const { signal, token } = call;
  const operation = operationOf(request);
  const { body } = request;
  const isBlob = body instanceof Blob;
  let response: Response;
  try {
    response = await options.fetch(addressOf(options.baseUrl, request), {
      method: request.method,
      headers: {
        authorization: `Bearer ${token}`,
        accept: call.accept,
        ...(body === undefined ? {} : { 'content-type': isBlob ? body.type : 'application/json' }),
      },
      ...(body === undefined ? {} : { body: isBlob ? body : JSON.stringify(body) }),
      signal,
    });
  } catch (cause) {
    throw networkError(cause, operation, signal);
  }
  const context = contextOf(response, operation, { clock: options.clock, secrets: [token] });
  if (response.ok) return { response, context };
  throw bodyError(await errorText(response, operation, signal), context);
}

/** The body of a successful answer. @throws CozeError TOO_LARGE, NETWORK */
export async function textOf(
  options: Pick<HttpOptions, 'maxResponseBytes'>,
  response: Response,
  context: AnswerContext,
  signal: AbortSignal,
): Promise<string> {
  const { maxResponseBytes } = options;
  const body = await readBody(response, maxResponseBytes).catch((cause: unknown) => {
    throw networkError(cause, context.operation, signal);
  });
  if (body.isWhole) return body.text;
  throw localError('TOO_LARGE', `the answer is larger than ${maxResponseBytes} bytes`, context);
}

/** The body of an answer that tells about a failure, as far as it matters. @throws CozeError when the call was ended. */
export async function errorText(response: Response, operation: string, signal: AbortSignal): Promise<string> {
  try {
    return (await readBody(response, MAX_ERROR_BYTES)).text;
  } catch (cause) {
    // The status says enough when the body breaks off.
    if (signal.aborted) throw networkError(cause, operation, signal);
    return '';
  }
}

function isJson(response: Response): boolean {
  return (response.headers.get('content-type') ?? '').includes('json');
}
