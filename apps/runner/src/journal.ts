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

/**
 * Remembers tool calls so that each runs at most once, whatever is received, lost or repeated.
 * `begin` is written before a tool runs, `finish` before its output is sent.
 */
export interface CallJournal {
  /** Claims the call when it is new; atomic. */
  begin(key: CallKey, tool: string): Promise<CallRecord>;
  /** Keeps how the call ended. */
  finish(key: CallKey, outcome: CallOutcome): Promise<void>;
}

/** A journal that lasts as long as the process. */
export function memoryJournal(): CallJournal {
  const records = new Map<string, CallRecord>();
  const keyOf = ({ chatId, callId }: CallKey) => JSON.stringify([chatId, callId]);
  return {
    async begin(key) {
      const known = records.get(keyOf(key));
      if (!known) records.set(keyOf(key), { state: 'begun' });
      return known ?? { state: 'new' };
    },
    async finish(key, outcome) {
      records.set(keyOf(key), { state: 'done', ...outcome });
    },
  };
}
