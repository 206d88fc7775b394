import type { Message } from '@cozecut/coze-transport';
import type { Chat, Session } from '@cozecut/store';
import type { ChatResult } from './drive-chat.ts';

/** What is kept of a session. */
export interface SessionData {
  conversationId: string;
  botId: string;
  name?: string;
}

/** A session as its owner sees it. */
export function publicSession({ id, data, chatId, createdAt }: Session): Record<string, unknown> {
  const { conversationId, botId, name } = data as SessionData;
  return {
    session_id: id,
    conversation_id: conversationId,
    bot_id: botId,
    ...(name === undefined ? {} : { name }),
    ...(chatId === undefined ? {} : { chat_id: chatId }),
    created_at: new Date(createdAt).toISOString(),
  };
}

/** What was said, as the owner of the session sees it. */
export function publicMessage({
  id,
  chatId,
  role,
  type,
  content,
  contentType,
  createdAt,
}: Message): Record<string, unknown> {
  return {
    message_id: id,
    ...(chatId === '' ? {} : { coze_chat_id: chatId }),
    role,
    type,
    content,
    content_type: contentType,
    ...(createdAt === undefined ? {} : { created_at: new Date(createdAt * 1000).toISOString() }),
  };
}

/** A chat as its owner sees it. */
export function publicChat({ id, sessionId, state, result }: Chat): Record<string, unknown> {
  return { session_id: sessionId, chat_id: id, status: state, ...((result as ChatResult | undefined) ?? {}) };
}
