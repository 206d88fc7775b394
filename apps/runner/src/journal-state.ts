import type { CallKey, CallOutcome, CallRecord, OpenChat } from './journal.ts';

/** One line of a journal. */
export type JournalEntry =
  | ({ type: 'chat' } & OpenChat)
  | ({ type: 'begin'; tool: string } & CallKey)
  | ({ type: 'done' } & CallKey & CallOutcome)
  | { type: 'submitted'; chatId: string; callIds: string[] }
  | { type: 'end'; chatId: string };

/** What the entries of a journal add up to. */
export interface JournalState {
  /** Takes one entry into account. */
  apply(entry: JournalEntry): void;
  /** What is known of a call. */
  callOf(key: CallKey): CallRecord;
  /** Chats that did not end, oldest first. */
  openChats(): OpenChat[];
  /** Entries that add up to the same. */
  entries(): JournalEntry[];
}

interface ChatState {
  chat: OpenChat | undefined;
  calls: Map<string, { tool: string; record: CallRecord }>;
}

/** The state before the first entry. A chat that ended is forgotten, so that the state does not grow. */
export function createJournalState(): JournalState {
  const chats = new Map<string, ChatState>();
  const chatOf = (chatId: string): ChatState => {
    const known = chats.get(chatId) ?? { chat: undefined, calls: new Map() };
    chats.set(chatId, known);
    return known;
  };
  return {
    apply(entry) {
      const { type, chatId } = entry;
      if (type === 'end') return void chats.delete(chatId);
      const state = chatOf(chatId);
      if (type === 'chat') {
        const { type: _, ...chat } = entry;
        state.chat = chat;
      } else if (type === 'begin') {
        state.calls.set(entry.callId, { tool: entry.tool, record: { state: 'begun' } });
      } else if (type === 'done') {
        const { ok, output } = entry;
        const tool = state.calls.get(entry.callId)?.tool ?? '';
        state.calls.set(entry.callId, { tool, record: { state: 'done', ok, output } });
      }
    },
    callOf: ({ chatId, callId }) => chats.get(chatId)?.calls.get(callId)?.record ?? { state: 'new' },
    openChats: () => [...chats.values()].flatMap(({ chat }) => chat ?? []),
    entries: () =>
      [...chats].flatMap(([chatId, { chat, calls }]): JournalEntry[] => [
        ...(chat ? [{ type: 'chat' as const, ...chat }] : []),
        ...[...calls].flatMap(([callId, { tool, record }]): JournalEntry[] => {
          const begin = { type: 'begin' as const, chatId, callId, tool };
          if (record.state !== 'done') return [begin];
          return [begin, { type: 'done', chatId, callId, ok: record.ok, output: record.output }];
        }),
      ]),
  };
}

/** Reads one line; `undefined` when it is none of ours or was torn when the machine stopped. */
export function parseEntry(line: string): JournalEntry | undefined {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return undefined;
  }
  if (typeof value !== 'object' || value === null) return undefined;
  const entry = value as Partial<Record<string, unknown>>;
  const areTexts = (...keys: string[]) => keys.every((key) => typeof entry[key] === 'string');
  const isEntry =
    areTexts('chatId') &&
    (entry.type === 'end' ||
      entry.type === 'submitted' ||
      (entry.type === 'chat' && areTexts('conversationId', 'botId')) ||
      (entry.type === 'begin' && areTexts('callId', 'tool')) ||
      (entry.type === 'done' && areTexts('callId', 'output') && typeof entry.ok === 'boolean'));
  return isEntry ? (value as JournalEntry) : undefined;
}
