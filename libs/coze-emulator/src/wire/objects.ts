import type { ActionCall, ChatRecord } from '../world.ts';

/**
 * The chat object; the order of its keys is part of the wire specification.
 *
 * @param withAction - Whether an open action is shown; a chatflow may say `requires_action` without one.
 */
export function chatObject(chat: ChatRecord, status: string, now: number, withAction = true): object {
  const failed = status === 'failed';
  return {
    id: chat.id,
    conversation_id: chat.conversation.id,
    ...(chat.botId === '' ? {} : { bot_id: chat.botId }),
    created_at: chat.createdAt,
    completed_at: now,
    ...(failed ? { failed_at: now } : {}),
    last_error: failed ? chat.lastError : { code: 0, msg: '' },
    status,
    ...(status === 'requires_action' && withAction
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

/** A message as a conversation keeps it. */
export interface StoredMessage {
  id: string;
  conversation_id: string;
  bot_id: string;
  chat_id: string;
  section_id: string;
  role: 'user' | 'assistant';
  type: string;
  content: string;
  content_type: string;
  meta_data: Record<string, string>;
  created_at: number;
  updated_at: number;
}

/** A message of the bot. */
export interface WireMessage {
  id: string;
  conversation_id: string;
  bot_id?: string;
  role: 'assistant';
  type: string;
  content: string;
  content_type: string;
  chat_id: string;
  section_id: string;
  created_at: number;
}

/** The message object; `id` is shared by the deltas of one answer and its completed form. */
export function messageObject(
  chat: ChatRecord,
  message: { id: string; type: string; content: string; contentType?: string },
  now: number,
): WireMessage {
  return {
    id: message.id,
    conversation_id: chat.conversation.id,
    ...(chat.botId === '' ? {} : { bot_id: chat.botId }),
    role: 'assistant',
    type: message.type,
    content: message.content,
    content_type: message.contentType ?? 'text',
    chat_id: chat.id,
    section_id: chat.sectionId,
    created_at: now,
  };
}

/** Content of a `verbose` message. */
export function verboseContent(type: string, data: string): string {
  return JSON.stringify({ msg_type: type, data, from_module: null, from_unit: null });
}

/** Content of the `verbose` message that closes an answer; 0 = finished, 1 = interrupted. */
export function finishContent(reason: 0 | 1): string {
  return verboseContent('generate_answer_finish', `{"finish_reason":${reason},"FinData":""}`);
}
