import type { Chat } from '@cozecut/coze-transport';
import type { BotContext, Turn } from './bot-context.ts';
import { wait } from './wait.ts';

/** How a chat stands when it is asked for: it waits for outputs, or is over. */
export interface SettledChat {
  kind: 'completed' | 'action' | 'ended';
  chat: Chat;
}

/** Coze takes one poll of a chat in a second. */
const POLL_MS = 1_000;
/** How long a chat that is still running is waited for, in milliseconds. */
const PATIENCE_MS = 180_000;

/**
 * Asks Coze how the chat of a turn stands, and asks again while it runs. An answer that is complete is read whole.
 *
 * @returns `undefined` when it still runs after minutes.
 * @throws CozeError
 */
export async function settle(context: BotContext, turn: Turn): Promise<SettledChat | undefined> {
  const { client, clock } = context;
  const ref = turn.chat!;
  const giveUpMs = clock.nowMs() + PATIENCE_MS;
  for (let attempt = 0; ; attempt++) {
    if (attempt > 0) {
      if (clock.nowMs() + POLL_MS > giveUpMs) return undefined;
      await wait(clock, POLL_MS, turn.signal);
    }
    const chat = await client.chat.retrieve(ref, { signal: turn.signal });
    if (chat.status === 'requires_action') return { kind: 'action', chat };
    if (chat.status === 'completed') {
      const messages = await client.chat.messages.list(ref, { signal: turn.signal });
      turn.answers.clear();
      for (const { type, id, content } of messages) if (type === 'answer') turn.answers.set(id, content);
      return { kind: 'completed', chat };
    }
    if (chat.status === 'failed' || chat.status === 'canceled') return { kind: 'ended', chat };
  }
}
