import { type Chat, type ChatEvent, isCozeError } from '@cozecut/coze-transport';
import type { BotContext, Turn } from './bot-context.ts';

/** How a stream ended. `isConfirmed`: Coze was asked afterwards and said so. */
export type StreamEnd = { kind: 'completed' | 'action'; chat: Chat; isConfirmed: boolean };

/**
 * Reads a stream of the turn to its end. A stream that is lost on the way is looked up once: when the chat waits for
 * outputs or has completed, the turn goes on as if nothing had been lost.
 *
 * @throws CozeError what Coze reports, or the loss when looking it up did not help.
 */
export async function follow(
  context: BotContext,
  turn: Turn,
  stream: AsyncIterable<ChatEvent>,
): Promise<StreamEnd> {
  try {
    return await readToEnd(turn, stream);
  } catch (error) {
    if (!turn.chat || !isLoss(error)) throw error;
    const end = await lookUp(context, turn).catch(() => undefined);
    if (!end) throw error;
    const message = `the stream was lost; the chat is ${end.chat.status}`;
    turn.emit({ type: 'notice', code: 'STREAM_RECOVERED', message });
    return end;
  }
}

/** Asks Coze how the chat of the turn stands; `undefined` when it neither waits for outputs nor has completed. */
export async function lookUp(context: BotContext, turn: Turn): Promise<StreamEnd | undefined> {
  const { client, signal } = context;
  if (!turn.chat) return undefined;
  const chat = await client.chat.retrieve(turn.chat, { signal });
  if (chat.status === 'requires_action') return { kind: 'action', chat, isConfirmed: true };
  if (chat.status !== 'completed') return undefined;
  const messages = await client.chat.messages.list(turn.chat, { signal });
  turn.answers.clear();
  for (const { type, id, content } of messages) if (type === 'answer') turn.answers.set(id, content);
  return { kind: 'completed', chat, isConfirmed: true };
}

async function readToEnd(turn: Turn, stream: AsyncIterable<ChatEvent>): Promise<StreamEnd> {
  let completed: Chat | undefined;
  for await (const event of stream) {
    switch (event.type) {
      case 'chat.created':
      case 'chat.in_progress':
        noteChat(turn, event.chat);
        break;
      case 'message.delta':
        if (event.message.type !== 'answer') break;
        addAnswer(turn, event.message.id, event.message.content);
        break;
      case 'message.completed':
        if (event.message.type === 'answer') turn.answers.set(event.message.id, event.message.content);
        break;
      case 'chat.completed':
        noteChat(turn, event.chat);
        completed = event.chat;
        break;
      case 'chat.requires_action':
        noteChat(turn, event.chat);
        // Whether anything follows is not known: leaving the loop closes the connection.
        return { kind: 'action', chat: { ...event.chat, ...idsOf(turn) }, isConfirmed: false };
      case 'chat.failed':
        throw event.error;
    }
  }
  // The stream ends normally only after a terminal event, and every other one has left this function.
  return { kind: 'completed', chat: completed!, isConfirmed: false };
}

function noteChat(turn: Turn, chat: Chat): void {
  if (turn.chat || chat.id === '') return;
  turn.chat = { chatId: chat.id, conversationId: chat.conversationId };
  turn.emit({ type: 'chat.started', ...turn.chat });
}

function idsOf(turn: Turn): { id: string; conversationId: string } {
  return { id: turn.chat?.chatId ?? '', conversationId: turn.chat?.conversationId ?? '' };
}

function addAnswer(turn: Turn, messageId: string, text: string): void {
  turn.answers.set(messageId, (turn.answers.get(messageId) ?? '') + text);
  turn.emit({ type: 'answer.delta', messageId, text });
}

/** Whether what happened at Coze is unknown, as opposed to refused. */
function isLoss(error: unknown): boolean {
  return isCozeError(error) && ['STREAM_TRUNCATED', 'STREAM_IDLE', 'NETWORK'].includes(error.code);
}
