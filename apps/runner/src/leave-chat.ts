import { type ChatRef, isCozeError } from '@cozecut/coze-transport';
import type { CallOutput } from './answer-action.ts';
import type { BotContext } from './bot-context.ts';

/** How long a chat that is left is still seen to, in milliseconds. */
const LEAVE_MS = 5_000;

/** Answers an action of a turn that is given up, so that the conversation is not blocked; failures do not matter. */
export async function release(
  context: BotContext,
  ref: ChatRef,
  outputs: readonly CallOutput[],
): Promise<void> {
  await briefly(context, async (signal) => {
    const stream = context.client.chat.submitToolOutputs({ ...ref, outputs: [...outputs] }, { signal });
    try {
      await stream.next();
    } finally {
      await stream.return?.();
    }
  });
}

/** Cancels a chat that nobody reads any more; whether Coze did. */
export async function cancelChat(context: BotContext, ref: ChatRef): Promise<boolean> {
  return briefly(context, async (signal) => {
    await context.client.chat.cancel(ref, { signal });
  });
}

/** Runs `task` within seconds, although the turn was stopped; whether Coze took it. */
async function briefly(
  { clock }: BotContext,
  task: (signal: AbortSignal) => Promise<void>,
): Promise<boolean> {
  const control = new AbortController();
  const cancelTimer = clock.after(LEAVE_MS, () => control.abort());
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
