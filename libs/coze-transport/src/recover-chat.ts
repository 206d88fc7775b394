import type { ChatApi, ChatRef } from './api/chat.ts';
import { withDeadline } from './deadline.ts';
import type { Chat, Message } from './objects.ts';
import type { CallOptions, Clock } from './ports.ts';
import { wait } from './wait.ts';

/** A chat at rest. */
export interface RecoveredChat {
  /** Completed, failed, cancelled, or waiting: then `toolCalls` says for what. */
  chat: Chat;
  /** Messages of a completed chat, without the question; otherwise empty. */
  messages: Message[];
  /** What the bot said: the contents of its answers, one below the other. */
  answer: string;
}

/** The service asks for at most one look a second. */
const POLL_MS = 1_000;
/** Coze allows two minutes between a question and its answer inside a bot. */
const DEADLINE_MS = 120_000;

/** Waits until a chat is at rest; see {@link ChatApi.recover}. @throws CozeError */
export function recoverChat(
  options: { clock: Clock; api: Pick<ChatApi, 'retrieve' | 'messages'> },
  ref: ChatRef,
  call: CallOptions,
): Promise<RecoveredChat> {
  const { clock, api } = options;
  const limits = { clock, deadlineMs: DEADLINE_MS };
  return withDeadline(limits, 'GET /v3/chat/retrieve', call, async (signal) => {
    for (;;) {
      const chat = await api.retrieve(ref, { signal });
      if (chat.status === 'completed') {
        const messages = await api.messages.list(ref, { signal });
        return { chat, messages, answer: answerOf(messages) };
      }
      if (chat.status !== 'created' && chat.status !== 'in_progress') {
        return { chat, messages: [], answer: '' };
      }
      await wait(clock, POLL_MS, signal);
    }
  });
}

function answerOf(messages: readonly Message[]): string {
  return messages
    .filter(({ type }) => type === 'answer')
    .map(({ content }) => content)
    .join('\n');
}
