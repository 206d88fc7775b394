import { type ChatRef, type Clock, type CozeClient, isCozeError, systemClock } from '@cozecut/coze-transport';
import type { BotBinding } from '@cozecut/manifest';
import { UserError } from '@cozecut/problems';
import { answerText, type BotContext, type Turn } from './bot-context.ts';
import type { BotEvent } from './bot-events.ts';
import { asError, describeFailure, isFinal, isStopped } from './failure.ts';
import { clientUploads, type FileUploads } from './file-outputs.ts';
import { type CallJournal, memoryJournal } from './journal.ts';
import { cancelChat, leaveChat } from './leave-chat.ts';
import { isParked, parkedError } from './park.ts';
import { resumeTurn, runTurn } from './run-turn.ts';
import type { ToolCaller } from './tool-caller.ts';
import { untilAborted } from './until-aborted.ts';
import { wait } from './wait.ts';
import type { RunMode } from './workflow/stretch.ts';

/** Options of {@link runBot}. */
export interface RunBotOptions {
  client: CozeClient;
  host: ToolCaller;
  bot: BotBinding;
  /**
   * How Coze is asked: as a stream (default), or once and then how it stands, once a second, where streams do not get
   * through.
   */
  mode?: RunMode;
  /** What the person says: one message, or messages as they come. */
  say?: string | AsyncIterable<string>;
  /** Stop after the first turn. */
  once?: boolean;
  /** Separates the memory of the bot per person. */
  userId: string;
  /** Goes on with this conversation. */
  conversationId?: string;
  /** Remembers which calls have run; default: for this run only. Chats that it has as open are finished first. */
  journal?: CallJournal;
  /** Where files of outputs go; default: the files of Coze. */
  uploads?: FileUploads;
  /** Ends the run; an open action is answered first, within seconds, unless the reason is `PARKED`. */
  signal: AbortSignal;
  /** Told everything that happens, in order. */
  onEvent(event: BotEvent): void;
  /** Told how the turn that begins can be cancelled without ending the run. */
  onTurn?(cancel: () => void): void;
  /** Larger outputs of a tool are cut; default 1 MiB. */
  maxOutputBytes?: number;
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

const MEBIBYTE = 1024 * 1024;
/** Waits for a conversation that is busy, in milliseconds, when there is nothing else to do about it. */
const BUSY_WAITS_MS = [1_000, 3_000];

/**
 * Talks with a bot and runs its tools on this device, turn after turn in one conversation. A turn that fails is told
 * as `turn.failed` and the next one begins, unless the token or the quota is the reason.
 *
 * @throws UserError NOTHING_TO_SAY when there is no `say`: Coze sends actions only to who started the chat.
 *
 * @example
 * ```ts
 * import { startEmulator } from '@cozecut/coze-emulator';
 * import { createCozeClient } from '@cozecut/coze-transport';
 * import { runBot } from '@cozecut/runner';
 *
 * const emulator = await startEmulator({
 *   bot: ({ text }) => ({
 *     toolCalls: [{ name: 'shout', arguments: { text } }],
 *     next: ([output]) => ({ answer: [`The tool says ${output}`] }),
 *   }),
 * });
 * const { answered } = await runBot({
 *   client: createCozeClient({ region: 'cn', baseUrl: emulator.url, token: emulator.token }),
 *   host: {
 *     tools: [{ name: 'shout' }],
 *     call: async (_name, input) => ({ ok: true, output: (input as { text: string }).text.toUpperCase() }),
 *   },
 *   bot: {
 *     name: 'editor',
 *     region: 'cn',
 *     botId: '7400000000000000001',
 *     tools: ['shout'],
 *     onRequiresAction: { submitTimeoutMs: 90_000, onUnknownTool: 'report', maxRounds: 10 },
 *   },
 *   say: 'hello',
 *   once: true,
 *   userId: 'me',
 *   signal: AbortSignal.timeout(30_000),
 *   onEvent: (event) => console.log(event.type),
 * });
 * console.log(answered); // => 1
 * await emulator.close();
 * ```
 */
export async function runBot(options: RunBotOptions): Promise<BotRunResult> {
  const { say, signal, onEvent, onTurn } = options;
  if (say === undefined) {
    throw new UserError('NOTHING_TO_SAY', 'a bot calls its tools only in a chat that is started from here', {
      hint: 'Say something, for example with --say TEXT.',
    });
  }
  const context: BotContext = {
    client: options.client,
    host: options.host,
    bot: options.bot,
    mode: options.mode ?? 'stream',
    userId: options.userId,
    journal: options.journal ?? memoryJournal(),
    uploads: options.uploads ?? clientUploads(options.client),
    clock: options.clock ?? systemClock,
    signal,
    maxOutputBytes: options.maxOutputBytes ?? MEBIBYTE,
    askedAtMs: new Map(),
  };
  const session: Session = { conversationId: options.conversationId, openChat: undefined };
  const result: BotRunResult = { conversationId: undefined, answered: 0, failed: 0, error: undefined };
  const newTurn = (number: number): Turn => {
    const control = new AbortController();
    onTurn?.(() => control.abort());
    return {
      emit: (event) => onEvent({ ...event, turn: number }),
      signal: AbortSignal.any([signal, control.signal]),
      chat: undefined,
      isOver: false,
      answers: new Map(),
    };
  };
  const looked = new Set<string>();
  /** Finishes chats that were left open, by a former run or because their end was lost; each is tried once. */
  const finishOpenChats = async () => {
    const { journal, bot } = context;
    for (;;) {
      const left = journal.openChats(bot.botId).find(({ chatId }) => !looked.has(chatId));
      if (!left || signal.aborted) return;
      looked.add(left.chatId);
      // From here on no other run of this bot takes it.
      const taken = journal.openChat(left);
      await taken.catch(() => {});
      const ref = { chatId: left.chatId, conversationId: left.conversationId };
      const turn = newTurn(0);
      turn.emit({ type: 'turn.resumed', ...ref });
      await takeTurn(context, turn, () => resumeTurn(context, turn, ref));
    }
  };
  await finishOpenChats();
  let number = 0;
  for await (const text of typeof say === 'string' ? [say] : untilAborted(say, signal)) {
    await finishOpenChats();
    const turn = newTurn(++number);
    turn.emit({ type: 'turn.started', text });
    result.error = await takeTurn(context, turn, () => startTurn(context, turn, text, session));
    if (turn.chat) {
      session.conversationId = turn.chat.conversationId;
      session.openChat = result.error && !turn.isOver ? turn.chat : undefined;
    }
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
  run: () => Promise<void>,
): Promise<Error | undefined> {
  let error: Error | undefined;
  try {
    await run();
  } catch (caught) {
    error = isParked(turn.signal) ? parkedError() : asError(caught);
    // The stream of a chat that is left would go on, and its conversation would stay busy.
    if (turn.chat && !turn.isOver && isStopped(error))
      turn.isOver = await leaveChat(context, turn, turn.chat);
    turn.emit({ type: 'turn.failed', ...describeFailure(error), text: answerText(turn) });
  }
  // What may still be answered stays in the journal; the next run begins with it.
  if (turn.chat && mayGoOn(turn, error)) context.journal.leaveChat(turn.chat.chatId);
  else if (turn.chat) {
    await context.journal.endChat(turn.chat.chatId).catch(() => {});
    context.askedAtMs.delete(turn.chat.chatId);
  }
  return error;
}

function mayGoOn(turn: Turn, error: Error | undefined): boolean {
  if (error && isParked(turn.signal)) return !turn.isOver;
  const isOpen = isCozeError(error) && (error.retry !== 'never' || error.code === 'DEADLINE_EXCEEDED');
  return isOpen && !turn.isOver;
}

/** Runs a turn; a conversation that is busy is freed or, when that fails, left for a new one. */
async function startTurn(context: BotContext, turn: Turn, text: string, session: Session): Promise<void> {
  const isBusy = (error: unknown) => isCozeError(error) && error.retry === 'wait' && !turn.chat;
  try {
    return await runTurn(context, turn, text, session.conversationId);
  } catch (error) {
    if (!isBusy(error)) throw error;
  }
  if (session.openChat && (await cancelChat(context, {}, session.openChat))) {
    const message = 'cancelled the chat that was still running';
    turn.emit({ type: 'notice', code: 'CHAT_CANCELLED', message });
    try {
      return await runTurn(context, turn, text, session.conversationId);
    } catch (error) {
      if (!isBusy(error)) throw error;
    }
  }
  if (session.conversationId) {
    const message = `conversation ${session.conversationId} is busy; a new one begins without its memory`;
    turn.emit({ type: 'notice', code: 'CONVERSATION_REPLACED', message });
    session.conversationId = undefined;
    return runTurn(context, turn, text, undefined);
  }
  for (const waitMs of BUSY_WAITS_MS) {
    turn.emit({
      type: 'notice',
      code: 'CONVERSATION_BUSY',
      message: 'Coze says that a chat is still running',
    });
    await wait(context.clock, waitMs, turn.signal);
    try {
      return await runTurn(context, turn, text, undefined);
    } catch (error) {
      if (!isBusy(error)) throw error;
    }
  }
  return runTurn(context, turn, text, undefined);
}
