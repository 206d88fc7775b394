import { parseJson, WireError } from '@cozecut/problems';
import { classifyStatus, REMOTE_CODES, type RetryClass } from './error-table.ts';
import { asObject, asText } from './json.ts';

/** Codes of failures that are about the connection, not an answer of Coze. */
export type LocalCode =
  /** The request was sent in vain, or no answer came. */
  | 'NETWORK'
  /** The caller ended the call. */
  | 'ABORTED'
  /** A stream ended before its terminal event. */
  | 'STREAM_TRUNCATED'
  /** A stream was silent for longer than allowed. */
  | 'STREAM_IDLE'
  /** One event is larger than allowed. */
  | 'STREAM_TOO_LARGE'
  /** An answer or an upload is larger than allowed. */
  | 'TOO_LARGE'
  /** There is no token that works, and none can be had without a person. */
  | 'SIGN_IN_REQUIRED'
  /** The call took longer than the caller allows. */
  | 'DEADLINE_EXCEEDED'
  /** An event that matters cannot be read. */
  | 'BAD_EVENT'
  /** The answer is not what this endpoint answers. */
  | 'BAD_RESPONSE';

/** Facts about the failed call. */
export interface CozeErrorDetails {
  /** Method and path, such as `POST /v3/chat`. */
  operation: string;
  /** HTTP status, when an answer came. */
  status?: number | undefined;
  /** Code that Coze sent, as text. */
  remoteCode?: string | undefined;
  /** Id of the request in Coze's logs; support asks for it. */
  logId?: string | undefined;
  retry: RetryClass;
  hint?: string | undefined;
  /** Wait that the server asked for, in milliseconds. */
  retryAfterMs?: number | undefined;
  /** Bytes of the stream that arrived. */
  bytesRead?: number | undefined;
  /** Name of the last event that arrived whole. */
  lastEvent?: string | undefined;
  /** The request certainly did nothing: it never reached Coze, or was refused for its rate. */
  neverActed?: boolean | undefined;
  cause?: unknown;
}

/**
 * The one error of this package: whatever way a failure travels (HTTP status, JSON body, event, broken stream) it
 * becomes one of these. `code` is a {@link LocalCode} or a `COZE_…` code of the table.
 */
export class CozeError extends WireError {
  readonly operation: string;
  readonly logId: string | undefined;
  readonly retry: RetryClass;
  readonly hint: string | undefined;
  readonly retryAfterMs: number | undefined;
  readonly bytesRead: number | undefined;
  readonly lastEvent: string | undefined;
  /** Whether the request certainly did nothing, so that even what acts may be sent again. */
  readonly neverActed: boolean;

  constructor(code: string, message: string, details: CozeErrorDetails) {
    super(code, message, {
      ...(details.status === undefined ? {} : { status: details.status }),
      ...(details.remoteCode === undefined ? {} : { remoteCode: details.remoteCode }),
      cause: details.cause,
    });
    this.operation = details.operation;
    this.logId = details.logId;
    this.retry = details.retry;
    this.hint = details.hint;
    this.retryAfterMs = details.retryAfterMs;
    this.bytesRead = details.bytesRead;
    this.lastEvent = details.lastEvent;
    this.neverActed = details.neverActed ?? false;
  }
}

/** Whether `error` is a {@link CozeError}. */
export function isCozeError(error: unknown): error is CozeError {
  return error instanceof CozeError;
}

/** Ends that say nothing of what they were about; a stream that cannot be read is as good as lost. */
const LOSSES: readonly string[] = [
  'STREAM_TRUNCATED',
  'STREAM_IDLE',
  'STREAM_TOO_LARGE',
  'BAD_EVENT',
  'NETWORK',
];

/** Whether what happened at Coze is unknown, as opposed to refused: for a chat, `recover` tells. */
export function isLoss(error: unknown): boolean {
  return isCozeError(error) && LOSSES.includes(error.code);
}

