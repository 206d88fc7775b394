/** One line of the transcript: a request, an answer, a frame or the end of a stream. */
export interface TranscriptEntry {
  seq: number;
  /** Virtual Unix time in milliseconds. */
  t: number;
  dir: 'in' | 'out';
  /** Number of the TCP connection, from 1. */
  conn: number;
  /** Number of the request that the entry belongs to, from 1. */
  request: number;
  /** Path with query; tokens are replaced. */
  route: string;
  method: string;
  /** Headers of a request without `host`; the token is replaced. */
  headers?: Record<string, string>;
  /** JSON body of a request or of an answer, or its text when it is not JSON. */
  body?: unknown;
  /** HTTP status of an answer. */
  status?: number;
  frame?: { event: string; data: string };
  /** Whether all bytes of the frame were sent. */
  sent?: boolean;
  /** How the stream ended: by itself, by the client going away, or by a fault. */
  closed?: 'complete' | 'client' | 'fault';
  chat?: string;
  /** Status of the chat at that moment. */
  state?: string;
}

/** What the token is replaced with wherever it appears. */
export const REDACTED = '<token>';

/** Collects entries in order. */
export interface Transcript {
  add(entry: Omit<TranscriptEntry, 'seq'>): void;
  entries(): TranscriptEntry[];
  clear(): void;
}

/** A transcript in which the given token never appears. */
export function createTranscript(token: string): Transcript {
  let entries: TranscriptEntry[] = [];
  const redacted = (text: string) => text.replaceAll(token, REDACTED);
  return {
    add(entry) {
      const text = redacted(JSON.stringify({ seq: entries.length + 1, ...entry }));
      entries.push(JSON.parse(text) as TranscriptEntry);
    },
    entries: () => entries.slice(),
    clear() {
      entries = [];
    },
  };
}
