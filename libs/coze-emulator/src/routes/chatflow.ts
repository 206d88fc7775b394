import { addConversation, findConversation } from '../conversations.ts';
import { playChatflow } from '../play/play-chatflow.ts';
import { Refusal } from '../refusal.ts';
import type { Frame } from '../wire/frame.ts';
import type { ConversationRecord } from '../world.ts';
import { freeConversation, newChat, storeInput } from './chat.ts';
import { type Fields, fieldsOf, isFields, requiredText } from './fields.ts';
import type { Answer, Call } from './route.ts';
import type { InputMessage } from './validate-chat.ts';

/** `POST /v1/workflows/chat` */
export function runChatflow(call: Call): Answer {
  const { world, user } = call;
  const body = fieldsOf(call.body);
  const workflowId = requiredText(body, 'workflow_id');
  const messages = checkBody(body);
  const script = world.chatflow(workflowId);
  if (!script) throw new Refusal(4200, `chatflow ${workflowId} does not exist or is not published`);
  const { conversation_id: conversationId } = body;
  const conversation =
    typeof conversationId === 'string' && conversationId !== ''
      ? findConversation(world, conversationId, user)
      : addConversation(world, user);
  freeConversation(world, conversation);
  const chat = newChat(world, conversation, '', call.bendCalls);
  world.chats.set(chat.id, chat);
  storeInput(world, chat, messages);
  const executeId = world.nextId();
  const { webHost } = world.dialect;
  const debugUrl = `https://${webHost}/work_flow?execute_id=${executeId}&workflow_id=${workflowId}`;
  const step = resumedStep(conversation, workflowId) ?? script;
  conversation.chatflow = 'ask' in step ? { workflowId, next: step.next } : undefined;
  const frames = activeWhile(conversation, chat, playChatflow(world, { chat, executeId, debugUrl }, step));
  return { kind: 'stream', frames, framing: 'chatflow', chat };
}

/** What goes on after a question of the same chatflow. */
function resumedStep({ chatflow }: ConversationRecord, workflowId: string) {
  return chatflow?.workflowId === workflowId ? chatflow.next : undefined;
}

async function* activeWhile(
  conversation: ConversationRecord,
  chat: ReturnType<typeof newChat>,
  frames: AsyncIterable<Frame>,
): AsyncIterable<Frame> {
  conversation.active = chat;
  yield* frames;
  conversation.active = undefined;
}

/** @throws Refusal 4000, 4004, 4005 */
function checkBody(body: Fields): InputMessage[] {
  const { additional_messages: messages, parameters, bot_id: botId, app_id: appId } = body;
  if (Boolean(botId) === Boolean(appId))
    throw new Refusal(4000, 'exactly one of bot_id and app_id is required');
  if (!isFields(parameters)) throw new Refusal(4000, 'parameters must be an object');
  if (!Array.isArray(messages) || messages.length === 0) {
    throw new Refusal(4000, 'additional_messages is required');
  }
  if (messages.length > 50) throw new Refusal(4004, 'additional_messages takes up to 50 messages');
  messages.forEach((message: unknown, index) => {
    const isText = isFields(message) && typeof message.content === 'string';
    if (!isText || (message.content_type ?? 'text') !== 'text') {
      throw new Refusal(4005, `additional_messages[${index}] must be a text message`);
    }
  });
  return messages as InputMessage[];
}
