import { withDeadline } from './deadline.ts';
import type { Chat, ChatRef, Message } from './objects.ts';
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

/** What recovering needs. */
export interface RecoverChatOptions {
  clock: Clock;
  retrieve(ref: ChatRef, call: CallOptions): Promise<Chat>;
  messages(ref: ChatRef, call: CallOptions): Promise<Message[]>;
}

/** Waits until a chat is at rest. @throws CozeError */
export function recoverChat(
  options: RecoverChatOptions,
  ref: ChatRef,
  call: CallOptions,
): Promise<RecoveredChat> {
  const { clock } = options;
  const limits = { clock, deadlineMs: DEADLINE_MS };
  return withDeadline(limits, 'GET /v3/chat/retrieve', call, async (signal) => {
    for (;;) {
      const chat = await options.retrieve(ref, { signal });
      if (chat.status === 'completed') {
        const messages = await options.messages(ref, { signal });
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
