import { type ChatRef, type Clock, type CozeClient, isCozeError, systemClock } from '@cozecut/coze-transport';
import type { BotBinding } from '@cozecut/manifest';
import { isUserError, UserError } from '@cozecut/problems';
import { answerText, type BotContext, type Turn } from './bot-context.ts';
import type { BotEvent } from './bot-events.ts';
import { type CallJournal, memoryJournal } from './journal.ts';
import { runTurn } from './run-turn.ts';
import type { ToolCaller } from './tool-caller.ts';

/** Options of {@link runBot}. */
export interface RunBotOptions {
  client: CozeClient;
  host: ToolCaller;
  bot: BotBinding;
  /** What the person says: one message, or messages as they come. */
  say?: string | AsyncIterable<string>;
  /** Stop after the first turn. */
  once?: boolean;
  /** Separates the memory of the bot per person. */
  userId: string;
  /** Goes on with this conversation. */
  conversationId?: string;
  /** Remembers which calls have run; default: for this run only. */
  journal?: CallJournal;
  /** Ends the run; an open action is answered first, within seconds. */
  signal: AbortSignal;
  /** Told everything that happens, in order. */
  onEvent(event: BotEvent): void;
  /** Actions that are answered in one turn; default 10. */
  maxRounds?: number;
  clock?: Clock;
}

/** How a run went. */
export interface BotRunResult {
  conversationId: string | undefined;
  /** Turns that ended well. */
  answered: number;
  failed: number;
  /** Why the last turn failed, when it did. */
  error: Error | undefined;
}

/** What turns leave to each other. */
interface Session {
  conversationId: string | undefined;
  /** A chat that has not ended as far as we know. */
  openChat: ChatRef | undefined;
}

/**
 * Talks with a bot and runs its tools on this device, turn after turn in one conversation. A turn that fails is told
 * as `turn.failed` and the next one begins, unless the token or the quota is the reason.
 *
 * @throws UserError NOTHING_TO_SAY when there is no `say`: Coze sends actions only to who started the chat.
 */
export async function runBot(options: RunBotOptions): Promise<BotRunResult> {
  const { say, signal, onEvent } = options;
  if (say === undefined) {
    throw new UserError('NOTHING_TO_SAY', 'a bot calls its tools only in a chat that is started from here', {
      hint: 'Say something, for example with --say TEXT.',
    });
  }
  const context: BotContext = {
    client: options.client,
    host: options.host,
    bot: options.bot,
    userId: options.userId,
    journal: options.journal ?? memoryJournal(),
    clock: options.clock ?? systemClock,
    signal,
    maxRounds: options.maxRounds ?? 10,
  };
  const session: Session = { conversationId: options.conversationId, openChat: undefined };
  const result: BotRunResult = { conversationId: undefined, answered: 0, failed: 0, error: undefined };
  let number = 0;
  for await (const text of typeof say === 'string' ? [say] : untilAborted(say, signal)) {
    number++;
    const turnNumber = number;
    const turn: Turn = {
      emit: (event) => onEvent({ ...event, turn: turnNumber }),
      chat: undefined,
      answers: new Map(),
    };
    turn.emit({ type: 'turn.started', text });
    result.error = await takeTurn(context, turn, text, session);
    if (result.error) result.failed++;
    else result.answered++;
    if (options.once || signal.aborted || isFinal(result.error)) break;
  }
  return { ...result, conversationId: session.conversationId };
}

/** Runs a turn; the reason when it failed, which has been told. */
async function takeTurn(
  context: BotContext,
  turn: Turn,
  text: string,
  session: Session,
): Promise<Error | undefined> {
  let error: Error | undefined;
  try {
    await startTurn(context, turn, text, session);
  } catch (caught) {
    error = caught instanceof Error ? caught : new Error(String(caught));
    turn.emit({ type: 'turn.failed', ...describe(error), text: answerText(turn) });
  }
  if (turn.chat) {
    session.conversationId = turn.chat.conversationId;
    session.openChat = error ? turn.chat : undefined;
  }
  return error;
}

/** Runs a turn; a conversation that is busy is freed or, when that fails, left for a new one. */
async function startTurn(context: BotContext, turn: Turn, text: string, session: Session): Promise<void> {
  const isBusy = (error: unknown) => isCozeError(error) && error.retry === 'wait' && !turn.chat;
  try {
    return await runTurn(context, turn, text, session.conversationId);
  } catch (error) {
    if (!isBusy(error) || !session.conversationId) throw error;
  }
  if (await cancelOpenChat(context, session)) {
    turn.emit({
      type: 'notice',
      code: 'CHAT_CANCELLED',
      message: 'cancelled the chat that was still running',
    });
    try {
      return await runTurn(context, turn, text, session.conversationId);
    } catch (error) {
      if (!isBusy(error)) throw error;
    }
  }
  const message = `conversation ${session.conversationId} is busy; a new one begins without its memory`;
  turn.emit({ type: 'notice', code: 'CONVERSATION_REPLACED', message });
  session.conversationId = undefined;
  return runTurn(context, turn, text, undefined);
}

async function cancelOpenChat({ client, signal }: BotContext, session: Session): Promise<boolean> {
  if (!session.openChat) return false;
  try {
    await client.chat.cancel(session.openChat, { signal });
    return true;
  } catch (error) {
    if (!isCozeError(error)) throw error;
    return false;
  }
}

/** Whether the next turn would fail for the same reason. */
function isFinal(error: Error | undefined): boolean {
  return isCozeError(error) && (error.retry === 'auth' || error.retry === 'quota');
}

function describe(error: Error): { code: string; message: string; hint?: string; logId?: string } {
  const { code, hint, logId } = error as { code?: unknown; hint?: unknown; logId?: unknown };
  const isOurs = isCozeError(error) || isUserError(error) || error.name === 'WireError';
  return {
    code: isOurs && typeof code === 'string' ? code : 'BUG',
    message: error.message,
    ...(typeof hint === 'string' ? { hint } : {}),
    ...(typeof logId === 'string' ? { logId } : {}),
  };
}

/** The items of `source` until the signal is aborted. */
async function* untilAborted(source: AsyncIterable<string>, signal: AbortSignal): AsyncGenerator<string> {
  const iterator = source[Symbol.asyncIterator]();
  const aborted = new Promise<undefined>((resolve) => {
    if (signal.aborted) resolve(undefined);
    signal.addEventListener('abort', () => resolve(undefined), { once: true });
  });
  try {
    while (!signal.aborted) {
      const next = await Promise.race([iterator.next(), aborted]);
      if (!next || next.done) return;
      yield next.value;
    }
  } finally {
    // A source that waits for a person may not answer before the person does.
    void iterator.return?.()?.catch(() => {});
  }
}
