import type { ActionCall, ChatRecord } from './world.ts';

/** One server-sent event before it is framed. */
export interface Frame {
  event: string;
  /** An object becomes JSON; text is sent as it is. */
  data: object | string;
}

/** Compact JSON, raw UTF-8, with `<`, `>` and `&` escaped as the service does. */
export function toJson(value: unknown): string {
  return JSON.stringify(value).replace(/[<>&]/g, (char) => `\\u00${char.charCodeAt(0).toString(16)}`);
}

/** Writes a frame as the chat endpoints do: no space after the colon, no `id`. */
export function chatFrame(event: string, data: string): string {
  return `event:${event}\ndata:${data}\n\n`;
}

/** The chat object; the order of its keys is part of the wire specification. */
export function chatObject(chat: ChatRecord, status: string, now: number): object {
  const failed = status === 'failed';
  return {
    id: chat.id,
    conversation_id: chat.conversation.id,
    bot_id: chat.botId,
    created_at: chat.createdAt,
    completed_at: now,
    ...(failed ? { failed_at: now } : {}),
    last_error: failed ? chat.lastError : { code: 0, msg: '' },
    status,
    ...(status === 'requires_action'
      ? {
          required_action: {
            type: 'submit_tool_outputs',
            submit_tool_outputs: { tool_calls: chat.action.map(callObject) },
          },
        }
      : {}),
    usage: { token_count: 0, output_count: 0, input_count: 0 },
    section_id: chat.sectionId,
  };
}

function callObject(call: ActionCall): object {
  if (call.type === 'function') return { id: call.id, type: call.type, function: call.function };
  return { id: call.id, type: call.type, function: null, require_info: call.requireInfo };
}

/** A message of the bot. */
export interface WireMessage {
  id: string;
  conversation_id: string;
  bot_id: string;
  role: 'assistant';
  type: string;
  content: string;
  content_type: 'text';
  chat_id: string;
  section_id: string;
  created_at: number;
}

/** The message object; `id` is shared by the deltas of one answer and its completed form. */
export function messageObject(
  chat: ChatRecord,
  message: { id: string; type: string; content: string },
  now: number,
): WireMessage {
  return {
    id: message.id,
    conversation_id: chat.conversation.id,
    bot_id: chat.botId,
    role: 'assistant',
    type: message.type,
    content: message.content,
    content_type: 'text',
    chat_id: chat.id,
    section_id: chat.sectionId,
    created_at: now,
  };
}

/** Content of the `verbose` message that closes an answer; 0 = finished, 1 = interrupted. */
export function finishContent(reason: 0 | 1): string {
  const data = `{"finish_reason":${reason},"FinData":""}`;
  return JSON.stringify({ msg_type: 'generate_answer_finish', data, from_module: null, from_unit: null });
}
