import type { ChatRef, Clock, CozeClient } from '@cozecut/coze-transport';
import type { BotBinding } from '@cozecut/manifest';
import type { BotEvent } from './bot-events.ts';
import type { FileUploads } from './file-outputs.ts';
import type { CallJournal } from './journal.ts';
import type { ToolCaller } from './tool-caller.ts';
import { wait } from './wait.ts';
import type { RunMode } from './workflow/stretch.ts';

/** `Omit` that keeps the members of a union apart. */
type WithoutTurn<E> = E extends unknown ? Omit<E, 'turn'> : never;

/** What the parts of one run share. */
export interface BotContext {
  client: CozeClient;
  host: ToolCaller;
  bot: BotBinding;
  mode: RunMode;
  userId: string;
  journal: CallJournal;
  uploads: FileUploads;
  clock: Clock;
  signal: AbortSignal;
  maxOutputBytes: number;
  /** When Coze was last asked how a chat stands, by chat id; Unix milliseconds. */
  askedAtMs: Map<string, number>;
}

/** One turn: what is known about its chat, and what it has answered. */
export interface Turn {
  emit(event: WithoutTurn<BotEvent>): void;
  /** Aborted when the turn or the run is stopped. */
  signal: AbortSignal;
  /** The chat, as soon as Coze has named it. */
  chat: ChatRef | undefined;
  /** Whether Coze has said that the chat is over. */
  isOver: boolean;
  /** Until when a turn that was stopped is still seen to, Unix milliseconds; missing while it goes on. */
  leaveByMs?: number;
  /** Text by message id, since the last action. */
  answers: Map<string, string>;
}

/** The answer of a turn so far. */
export function answerText(turn: Turn): string {
  return [...turn.answers.values()].join('\n');
}

/** Coze takes one question about a chat in a second. */
const POLL_MS = 1_000;

/** Waits until Coze may be asked again how a chat stands. @throws CozeError ABORTED */
export async function pace(
  { clock, askedAtMs }: Pick<BotContext, 'clock' | 'askedAtMs'>,
  chatId: string,
  signal: AbortSignal,
): Promise<void> {
  const sinceMs = clock.nowMs() - (askedAtMs.get(chatId) ?? Number.NEGATIVE_INFINITY);
  if (sinceMs < POLL_MS) await wait(clock, POLL_MS - sinceMs, signal);
  askedAtMs.set(chatId, clock.nowMs());
}
