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
import type { OpenedStream } from './http.ts';
import type { CallOptions, Clock } from './ports.ts';
import { type ApiRequest, operationOf } from './request.ts';
import { createSseDecoder } from './sse.ts';
import { createTimers, type StreamLimits, type Timers } from './stream-timers.ts';
import { rejectedOnAbort } from './wait.ts';

/** What a message of the wire says, and what it means for the stream. */
export interface Decoded<E> {
  events: readonly E[];
  /** `settled`: the stream may end from now on. `over`: nothing follows. `end`: both. */
  phase: 'open' | 'settled' | 'over' | 'end';
  /** Whether it only says that the connection lives. */
  isHeartbeat?: boolean;
}

/**
 * Reads the messages of one stream, in order; it may remember what came before.
 *
 * @throws CozeError for `error` events and unreadable data.
 */
export type Decode<E> = (message: EventSourceMessage, context: AnswerContext) => Decoded<E>;

/** Options of {@link readStream}. */
export interface ReadStreamOptions<E> {
  request: ApiRequest;
  /** Sends the request. */
  open(signal: AbortSignal): Promise<OpenedStream>;
  decode: Decode<E>;
  clock: Clock;
  call: CallOptions;
  limits: StreamLimits;
}

/**
 * Sends a request at once and gives its answer as events, once. The iteration ends normally only after a terminal
 * event; leaving the loop early closes the connection.
 *
 * @throws CozeError STREAM_TRUNCATED, STREAM_IDLE, STREAM_TOO_LARGE, DEADLINE_EXCEEDED, ABORTED, NETWORK, BAD_EVENT,
 * BAD_RESPONSE, and what Coze reports.
 */
export function readStream<E>(options: ReadStreamOptions<E>): AsyncIterableIterator<E> {
  const { request, clock, call } = options;
  const state: StreamState = { bytesRead: 0, lastEvent: undefined, logId: undefined, isSettled: false };
  const fail: Fail = (code, message, cause) => {
    const { isSettled: _, ...facts } = state;
    return localError(code, message, { operation: operationOf(request), ...facts, cause });
  };
  const connection = new AbortController();
  const end = (code: LocalCode, message: string, cause?: unknown) =>
    connection.abort(fail(code, message, cause));
  const abort = () => end('ABORTED', 'aborted by the caller', call.signal?.reason);
  call.signal?.addEventListener('abort', abort, { once: true });
  if (call.signal?.aborted) abort();
  const timers = createTimers(clock, options.limits, call.deadlineMs, end);
  timers.watch(false);
  const opened = options.open(connection.signal);
  // Whoever iterates gets the failure; nobody may be doing so yet.
  opened.catch(() => timers.stop());
  const line: Line = {
    signal: connection.signal,
    opened,
    timers,
    leave() {
      if (!connection.signal.aborted) end('ABORTED', 'the stream was closed');
      line.close();
    },
    close() {
      timers.stop();
      call.signal?.removeEventListener('abort', abort);
      // Nobody looks at the reason any more; without one an error would be made.
      connection.abort('closed');
    },
  };
  return closing(read(options, state, fail, line), line);
}

/** The same iterator, which also closes the connection when it is left before it was begun, or during a read. */
function closing<E>(events: AsyncGenerator<E, void, undefined>, line: Line): AsyncIterableIterator<E> {
  return {
    next: () => events.next(),
    return() {
      line.leave();
      return events.return();
    },
    throw(error) {
      line.leave();
      return events.throw(error);
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}

interface StreamState {
  bytesRead: number;
  lastEvent: string | undefined;
  logId: string | undefined;
  hide?: AnswerContext['hide'];
  isSettled: boolean;
}

type Fail = (code: LocalCode, message: string, cause?: unknown) => CozeError;

/** The connection under a stream. */
interface Line {
  signal: AbortSignal;
  opened: Promise<OpenedStream>;
  timers: Timers;
  /** The caller left: a read that is under way ends with ABORTED. */
  leave(): void;
  /** Everything was read. */
  close(): void;
}

async function* read<E>(
  options: ReadStreamOptions<E>,
  state: StreamState,
  fail: Fail,
  line: Line,
): AsyncGenerator<E, void, undefined> {
  const { timers } = line;
  const { maxEventChars } = options.limits;
  let body: ReadableStreamDefaultReader<Uint8Array> | undefined;
  // Ends a pending read at once, also when the connection below does not notice.
  const stopReading = () => void body?.cancel().catch(() => {});
  line.signal.addEventListener('abort', stopReading, { once: true });
  // A timer that is due after the terminal event is an end like any other; an abort by the caller is not.
  const throwIfEnded = () => {
    if (line.signal.aborted && !(state.isSettled && timers.isDue)) throw line.signal.reason;
  };
  try {
    const { response, context } = await firstOf(line);
    state.logId = context.logId;
    state.hide = context.hide;
    const sse = createSseDecoder(maxEventChars);
    body = response.body?.getReader();
    let isOver = false;
    let brokenBy: unknown;
    while (!isOver) {
      timers.watch(state.isSettled);
      const { bytes, cause } = await nextBytes(body);
      timers.rest();
      throwIfEnded();
      const isEnd = bytes === undefined;
      isOver = isEnd;
      brokenBy = cause;
      state.bytesRead += bytes?.byteLength ?? 0;
      for (const message of isEnd ? sse.finish() : sse.feed(bytes)) {
        if (isEnd && !isWhole(message)) continue;
        const { events, phase, isHeartbeat } = options.decode(message, { ...context, hasBegun: true });
        state.lastEvent = message.event ?? 'message';
        if (!isHeartbeat) timers.noteEvent();
        state.isSettled ||= phase === 'settled' || phase === 'end';
        isOver ||= phase === 'over' || phase === 'end';
        for (const event of events) {
          yield event;
          throwIfEnded();
        }
        if (isOver && !isEnd) break;
      }
      if (sse.isOverflowed) throw fail('STREAM_TOO_LARGE', `an event exceeds ${maxEventChars} characters`);
    }
    if (!state.isSettled) throw earlyEnd(sse.head, context, state, fail, brokenBy);
  } finally {
    line.signal.removeEventListener('abort', stopReading);
    line.close();
    stopReading();
  }
}

/** The answer, or the reason why the call was ended. */
async function firstOf({ opened, signal }: Line): Promise<OpenedStream> {
  const aborted = rejectedOnAbort(signal);
  try {
    return await Promise.race([opened, aborted.promise]);
  } finally {
    aborted.dispose();
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
