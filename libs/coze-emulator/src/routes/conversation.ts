import { Refusal } from '../refusal.ts';
import { addConversation, type ConversationRecord } from '../world.ts';
import { findConversation } from './chat.ts';
import type { Answer, Call } from './route.ts';

/** `POST /v1/conversation/create` */
export function createConversation({ world, body }: Call): Answer {
  const { name, meta_data: metaData } = (body ?? {}) as {
    name?: unknown;
    meta_data?: Record<string, string>;
  };
  if (name !== undefined && (typeof name !== 'string' || name.length > 100)) {
    throw new Refusal(4000, 'name is a text of up to 100 characters');
  }
  const conversation = addConversation(world, {
    ...(name === undefined ? {} : { name }),
    ...(metaData === undefined ? {} : { metaData }),
  });
  return { kind: 'json', data: conversationObject(conversation) };
}

/** `GET /v1/conversation/retrieve` */
export function retrieveConversation({ world, query }: Call): Answer {
  const conversation = findConversation(world, query.get('conversation_id') ?? '');
  return { kind: 'json', data: conversationObject(conversation) };
}

function conversationObject(conversation: ConversationRecord): object {
  return {
    id: conversation.id,
    created_at: conversation.createdAt,
    meta_data: conversation.metaData,
    last_section_id: conversation.sectionId,
    ...(conversation.name === undefined ? {} : { name: conversation.name }),
  };
}
