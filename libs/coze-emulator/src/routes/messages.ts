import { findConversation, storeMessage } from '../conversations.ts';
import { Refusal } from '../refusal.ts';
import type { StoredMessage } from '../wire/objects.ts';
import type { ConversationRecord } from '../world.ts';
import { checkMetaData, type Fields, fieldsOf, wholeNumber } from './fields.ts';
import type { Answer, Call } from './route.ts';
import { checkMessage, INPUT_TYPES } from './validate-chat.ts';

const LISTED_TYPES = ['question', 'answer'];
const KEPT_S = 180 * 24 * 60 * 60;

/** `POST /v1/conversation/message/create` */
export function createMessage(call: Call): Answer {
  const conversation = conversationOf(call);
  const body = fieldsOf(call.body);
  checkMessage(body, 'the message', INPUT_TYPES);
  const {
    role,
    type,
    content,
    content_type: contentType,
    meta_data: metaData,
  } = body as unknown as StoredMessage;
  const message = storeMessage(call.world, conversation, {
    role,
    type: type ?? (role === 'user' ? 'question' : 'answer'),
    content,
    content_type: contentType ?? 'text',
    meta_data: checkMetaData(metaData),
  });
  return { kind: 'json', data: message };
}

/** `POST /v1/conversation/message/list`: questions and answers only. */
export function listConversationMessages(call: Call): Answer {
  const conversation = conversationOf(call);
  const body = fieldsOf(call.body);
  const { order = 'desc', chat_id: chatId } = body;
  if (order !== 'asc' && order !== 'desc') throw new Refusal(4000, 'order must be asc or desc');
  const limit = wholeNumber(body.limit, 'limit', 50, [1, 50]);
  const oldest = call.world.now() - KEPT_S;
  const all = conversation.messages
    .filter(({ type, created_at: at }) => LISTED_TYPES.includes(type) && at > oldest)
    .filter((message) => !chatId || message.chat_id === chatId);
  if (order === 'desc') all.reverse();
  const found = between(all, body);
  const page = found.slice(0, limit);
  const beside = {
    has_more: found.length > limit,
    first_id: page[0]?.id ?? '',
    last_id: page.at(-1)?.id ?? '',
  };
  return { kind: 'json', data: page, beside };
}

/** Messages on the far side of `before_id` or `after_id`, in the order of the list. */
function between(all: StoredMessage[], { before_id: before, after_id: after }: Fields): StoredMessage[] {
  const at = (id: unknown) => all.findIndex((message) => message.id === id);
  if (typeof before === 'string' && before !== '') return at(before) < 0 ? [] : all.slice(0, at(before));
  if (typeof after === 'string' && after !== '') return at(after) < 0 ? [] : all.slice(at(after) + 1);
  return all;
}

/** `GET /v1/conversation/message/retrieve` */
export function retrieveMessage(call: Call): Answer {
  return { kind: 'json', data: messageOf(call) };
}

/** `POST /v1/conversation/message/modify` */
export function modifyMessage(call: Call): Answer {
  const message = messageOf(call);
  const { content = message.content, content_type: contentType, meta_data: metaData } = fieldsOf(call.body);
  if (typeof content !== 'string') throw new Refusal(4005, 'content must be text');
  message.content = content;
  if (typeof contentType === 'string') message.content_type = contentType;
  if (metaData !== undefined) message.meta_data = checkMetaData(metaData);
  message.updated_at = call.world.now();
  // The message is beside the data, not in it.
  return { kind: 'json', data: undefined, beside: { message } };
}

/** `POST /v1/conversation/message/delete` */
export function deleteMessage(call: Call): Answer {
  const message = messageOf(call);
  const conversation = conversationOf(call);
  conversation.messages = conversation.messages.filter((other) => other !== message);
  return { kind: 'json', data: message };
}

function conversationOf({ world, query, user }: Call): ConversationRecord {
  return findConversation(world, query.get('conversation_id') ?? '', user);
}

/** @throws Refusal 4002, 4200 */
function messageOf(call: Call): StoredMessage {
  const id = call.query.get('message_id');
  const message = conversationOf(call).messages.find((candidate) => candidate.id === id);
  if (!message) throw new Refusal(4200, `message ${id} does not exist`);
  return message;
}