/** Where an answer came from. */
export interface AnswerContext {
  operation: string;
  status?: number | undefined;
  logId?: string | undefined;
  retryAfterMs?: number | undefined;
  /** Whether a stream had begun: what was asked for may be under way. */
  hasBegun?: boolean;
  /** Takes the token out of a text that a server sent. */
  hide?: ((text: string) => string) | undefined;
}

const LOCAL_RETRY: Readonly<Record<LocalCode, RetryClass>> = {
  NETWORK: 'backoff',
  ABORTED: 'never',
  STREAM_TRUNCATED: 'backoff',
  STREAM_IDLE: 'backoff',
  STREAM_TOO_LARGE: 'never',
  TOO_LARGE: 'never',
  SIGN_IN_REQUIRED: 'auth',
  DEADLINE_EXCEEDED: 'never',
  BAD_EVENT: 'never',
  BAD_RESPONSE: 'never',
};

/** An error about the connection. */
export function localError(
  code: LocalCode,
  message: string,
  details: Omit<CozeErrorDetails, 'retry'> & Pick<AnswerContext, 'hide'>,
): CozeError {
  const { hide = asIs, ...facts } = details;
  return new CozeError(code, `${facts.operation}: ${hide(message)}`, { ...facts, retry: LOCAL_RETRY[code] });
}

const asIs = (text: string) => text;

/** A failure as Coze says it. */
export interface RemoteFailure {
  remoteCode: string;
  message: string;
  logId: string;
}

/** Reads `{code, msg, detail}` or `{error_code, error_message, error}`; `undefined` when there is no code but 0. */
export function readFailure(value: unknown): RemoteFailure | undefined {
  const body = asObject(value);
  if (!body) return undefined;
  const remoteCode = asText(body.code) || asText(body.error_code) || asText(body.error);
  if (remoteCode === '' || remoteCode === '0') return undefined;
  const message = asText(body.msg) || asText(body.error_message) || asText(body.message);
  return { remoteCode, message, logId: asText(asObject(body.detail)?.logid) };
}

/** Refusals that come before anything is done. */
const REFUSED_FOR_RATE: ReadonlySet<string> = new Set(['COZE_BUSY', 'COZE_RATE_LIMIT']);

/** The error for a failure that Coze reported, in whatever way it travelled. */
export function remoteError(failure: Partial<RemoteFailure>, context: AnswerContext): CozeError {
  const { operation, status, hide = asIs } = context;
  const remoteCode = failure.remoteCode || undefined;
  const known = (remoteCode && REMOTE_CODES.get(remoteCode)) || classifyStatus(status ?? 200);
  const logId = failure.logId || context.logId;
  const facts = [
    remoteCode ? `code ${remoteCode}` : undefined,
    status !== undefined && status >= 400 ? `HTTP ${status}` : undefined,
    logId ? `logid ${logId}` : undefined,
  ].filter((fact) => fact !== undefined);
  const message = excerpt(hide(failure.message ?? ''));
  const said = message && message !== known.meaning ? `: ${message}` : '';
  const where = facts.length > 0 ? ` (${facts.join(', ')})` : '';
  // Repeating a submit could act twice, and 5000 there usually means that the chat keeps no history.
  const isSubmit = operation.endsWith('/submit_tool_outputs');
  return new CozeError(known.code, `${operation}: ${known.meaning}${said}${where}`, {
    operation,
    status,
    remoteCode,
    logId,
    retry: isSubmit && remoteCode === '5000' ? 'never' : known.retry,
    hint: known.hint,
    retryAfterMs: context.retryAfterMs,
    neverActed: !context.hasBegun && REFUSED_FOR_RATE.has(known.code),
  });
}

/** The error for a body that tells about a failure: JSON in any layout, or anything else as an excerpt. */
export function bodyError(text: string, context: AnswerContext): CozeError {
  return remoteError(readFailure(tryParseJson(text)) ?? { message: excerpt(text) }, context);
}

/** The parsed text, or `undefined` when it is not JSON. */
export function tryParseJson(text: string): unknown {
  try {
    return parseJson(text);
  } catch {
    return undefined;
  }
}

/** The beginning of a text, on one line. */
export function excerpt(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > 200 ? `${line.slice(0, 200)}…` : line;
}
