import type { ToolCall } from '@cozecut/coze-transport';
import { createJournalState, type JournalEntry } from './journal-state.ts';

/** Names one tool call. */
export interface CallKey {
  chatId: string;
  callId: string;
}

/** What a journal knows about a call. */
export type CallRecord =
  /** Nobody has begun it: the caller runs it now. */
  | { state: 'new' }
  /** It was begun and its output was not written: it must not run again, what it did is unknown. */
  | { state: 'begun' }
  | ({ state: 'done' } & CallOutcome);

/** What a call came to. */
export interface CallOutcome {
  ok: boolean;
  /** The text that is sent to Coze. */
  output: string;
}

/** A chat that this device takes part in, and that has not ended as far as we know. */
export interface OpenChat {
  chatId: string;
  conversationId: string;
  /** Id of the bot, which finds its chats again after a restart. */
  botId: string;
  /** Of a run of a workflow, which stopped for local plugins: `chatId` is the id of the interrupt. */
  interrupt?: { type: number; calls: ToolCall[] };
}

/**
 * Remembers chats and their tool calls so that each call runs at most once, whatever is received, lost or repeated,
 * and so that no chat is left waiting for outputs that are there. `begin` is written before a tool runs, `finish`
 * before its output is sent.
 */
export interface CallJournal {
  /** Keeps a chat until `endChat`; the caller sees to it. */
  openChat(chat: OpenChat): Promise<void>;
  /** The caller sees to the chat no more, although it has not ended. */
  leaveChat(chatId: string): void;
  /** Claims the call when it is new; atomic. */
  begin(key: CallKey, tool: string): Promise<CallRecord>;
  /** Keeps how the call ended. */
  finish(key: CallKey, outcome: CallOutcome): Promise<void>;
  /** Keeps that Coze has taken the outputs of these calls. */
  submitted(chatId: string, callIds: readonly string[]): Promise<void>;
  /** The chat is over: nothing of it is needed any more. */
  endChat(chatId: string): Promise<void>;
  /** Chats that were not ended and that nobody in this process sees to, oldest first. */
  openChats(botId: string): OpenChat[];
}

/** A journal that lasts as long as the process. */
export function memoryJournal(): CallJournal {
  return journalOver(async () => {});
}

/** A journal that writes its entries with `write`, which resolves when they outlive the process. */
export function journalOver(
  write: (entry: JournalEntry) => Promise<void>,
  state = createJournalState(),
): CallJournal {
  const attended = new Set<string>();
  const note = (entry: JournalEntry) => {
    state.apply(entry);
    return write(entry);
  };
  return {
    openChat(chat) {
      attended.add(chat.chatId);
      return note({ type: 'chat', ...chat });
    },
    leaveChat: (chatId) => void attended.delete(chatId),
    async begin(key, tool) {
      const known = state.callOf(key);
      // Claimed in the same turn of the event loop, before anything is waited for.
      if (known.state === 'new') await note({ type: 'begin', ...key, tool });
      return known;
    },
    finish: (key, outcome) => note({ type: 'done', ...key, ...outcome }),
    submitted: (chatId, callIds) => note({ type: 'submitted', chatId, callIds: [...callIds] }),
    endChat(chatId) {
      attended.delete(chatId);
      return note({ type: 'end', chatId });
    },
    openChats: (botId) =>
      state.openChats().filter((chat) => chat.botId === botId && !attended.has(chat.chatId)),
  };
}
