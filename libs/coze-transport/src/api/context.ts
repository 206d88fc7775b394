import { type ChatEvent, createChatDecoder } from '../chat-events.ts';
import type { Dialect } from '../dialect.ts';
import { type HttpOptions, openStream } from '../http.ts';
import type { CallOptions } from '../ports.ts';
import type { ApiRequest } from '../request.ts';
import { type Decode, readStream } from '../stream.ts';
import type { StreamLimits } from '../stream-timers.ts';

/** What the parts of a client share. */
export interface ApiContext {
  http: HttpOptions;
  limits: StreamLimits;
  dialect: Dialect;
}

/** Sends a request and reads its answer as events; unknown ones are logged and passed on. */
export function streamEvents<E extends { type: string }>(
  { http, limits }: ApiContext,
  request: ApiRequest,
  decode: Decode<E>,
  call: CallOptions,
): AsyncIterableIterator<E> {
  return readStream<E>({
    request,
    open: (signal) => openStream(http, request, signal),
    decode(message, context) {
      const decoded = decode(message, context);
      const isUnknown = decoded.events.some(({ type }) => type === 'unknown');
      if (isUnknown) {
        http.log?.debug('unknown event', { event: message.event, operation: context.operation });
      }
      return decoded;
    },
    clock: http.clock,
    call,
    limits,
  });
}

/** The same for chats. */
export function streamChat(
  context: ApiContext,
  request: ApiRequest,
  call: CallOptions,
): AsyncIterableIterator<ChatEvent> {
  return streamEvents(context, request, createChatDecoder(), call);
}

/** Without the keys that have no value. */
export function defined<T extends Record<string, unknown>>(value: T): { [K in keyof T]?: NonNullable<T[K]> } {
  return Object.fromEntries(Object.entries(value).filter(([, item]) => item !== undefined)) as {
    [K in keyof T]?: NonNullable<T[K]>;
  };
}
