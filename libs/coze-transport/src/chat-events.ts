import type { EventSourceMessage } from 'eventsource-parser';
import { decodeChat, decodeMessage } from './decode.ts';
import {
  type AnswerContext,
  bodyError,
  type CozeError,
  excerpt,
  localError,
  readFailure,
  remoteError,
  tryParseJson,
} from './errors.ts';
import { asObject, asText, type JsonObject } from './json.ts';
import type { Chat, Message } from './objects.ts';
import type { Decoded } from './stream.ts';

/** What happens in a chat, told apart by `type`. An `error` event is not among them: it is thrown. */
export type ChatEvent =
  | { type: 'chat.created'; chat: Chat }
  | { type: 'chat.in_progress'; chat: Chat }
  /** The answer is complete. Terminal. */
  | { type: 'chat.completed'; chat: Chat }
  /** The chat failed; `chat` is missing when only the error was sent. Terminal. */
  | { type: 'chat.failed'; chat: Chat | undefined; error: CozeError }
  /** `chat.toolCalls` wait for outputs. Terminal for this stream. */
  | { type: 'chat.requires_action'; chat: Chat }
  /** An increment of an answer. */
  | { type: 'message.delta'; message: Message }
  /** A whole message: the answer, or a step on the way to it. */
  | { type: 'message.completed'; message: Message }
  /** A piece of speech, base64 in `content`; may come after `chat.completed`. */
  | { type: 'audio.delta'; message: Message }
  | { type: 'ping' }
  /** Nothing follows; not a success by itself. */
  | { type: 'done'; debugUrl: string | undefined }
  /** An event that this version has not heard of. */
  | { type: 'unknown'; event: string; data: string };

/** Reads one event of `/v3/chat` and its continuations. @throws CozeError */
export function decodeChatEvent(message: EventSourceMessage, context: AnswerContext): Decoded<ChatEvent> {
  const { event = '', data } = message;
  switch (event) {
    case 'conversation.chat.created':
      return open({ type: 'chat.created', chat: decodeChat(object(), 'created') });
    case 'conversation.chat.in_progress':
      return open({ type: 'chat.in_progress', chat: decodeChat(object(), 'in_progress') });
    case 'conversation.message.delta':
      return open({ type: 'message.delta', message: decodeMessage(object()) });
    case 'conversation.message.completed':
      return open({ type: 'message.completed', message: decodeMessage(object()) });
    case 'conversation.audio.delta':
      return open({ type: 'audio.delta', message: decodeMessage(object()) });
    case 'conversation.chat.completed':
      return settled({ type: 'chat.completed', chat: decodeChat(object(), 'completed') });
    case 'conversation.chat.requires_action':
      return settled({ type: 'chat.requires_action', chat: decodeChat(object(), 'requires_action') });
    case 'conversation.chat.failed':
      return settled(failed(object()));
    case 'error':
      throw bodyError(data, context);
    case 'PING':
    case 'ping':
      return open({ type: 'ping' });
    case 'done':
    case 'conversation.stream.done': {
      const debugUrl = asText(asObject(tryParseJson(data))?.debug_url) || undefined;
      return { event: { type: 'done', debugUrl }, phase: 'over' };
    }
    default:
      return open({ type: 'unknown', event, data });
  }

  function object(): JsonObject {
    const value = asObject(tryParseJson(data));
    if (value) return value;
    throw localError('BAD_EVENT', `expected a JSON object in ${event}, got: ${excerpt(data)}`, context);
  }

  /** The event carries a chat with `last_error`, or only `{code, msg}`. */
  function failed(value: JsonObject): ChatEvent {
    const chat = asText(value.id) ? decodeChat(value, 'failed') : undefined;
    const lastError = chat?.lastError && {
      remoteCode: chat.lastError.code,
      message: chat.lastError.message,
    };
    const error = remoteError(readFailure(value) ?? lastError ?? {}, context);
    return { type: 'chat.failed', chat, error };
  }
}

function open(event: ChatEvent): Decoded<ChatEvent> {
  return { event, phase: 'open' };
}

function settled(event: ChatEvent): Decoded<ChatEvent> {
  return { event, phase: 'settled' };
}
