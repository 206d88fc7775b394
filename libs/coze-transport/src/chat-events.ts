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
import type { Chat, ChatStatus, Message, ToolCall } from './objects.ts';
import type { Decode, Decoded } from './stream.ts';

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

/**
 * A reader for one stream of `/v3/chat`, its continuations, or `/v1/workflows/chat`.
 *
 * Where a service stops to ask and says so only in a message (a chatflow, a self-hosted service), the end of the stream
 * becomes a `chat.requires_action` whose call is a `reply_message`.
 */
export function createChatDecoder(): Decode<ChatEvent> {
  let lastChat: JsonObject = {};
  let isQuestionOpen = false;

  return (message, context) => {
    const { event = '', data } = message;
    const object = () => objectOf(event, data, context);
    switch (event) {
      case 'conversation.chat.created':
        return open({ type: 'chat.created', chat: noted(object(), 'created') });
      case 'conversation.chat.in_progress':
        return open({ type: 'chat.in_progress', chat: noted(object(), 'in_progress') });
      case 'conversation.message.delta':
        return open({ type: 'message.delta', message: decodeMessage(object()) });
      case 'conversation.message.completed': {
        const completed = decodeMessage(object());
        isQuestionOpen ||= asksPerson(completed);
        return open({ type: 'message.completed', message: completed });
      }
      case 'conversation.audio.delta':
        return open({ type: 'audio.delta', message: decodeMessage(object()) });
      case 'conversation.chat.completed':
        isQuestionOpen = false;
        return settled({ type: 'chat.completed', chat: noted(object(), 'completed') });
      case 'conversation.chat.requires_action':
        return settled(action(noted(object(), 'requires_action')));
      case 'conversation.chat.failed':
        isQuestionOpen = false;
        return settled(failed(object(), context));
      case 'error':
        throw bodyError(data, context);
      case 'PING':
      case 'ping':
        return { ...open({ type: 'ping' }), isHeartbeat: true };
      case 'done':
      case 'conversation.stream.done': {
        const debugUrl = asText(asObject(tryParseJson(data))?.debug_url) || undefined;
        const done: ChatEvent = { type: 'done', debugUrl };
        if (!isQuestionOpen) return { events: [done], phase: 'over' };
        return { events: [action(decodeChat(lastChat, 'requires_action')), done], phase: 'end' };
      }
      default:
        return open({ type: 'unknown', event, data });
    }
  };

  function noted(value: JsonObject, status: ChatStatus): Chat {
    lastChat = value;
    return decodeChat(value, status);
  }

  /** An action in which nothing is left but the question that went before it wants a reply. */
  function action(chat: Chat): ChatEvent {
    const toolCalls = isQuestionOpen && chat.toolCalls.length === 0 ? [REPLY_CALL] : chat.toolCalls;
    isQuestionOpen = false;
    return { type: 'chat.requires_action', chat: { ...chat, toolCalls } };
  }
}

const REPLY_CALL: ToolCall = { id: '', type: 'reply_message', function: undefined, infos: [] };

/** Whether a message says that the chat stopped and waits for the person. */
function asksPerson({ type, content }: Message): boolean {
  return type === 'verbose' && asText(asObject(tryParseJson(content))?.msg_type) === 'interrupt';
}

/** @throws CozeError BAD_EVENT */
function objectOf(event: string, data: string, context: AnswerContext): JsonObject {
  const value = asObject(tryParseJson(data));
  if (value) return value;
  throw localError('BAD_EVENT', `expected a JSON object in ${event}, got: ${excerpt(data)}`, context);
}

/** The event carries a chat with `last_error`, or only `{code, msg}`. */
function failed(value: JsonObject, context: AnswerContext): ChatEvent {
  const chat = asText(value.id) ? decodeChat(value, 'failed') : undefined;
  const lastError = chat?.lastError && {
    remoteCode: chat.lastError.code,
    message: chat.lastError.message,
  };
  const error = remoteError(readFailure(value) ?? lastError ?? {}, context);
  return { type: 'chat.failed', chat, error };
}

function open(event: ChatEvent): Decoded<ChatEvent> {
  return { events: [event], phase: 'open' };
}

function settled(event: ChatEvent): Decoded<ChatEvent> {
  return { events: [event], phase: 'settled' };
}
