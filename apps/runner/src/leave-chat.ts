import { type Chat, type ChatRef, isCozeError } from '@cozecut/coze-transport';
import type { CallOutput } from './answer-action.ts';
import { type BotContext, pace, type Turn } from './bot-context.ts';
import { failure, outputText } from './outputs.ts';

/** How long a turn that is left is still seen to, in milliseconds: whoever stops it waits for that. */
const LEAVE_MS = 8_000;
/** How often a chat that asks again and again is answered. */
const MAX_ATTEMPTS = 3;

/** A turn that is left, or nothing of one: then the time begins now. */
type Leaving = Pick<Turn, 'leaveByMs'>;

/** Answers an action of a turn that is given up, so that the conversation is not blocked; failures do not matter. */
export async function release(
  context: BotContext,
  turn: Leaving,
  ref: ChatRef,
  outputs: readonly CallOutput[],
): Promise<void> {
  await briefly(context, turn, async (signal) => {
    const stream = context.client.chat.submitToolOutputs({ ...ref, outputs: [...outputs] }, { signal });
    try {
      await stream.next();
    } finally {
      await stream.return?.();
    }
  });
}

/**
 * Leaves a chat that nobody reads any more: cancels it, and answers what it asks for meanwhile, since a chat that waits
 * for outputs cannot be cancelled and would block its conversation.
 *
 * @returns Whether it is over, as far as Coze has said.
 */
export async function leaveChat(context: BotContext, turn: Leaving, ref: ChatRef): Promise<boolean> {
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
    if (await cancelChat(context, turn, ref)) return true;
    let chat: Chat | undefined;
    await briefly(context, turn, async (signal) => {
      await pace(context, ref.chatId, signal);
      chat = await context.client.chat.retrieve(ref, { signal });
    });
    if (chat?.status !== 'requires_action') return chat?.status === 'completed' || chat?.status === 'failed';
    const calls = chat.toolCalls.filter(({ id, type }) => type === 'function' && id !== '');
    if (calls.length === 0) return true;
    const output = outputText(failure('CANCELLED', 'stopped by the person'));
    await release(
      context,
      turn,
      ref,
      calls.map(({ id }) => ({ callId: id, output })),
    );
  }
  return cancelChat(context, turn, ref);
}

/** Cancels a chat; whether Coze did. */
export async function cancelChat(context: BotContext, turn: Leaving, ref: ChatRef): Promise<boolean> {
  return briefly(context, turn, async (signal) => {
    await context.client.chat.cancel(ref, { signal });
  });
}

/** Runs `task` although the turn was stopped, in what is left of the time for that; whether Coze took it. */
async function briefly(
  { clock }: BotContext,
  turn: Leaving,
  task: (signal: AbortSignal) => Promise<void>,
): Promise<boolean> {
  turn.leaveByMs ??= clock.nowMs() + LEAVE_MS;
  const leftMs = turn.leaveByMs - clock.nowMs();
  if (leftMs <= 0) return false;
  const control = new AbortController();
  const cancelTimer = clock.after(leftMs, () => control.abort());
  try {
    await task(control.signal);
    return true;
  } catch (error) {
    if (!isCozeError(error)) throw error;
    return false;
  } finally {
    cancelTimer();
  }
}
