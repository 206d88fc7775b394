import type { EventSourceMessage } from 'eventsource-parser';
import {
  type AnswerContext,
  type CozeError,
  excerpt,
  type LocalCode,
  localError,
  readFailure,
  remoteError,
  tryParseJson,
} from './errors.ts';
import { type ApiRequest, contextOf, operationOf } from './http.ts';
import type { Clock } from './ports.ts';
import { createSseDecoder } from './sse.ts';

/** An event and what it means for the stream. */
export interface Decoded<E> {
  event: E;
  /** `settled`: the stream may end from now on. `over`: nothing follows. */
  phase: 'open' | 'settled' | 'over';
}

/** Reads one event of an endpoint family. @throws CozeError for `error` events and unreadable data. */
export type Decode<E> = (message: EventSourceMessage, context: AnswerContext) => Decoded<E>;

/** Options of {@link readStream}. */
export interface ReadStreamOptions<E> {
  request: ApiRequest;
  /** Sends the request. */
  open(signal: AbortSignal): Promise<Response>;
  decode: Decode<E>;
  clock: Clock;
  signal: AbortSignal | undefined;
  /** Longest silence, in milliseconds; also while waiting for the answer to begin. */
  idleTimeoutMs: number;
  /** Largest event, in characters. */
  maxEventChars: number;
}

/** Silence after the terminal event that is taken for the end, in milliseconds. */
const LINGER_MS = 10_000;

/**
 * Sends a request at once and gives its answer as events, once. The iteration ends normally only after a terminal
 * event; leaving the loop early closes the connection.
 *
 * @throws CozeError STREAM_TRUNCATED, STREAM_IDLE, STREAM_TOO_LARGE, ABORTED, NETWORK, BAD_EVENT, BAD_RESPONSE, and
 * what Coze reports.
 */
export function readStream<E>(options: ReadStreamOptions<E>): AsyncIterableIterator<E> {
  const { request, clock, signal } = options;
  const state: StreamState = { bytesRead: 0, lastEvent: undefined, logId: undefined, isSettled: false };
  const fail: Fail = (code, message, cause) =>
    localError(code, message, { operation: operationOf(request), ...state, cause });

  const connection = new AbortController();
  const abort = () => connection.abort(fail('ABORTED', 'aborted by the caller', signal?.reason));
  signal?.addEventListener('abort', abort, { once: true });
  if (signal?.aborted) abort();
  let stopWatch = () => {};
  const watch = () => {
    const idleMs = state.isSettled ? Math.min(LINGER_MS, options.idleTimeoutMs) : options.idleTimeoutMs;
    stopWatch();
    stopWatch = clock.after(idleMs, () =>
      connection.abort(fail('STREAM_IDLE', `nothing arrived for ${idleMs} ms`)),
    );
  };
  watch();
  const opened = options.open(connection.signal);
  // Whoever iterates gets the failure; nobody may be doing so yet.
  opened.catch(() => stopWatch());
  return read(options, state, fail, {
    signal: connection.signal,
    opened,
    watch,
    rest: () => stopWatch(),
    close() {
      stopWatch();
      signal?.removeEventListener('abort', abort);
      connection.abort();
    },
  });
}

interface StreamState {
  bytesRead: number;
  lastEvent: string | undefined;
  logId: string | undefined;
  isSettled: boolean;
}

type Fail = (code: LocalCode, message: string, cause?: unknown) => CozeError;

/** The connection under a stream. */
interface Line {
  signal: AbortSignal;
  opened: Promise<Response>;
  /** Starts to wait for bytes. */
  watch(): void;
  /** Stops to wait: the caller is busy with an event. */
  rest(): void;
  close(): void;
}

async function* read<E>(
  options: ReadStreamOptions<E>,
  state: StreamState,
  fail: Fail,
  line: Line,
): AsyncGenerator<E, void, undefined> {
  let body: ReadableStreamDefaultReader<Uint8Array> | undefined;
  // Ends a pending read at once, also when the connection below does not notice.
  const stopReading = () => void body?.cancel().catch(() => {});
  line.signal.addEventListener('abort', stopReading, { once: true });
  try {
    const response = await Promise.race([line.opened, rejectedOnAbort(line.signal)]);
    const context = contextOf(response, options.request, options.clock);
    state.logId = context.logId;
    const sse = createSseDecoder(options.maxEventChars);
    body = response.body?.getReader();
    let isOver = false;
    let brokenBy: unknown;
    while (!isOver) {
      line.watch();
      const { bytes, cause } = await nextBytes(body);
      line.rest();
      // Silence after the terminal event is an end like any other; whatever else aborts is not.
      const isSilenceAtEnd = state.isSettled && !options.signal?.aborted;
      if (line.signal.aborted && !isSilenceAtEnd) throw line.signal.reason;
      const isEnd = bytes === undefined;
      isOver = isEnd;
      brokenBy = cause;
      state.bytesRead += bytes?.byteLength ?? 0;
      for (const message of isEnd ? sse.finish() : sse.feed(bytes)) {
        if (isEnd && !isWhole(message)) continue;
        const { event, phase } = options.decode(message, context);
        state.lastEvent = message.event ?? 'message';
        state.isSettled ||= phase === 'settled';
        isOver ||= phase === 'over';
        yield event;
        if (options.signal?.aborted) throw line.signal.reason;
        if (phase === 'over') break;
      }
      if (sse.isOverflowed) {
        throw fail('STREAM_TOO_LARGE', `an event exceeds ${options.maxEventChars} characters`);
      }
    }
    if (!state.isSettled) throw earlyEnd(sse.head, context, state, fail, brokenBy);
  } finally {
    line.close();
    stopReading();
  }
}

/** The error for a stream that ended without a terminal event: what its body says, or that it was cut. */
function earlyEnd(
  head: string,
  context: AnswerContext,
  state: StreamState,
  fail: Fail,
  cause: unknown,
): CozeError {
  const text = head.trimStart();
  const failure = text.startsWith('{') ? readFailure(tryParseJson(text)) : undefined;
  if (failure) return remoteError(failure, context);
  if (text.startsWith('<')) return fail('BAD_RESPONSE', `expected a stream, got: ${excerpt(text)}`);
  const how = cause === undefined ? 'ended' : 'broke';
  const after = state.lastEvent ? `after ${state.lastEvent}` : 'before the first event';
  const message = `the stream ${how} ${after} (${state.bytesRead} bytes) without a terminal event`;
  return fail('STREAM_TRUNCATED', message, cause);
}

/** The next bytes; none at the end, with the cause when the connection broke. */
async function nextBytes(
  body: ReadableStreamDefaultReader<Uint8Array> | undefined,
): Promise<{ bytes?: Uint8Array; cause?: unknown }> {
  if (!body) return {};
  try {
    const { value } = await body.read();
    return value ? { bytes: value } : {};
  } catch (cause) {
    return { cause };
  }
}

/** Whether an event that the stream ended in is there completely; JSON shows it. */
function isWhole(message: EventSourceMessage): boolean {
  return message.event === 'error' || tryParseJson(message.data) !== undefined;
}

function rejectedOnAbort(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    if (signal.aborted) reject(signal.reason);
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
}
