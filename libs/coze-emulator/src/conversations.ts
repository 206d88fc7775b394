import { Refusal } from './refusal.ts';
import type { StoredMessage } from './wire/objects.ts';
import type { ConversationRecord, World } from './world.ts';

/** Adds a conversation that belongs to `owner`. */
export function addConversation(
  world: World,
  owner: string,
  options: { name?: string; metaData?: Record<string, string>; botId?: string } = {},
): ConversationRecord {
  const conversation: ConversationRecord = {
    id: world.nextId(),
    owner,
    sectionId: world.nextId(),
    createdAt: world.now(),
    botId: options.botId,
    name: options.name,
    metaData: options.metaData ?? {},
    active: undefined,
    chatflow: undefined,
    messages: [],
  };
  world.conversations.set(conversation.id, conversation);
  return conversation;
}

/** The conversation of that id, when `user` owns it. @throws Refusal 4002 */
export function findConversation(world: World, id: string, user: string): ConversationRecord {
  const conversation = world.conversations.get(id);
  if (conversation?.owner !== user) {
    throw new Refusal(4002, `conversation ${id} does not exist or is not yours`);
  }
  return conversation;
}

/** Keeps a message that somebody put into a conversation. */
export function storeMessage(
  world: World,
  conversation: ConversationRecord,
  message: Pick<StoredMessage, 'role' | 'type' | 'content' | 'content_type'> & Partial<StoredMessage>,
): StoredMessage {
  const now = world.now();
  const stored: StoredMessage = {
    conversation_id: conversation.id,
    bot_id: conversation.botId ?? '',
    chat_id: '',
    section_id: conversation.sectionId,
    meta_data: {},
    created_at: now,
    updated_at: now,
    ...message,
    id: message.id ?? world.nextId(),
  };
  conversation.messages.push(stored);
  return stored;
}
