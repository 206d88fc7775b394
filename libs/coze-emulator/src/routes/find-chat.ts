import { findConversation } from '../conversations.ts';
import { Refusal } from '../refusal.ts';
import { chatObject } from '../wire/objects.ts';
import type { ChatRecord, World } from '../world.ts';
import type { Answer, Call } from './route.ts';

/** The chat that `conversation_id` and `chat_id` of the query name. @throws Refusal 4001, 4002 */
export function findChat({ world, query, user }: Call): ChatRecord {
  const conversation = findConversation(world, query.get('conversation_id') ?? '', user);
  const id = query.get('chat_id') ?? '';
  const chat = world.chats.get(id);
  if (chat?.conversation !== conversation) {
    throw new Refusal(4001, `chat ${id} does not exist or is not yours`);
  }
  return chat;
}

/** The chat as it is now. */
export function chatAnswer(world: World, chat: ChatRecord): Extract<Answer, { kind: 'json' }> {
  const status = chat.status === 'canceled' ? world.dialect.canceled : chat.status;
  return { kind: 'json', data: chatObject(chat, status, world.now()), chat };
}
