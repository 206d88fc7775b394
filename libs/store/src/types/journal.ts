/** One call of a tool, after it has ended. */
export interface CallRecord {
  id: string;
  owner: string;
  tool: string;
  /** Mode the tool was called in. */
  mode: string;
  /** Id that stands in the logs of the request. */
  requestId: string | undefined;
  /** Draft that was worked on. */
  draftId: string | undefined;
  jobId: string | undefined;
  status: 'ok' | 'failed';
  /** Code of the error. */
  code: string | undefined;
  message: string | undefined;
  /** Unix time in milliseconds. */
  startedAt: number;
  durationMs: number;
}

/** What a call is recorded from. */
export type NewCall = Pick<CallRecord, 'owner' | 'tool' | 'mode' | 'status' | 'startedAt' | 'durationMs'> &
  Partial<CallRecord>;

/** Which calls are listed; newest first. */
export interface CallFilter {
  limit: number;
  owner?: string;
  tool?: string;
  draftId?: string;
  status?: 'ok' | 'failed';
  code?: string;
  /** Calls that started at or after this Unix time in milliseconds. */
  since?: number;
  /** Calls that started before this Unix time in milliseconds. */
  until?: number;
  /** Part of the message, the tool or an id. */
  query?: string;
  /** `next` of the former page, or the id of its last call while that is there. */
  before?: string;
}

/** The calls that were made. */
export interface CallJournal {
  /** Keeps a call. */
  record(call: NewCall): Promise<CallRecord>;
  /** Keeps calls, all or none, in the order of the list. */
  recordAll(calls: readonly NewCall[]): Promise<void>;
  /** Calls that the filter lets through, newest first, and how many there are in all. */
  list(filter: CallFilter): Promise<{ calls: CallRecord[]; total: number; next?: string }>;
}

/** Something that happened to a topic. */
export interface StoredEvent {
  /** 1, 2, 3, … within the topic, without a gap. */
  id: number;
  topic: string;
  type: string;
  data: unknown;
  /** Unix time in milliseconds. */
  at: number;
}

/** Events that are kept, in order, for readers in any process. */
export interface EventStore {
  /** Adds an event to its topic. */
  append(topic: string, type: string, data: unknown): Promise<StoredEvent>;
  /** Events after the one with the id `after` (0: from the first), oldest first. */
  read(topic: string, options: { after: number; limit: number }): Promise<StoredEvent[]>;
  /** What is there after `after`, and then what comes, until the signal is aborted. */
  watch(topic: string, options: { after: number; signal: AbortSignal }): AsyncIterable<StoredEvent>;
}
