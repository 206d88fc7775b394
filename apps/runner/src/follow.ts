import { type Chat, type ChatEvent, CozeError, isLoss } from '@cozecut/coze-transport';
import { type BotContext, pace, type Turn } from './bot-context.ts';
import { messageOf } from './failure.ts';

/** How a stream ended. `isConfirmed`: Coze was asked afterwards and said so. */
export type StreamEnd = { kind: 'completed' | 'action'; chat: Chat; isConfirmed: boolean };

/**
 * Reads a stream of the turn to its end. A stream that is lost on the way is looked up: when the chat waits for
 * outputs or completes, the turn goes on as if nothing had been lost.
 *
 * @param onEvent - Told once, when the first event is there: Coze has taken the request.
 * @throws CozeError what Coze reports, or the loss when looking it up did not help.
 */
export async function follow(
  context: BotContext,
  turn: Turn,
  stream: AsyncIterable<ChatEvent>,
  onFirstEvent?: () => void,
): Promise<StreamEnd> {
  try {
    return await readToEnd(context, turn, stream, onFirstEvent);
  } catch (error) {
    if (!turn.chat || !isLoss(error)) throw error;
    const end = await lookUp(context, turn).catch((other: unknown) => {
      // That the chat is over is more than that its stream was lost; that nobody answers is less.
      if (turn.signal.aborted || turn.isOver) throw other;
      return undefined;
    });
    if (!end) throw error;
    turn.emit({
      type: 'notice',
      code: 'STREAM_RECOVERED',
      message: `the stream was lost; the chat is ${end.chat.status}`,
    });
    return end;
  }
}

/**
 * Asks Coze how the chat of the turn stands, and again while it runs.
 *
 * @throws CozeError CHAT_FAILED, CHAT_CANCELLED when it is over without an answer, BAD_RESPONSE when Coze has named no
 * chat, and those of `chat.recover`.
 */
export async function lookUp(context: BotContext, turn: Turn): Promise<StreamEnd> {
  const { client, clock, askedAtMs } = context;
  const ref = turn.chat;
  if (ref === undefined) {
    const operation = 'POST /v3/chat';
    throw new CozeError('BAD_RESPONSE', 'Coze has not said which chat it is', { operation, retry: 'never' });
  }
  await pace(context, ref.chatId, turn.signal);
  const asking = client.chat.recover(ref, { signal: turn.signal });
  const { chat: found, messages } = await asking.finally(() => askedAtMs.set(ref.chatId, clock.nowMs()));
  const chat = { ...found, ...idsOf(turn) };
  if (chat.status === 'requires_action') return { kind: 'action', chat, isConfirmed: true };
  turn.isOver = true;
  if (chat.status !== 'completed') throw endedError(chat);
  turn.answers.clear();
  for (const { type, id, content } of messages) if (type === 'answer') turn.answers.set(id, content);
  return { kind: 'completed', chat, isConfirmed: true };
}

/** What a chat that is over without an answer is told as. */
function endedError({ status, lastError }: Chat): CozeError {
  const operation = 'GET /v3/chat/retrieve';
  if (status === 'canceled') {
    return new CozeError('CHAT_CANCELLED', 'the chat was cancelled', { operation, retry: 'never' });
  }
  const said = lastError ? `: ${lastError.message} (code ${lastError.code})` : '';
  const remoteCode = lastError?.code;
  return new CozeError(
    'CHAT_FAILED',
    `the chat is ${status === 'failed' ? 'failed' : `in a state that is not known`}${said}`,
    {
      operation,
      remoteCode,
      retry: 'never',
    },
  );
}

async function readToEnd(
  context: BotContext,
  turn: Turn,
  stream: AsyncIterable<ChatEvent>,
  onFirstEvent: (() => void) | undefined,
): Promise<StreamEnd> {
  let completed: Chat | undefined;
  let isFirst = true;
  const whole = new Set<string>();
  for await (const event of stream) {
    if (isFirst) onFirstEvent?.();
    isFirst = false;
    switch (event.type) {
      case 'chat.created':
      case 'chat.in_progress':
        await noteChat(context, turn, event.chat);
        break;
      case 'message.delta':
        // A piece that comes late, or again, is in the whole message already.
        if (event.message.type !== 'answer' || whole.has(event.message.id)) break;
        addAnswer(turn, event.message.id, event.message.content);
        break;
      case 'message.completed':
        if (event.message.type !== 'answer') break;
        whole.add(event.message.id);
        turn.answers.set(event.message.id, event.message.content);
        break;
      case 'chat.completed':
        await noteChat(context, turn, event.chat);
        turn.isOver = true;
        completed = event.chat;
        break;
      case 'chat.requires_action':
        await noteChat(context, turn, event.chat);
        // Whether anything follows is not known: leaving the loop closes the connection.
        return { kind: 'action', chat: { ...event.chat, ...idsOf(turn) }, isConfirmed: false };
      case 'chat.failed':
        turn.isOver = true;
        throw event.error;
    }
  }
  // The stream ends normally only after a terminal event, and every other one has left this function.
  return { kind: 'completed', chat: completed!, isConfirmed: false };
}

/** Keeps which chat the turn is, before anything of it can be waited for; its conversation may be told later. */
export async function noteChat({ journal, bot }: BotContext, turn: Turn, chat: Chat): Promise<void> {
  const { id: chatId, conversationId } = chat;
  const isNew = turn.chat === undefined && chatId !== '';
  const isMore = turn.chat?.conversationId === '' && turn.chat.chatId === chatId && conversationId !== '';
  if (!isNew && !isMore) return;
  turn.chat = { chatId, conversationId };
  if (isNew) turn.emit({ type: 'chat.started', ...turn.chat });
  await journal.openChat({ ...turn.chat, botId: bot.botId }).catch((error: unknown) => {
    const message = `the chat was not written down: ${messageOf(error)}`;
    turn.emit({ type: 'notice', code: 'JOURNAL_FAILED', message });
  });
}

function idsOf(turn: Turn): { id: string; conversationId: string } {
  return { id: turn.chat?.chatId ?? '', conversationId: turn.chat?.conversationId ?? '' };
}

function addAnswer(turn: Turn, messageId: string, text: string): void {
  turn.answers.set(messageId, (turn.answers.get(messageId) ?? '') + text);
  turn.emit({ type: 'answer.delta', messageId, text });
}
