import { play } from '../play.ts';
import { Refusal } from '../refusal.ts';
import { validateChat } from '../validate-chat.ts';
import { chatObject } from '../wire.ts';
import { addConversation, type ChatRecord, type ConversationRecord, type World } from '../world.ts';
import type { Answer, Call } from './route.ts';

/** `POST /v3/chat` */
export function startChat(call: Call): Answer {
  const { world, query } = call;
  const request = validateChat(call.body, world);
  const conversationId = query.get('conversation_id');
  const conversation = conversationId ? findConversation(world, conversationId) : addConversation(world);
  const waiting = conversation.active;
  // An action that nobody can submit to is answered by the next message of the user.
  const isReply = waiting?.status === 'requires_action' && waiting.pending.length === 0;
  if (waiting && !isReply) {
    throw new Refusal(4016, `conversation ${conversation.id} has a chat that is still running`);
  }
  const chat: ChatRecord = {
    id: world.nextId(),
    conversation,
    sectionId: conversation.sectionId,
    botId: request.botId,
    createdAt: world.now(),
    autoSaveHistory: request.autoSaveHistory,
    status: 'created',
    lastError: { code: 0, msg: '' },
    action: [],
    pending: [],
    next: undefined,
    messages: [],
    background: undefined,
  };
  const step = waiting?.next ?? world.nextTurn();
  if (waiting) waiting.status = 'completed';
  world.chats.set(chat.id, chat);
  conversation.active = chat;
  if (request.stream) return { kind: 'stream', frames: play(world, chat, step, true), chat };
  chat.status = 'in_progress';
  chat.background = { step, first: true, pollsLeft: world.settings.pollsUntilReady };
  return chatAnswer(world, chat);
}

/** `GET` and `POST /v3/chat/retrieve` */
export async function retrieveChat(call: Call): Promise<Answer> {
  const chat = findChat(call);
  const { background } = chat;
  if (background && background.pollsLeft-- <= 0) {
    chat.background = undefined;
    const frames = play(call.world, chat, background.step, background.first);
    while (!(await frames.next()).done);
  }
  return chatAnswer(call.world, chat);
}

/** `GET /v3/chat/message/list` */
export function listMessages(call: Call): Answer {
  const chat = findChat(call);
  return { kind: 'json', data: chat.messages, chat };
}

/** `POST /v3/chat/cancel` */
export function cancelChat(call: Call): Answer {
  const body = call.body as { conversation_id?: unknown; chat_id?: unknown } | undefined;
  const query = new URLSearchParams({
    conversation_id: String(body?.conversation_id ?? ''),
    chat_id: String(body?.chat_id ?? ''),
  });
  const chat = findChat({ ...call, query });
  if (chat.status !== 'created' && chat.status !== 'in_progress') {
    throw new Refusal(4104, `chat ${chat.id} is ${chat.status} and cannot be cancelled`);
  }
  chat.status = 'canceled';
  chat.background = undefined;
  chat.conversation.active = undefined;
  return chatAnswer(call.world, chat);
}

/** `POST /v3/chat/submit_tool_outputs` */
export function submitToolOutputs(call: Call): Answer {
  const { world } = call;
  const chat = findChat(call);
  if (!chat.autoSaveHistory) throw new Refusal(5000, 'the chat was started without auto_save_history');
  if (chat.status !== 'requires_action' || !chat.next) {
    throw new Refusal(4000, `chat ${chat.id} is ${chat.status} and waits for no tool outputs`);
  }
  const body = call.body as { stream?: unknown; tool_outputs?: unknown } | undefined;
  checkOutputs(body?.tool_outputs, chat.pending);
  const step = chat.next;
  chat.action = [];
  chat.pending = [];
  chat.next = undefined;
  chat.status = 'in_progress';
  if (body?.stream === true) return { kind: 'stream', frames: play(world, chat, step, false), chat };
  chat.background = { step, first: false, pollsLeft: world.settings.pollsUntilReady };
  return chatAnswer(world, chat);
}

function checkOutputs(value: unknown, pending: readonly string[]): void {
  if (!Array.isArray(value) || value.length === 0) throw new Refusal(4000, 'tool_outputs is required');
  const answered = new Set<string>();
  for (const item of value as { tool_call_id?: unknown; output?: unknown }[]) {
    const id = item?.tool_call_id;
    if (typeof id !== 'string' || !pending.includes(id)) {
      throw new Refusal(4000, `tool_call_id ${JSON.stringify(id)} is not pending`);
    }
    if (answered.has(id)) throw new Refusal(4000, `tool_call_id ${id} is answered twice`);
    if (typeof item.output !== 'string') throw new Refusal(4000, `the output of ${id} must be a string`);
    answered.add(id);
  }
  const missing = pending.filter((id) => !answered.has(id));
  if (missing.length > 0) throw new Refusal(4000, `no output for tool_call_id ${missing.join(', ')}`);
}

function chatAnswer(world: World, chat: ChatRecord): Answer {
  return { kind: 'json', data: chatObject(chat, chat.status, world.now()), chat };
}

/** @throws Refusal 4002 */
export function findConversation(world: World, id: string): ConversationRecord {
  const conversation = world.conversations.get(id);
  if (!conversation) throw new Refusal(4002, `conversation ${id} does not exist or is not yours`);
  return conversation;
}

/** @throws Refusal 4001, 4002 */
function findChat({ world, query }: Call): ChatRecord {
  const conversation = findConversation(world, query.get('conversation_id') ?? '');
  const id = query.get('chat_id') ?? '';
  const chat = world.chats.get(id);
  if (chat?.conversation !== conversation) {
    throw new Refusal(4001, `chat ${id} does not exist or is not yours`);
  }
  return chat;
}
