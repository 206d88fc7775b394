import { addConversation, findConversation, storeMessage } from '../conversations.ts';
import { Refusal } from '../refusal.ts';
import type { ConversationRecord } from '../world.ts';
import { checkMetaData, fieldsOf, isFields, wholeNumber } from './fields.ts';
import type { Answer, Call } from './route.ts';
import { checkMessage, INPUT_TYPES, type InputMessage } from './validate-chat.ts';

/** `POST /v1/conversation/create` */
export function createConversation({ world, body, user }: Call): Answer {
  const { name, meta_data: metaData, bot_id: botId, messages = [] } = fieldsOf(body);
  if (!Array.isArray(messages)) throw new Refusal(4000, 'messages must be an array');
  messages.forEach((message: unknown, index) => {
    if (!isFields(message)) throw new Refusal(4005, `messages[${index}] must be an object`);
    checkMessage(message, `messages[${index}]`, INPUT_TYPES);
  });
  const conversation = addConversation(world, user, {
    metaData: checkMetaData(metaData),
    ...(name === undefined ? {} : { name: checkName(name) }),
    ...(typeof botId === 'string' ? { botId } : {}),
  });
  for (const { role, type, content, content_type = 'text' } of messages as InputMessage[]) {
    const kind = type ?? (role === 'user' ? 'question' : 'answer');
    storeMessage(world, conversation, { role, type: kind, content, content_type });
  }
  return { kind: 'json', data: conversationObject(conversation) };
}

/** `GET /v1/conversation/retrieve` */
export function retrieveConversation({ world, query, user }: Call): Answer {
  const conversation = findConversation(world, query.get('conversation_id') ?? '', user);
  return { kind: 'json', data: conversationObject(conversation) };
}

/** `GET /v1/conversations`: those that were made with a `bot_id`, newest first. */
export function listConversations({ world, query, user }: Call): Answer {
  const botId = query.get('bot_id');
  if (!botId) throw new Refusal(4000, 'bot_id is required');
  const page = wholeNumber(query.get('page_num'), 'page_num', 1, [1, Number.MAX_SAFE_INTEGER]);
  const size = wholeNumber(query.get('page_size'), 'page_size', 50, [1, 50]);
  const all = [...world.conversations.values()]
    .filter((conversation) => conversation.owner === user && conversation.botId === botId)
    .reverse();
  if (query.get('sort_order')?.toLowerCase() === 'asc') all.reverse();
  const conversations = all.slice((page - 1) * size, page * size).map(conversationObject);
  return { kind: 'json', data: { conversations, has_more: all.length > page * size } };
}

/** `PUT /v1/conversations/:id` */
export function renameConversation({ world, params, body, user }: Call): Answer {
  const conversation = findConversation(world, params.id ?? '', user);
  conversation.name = checkName(fieldsOf(body).name);
  return { kind: 'json', data: conversationObject(conversation) };
}

/** `DELETE /v1/conversations/:id` */
export function deleteConversation({ world, params, user }: Call): Answer {
  world.conversations.delete(findConversation(world, params.id ?? '', user).id);
  return { kind: 'json', data: null };
}

/** `POST /v1/conversations/:id/clear`: what was said stays, what the bot remembers begins anew. */
export function clearConversation({ world, params, user }: Call): Answer {
  const conversation = findConversation(world, params.id ?? '', user);
  conversation.sectionId = world.nextId();
  return { kind: 'json', data: { id: conversation.sectionId, conversation_id: conversation.id } };
}

/** @throws Refusal 4000 */
function checkName(name: unknown): string {
  if (typeof name === 'string' && name.length <= 100) return name;
  throw new Refusal(4000, 'name is a text of up to 100 characters');
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
