import { addConversation, findConversation, storeMessage } from '../conversations.ts';
import { nextOf } from '../play/action.ts';
import { become, expireOld } from '../play/lifetime.ts';
import { withoutPauses } from '../play/pause.ts';
import { play } from '../play/play-chat.ts';
import { Refusal } from '../refusal.ts';
import { textOf } from '../text-of.ts';
import { chatObject } from '../wire/objects.ts';
import type { ChatRecord, ConversationRecord, World } from '../world.ts';
import { chatAnswer, findChat } from './find-chat.ts';
import type { Answer, Call } from './route.ts';
import { type InputMessage, validateChat } from './validate-chat.ts';

/** `POST /v3/chat` */
export function startChat(call: Call): Answer {
  const { world, query, user } = call;
  const request = validateChat(call.body, world);
  const conversationId = query.get('conversation_id');
  const conversation = conversationId
    ? findConversation(world, conversationId, user)
    : addConversation(world, user, { botId: request.botId });
  const waiting = freeConversation(world, conversation);
  const chat = newChat(world, conversation, request.botId, call.bendCalls);
  chat.autoSaveHistory = request.autoSaveHistory;
  const text = request.messages.findLast(({ role }) => role === 'user')?.content ?? '';
  const said = { text, botId: request.botId, conversationId: conversation.id };
  const step = waiting ? nextOf(waiting) : world.nextTurn(said);
  if (!step) throw new Refusal(4014, 'the scenario has no turns, the bot cannot answer');
  if (waiting) waiting.status = 'completed';
  world.chats.set(chat.id, chat);
  conversation.active = chat;
  if (request.autoSaveHistory) storeInput(world, chat, request.messages);
  if (request.stream) {
    return { kind: 'stream', frames: play(world, chat, step, true), framing: 'chat', chat };
  }
  chat.status = 'in_progress';
  chat.background = { step, first: true, pollsLeft: world.settings.pollsUntilReady };
  return chatAnswer(world, chat);
}

/**
 * Makes sure that no chat runs. An action that nobody can submit to is answered by the next message of the user.
 *
 * @returns The chat that waits for a message.
 * @throws Refusal 4016
 */
export function freeConversation(world: World, conversation: ConversationRecord): ChatRecord | undefined {
  if (conversation.active) expireOld(conversation.active, world);
  const { active } = conversation;
  if (!active) return undefined;
  if (active.status === 'requires_action' && active.pending.length === 0) return active;
  throw new Refusal(4016, `conversation ${conversation.id} has a chat that is still running`);
}

/** A chat that has not begun. */
export function newChat(
  world: World,
  conversation: ConversationRecord,
  botId: string,
  bendCalls: Call['bendCalls'],
): ChatRecord {
  return {
    id: world.nextId(),
    conversation,
    sectionId: conversation.sectionId,
    botId,
    createdAt: world.now(),
    startedMs: world.clock.nowMs(),
    autoSaveHistory: true,
    status: 'created',
    lastError: { code: 0, msg: '' },
    action: [],
    calls: [],
    actionSinceMs: 0,
    pending: [],
    outputs: {},
    next: undefined,
    messages: [],
    background: undefined,
    polledAtMs: undefined,
    bendCalls,
  };
}

/** Keeps what the client sent in the conversation. */
export function storeInput(world: World, chat: ChatRecord, messages: readonly InputMessage[]): void {
  for (const { role, type, content, content_type = 'text', meta_data = {} } of messages) {
    storeMessage(world, chat.conversation, {
      role,
      type: type ?? (role === 'user' ? 'question' : 'answer'),
      content,
      content_type,
      meta_data,
      bot_id: chat.botId,
      chat_id: chat.id,
    });
  }
}

/** `GET` and `POST /v3/chat/retrieve` */
export async function retrieveChat(call: Call): Promise<Answer> {
  const { world } = call;
  const chat = findChat(call);
  const violation = pollViolation(world, chat);
  if (violation !== undefined && world.settings.fastPolls === '429') {
    throw new Refusal(4020, violation, 429, violation);
  }
  expireOld(chat, world);
  const { background } = chat;
  if (background && background.pollsLeft-- <= 0) {
    chat.background = undefined;
    const frames = play(withoutPauses(world), chat, background.step, background.first);
    while (!(await frames.next()).done);
  }
  return { ...chatAnswer(world, chat), ...(violation === undefined ? {} : { violation }) };
}

/** Notes the poll; a clock that clients do not share says nothing about their pace. */
function pollViolation(world: World, chat: ChatRecord): string | undefined {
  const nowMs = world.clock.nowMs();
  const sinceMs = nowMs - (chat.polledAtMs ?? Number.NEGATIVE_INFINITY);
  chat.polledAtMs = nowMs;
  const { pollFloorMs } = world.settings;
  if (!world.clock.isShared || sinceMs >= pollFloorMs) return undefined;
  return `chat ${chat.id} was polled again after ${sinceMs} ms, at least ${pollFloorMs} ms is asked for`;
}

/** `GET /v3/chat/message/list` */
export function listMessages(call: Call): Answer {
  const chat = findChat(call);
  return { kind: 'json', data: chat.messages, chat };
}

/** `POST /v3/chat/cancel` */
export function cancelChat(call: Call): Answer {
  const { world } = call;
  const body = call.body as { conversation_id?: unknown; chat_id?: unknown } | undefined;
  const query = new URLSearchParams({
    conversation_id: textOf(body?.conversation_id),
    chat_id: textOf(body?.chat_id),
  });
  const chat = findChat({ ...call, query });
  expireOld(chat, world);
  if (chat.status !== 'created' && chat.status !== 'in_progress') {
    throw new Refusal(4104, `chat ${chat.id} is ${chat.status} and cannot be cancelled`);
  }
  become(chat, 'canceled');
  chat.background = undefined;
  chat.conversation.active = undefined;
  return { kind: 'json', data: chatObject(chat, world.dialect.canceled, world.now()), chat };
}
