import { parseExact } from '../exact-json.ts';
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
  /** One event of a stream; `comment` is a comment line. */
  frame?: { id?: number; event: string; data: string };
  /** Whether all bytes of the frame were sent. */
  sent?: boolean;
  /** How the stream ended: by itself, by the client going away, or by a fault. */
  closed?: 'complete' | 'client' | 'fault';
  /** Faults that hit the request. */
  faults?: string[];
  /** A rule for clients that the request broke. */
  violation?: string;
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

const SECRET = '<secret>';
const SECRET_KEYS = ['client_secret', 'refresh_token', 'code', 'code_verifier', 'device_code'];

/**
 * A transcript in which tokens never appear.
 *
 * @param tokens - Every token that was ever valid.
 */
export function createTranscript(tokens: () => readonly string[]): Transcript {
  let entries: TranscriptEntry[] = [];
  const redacted = (text: string) => tokens().reduce((all, token) => all.replaceAll(token, REDACTED), text);
  return {
    add(entry) {
      const text = redacted(JSON.stringify({ seq: entries.length + 1, ...plain(entry) }));
      entries.push(parseExact(text) as TranscriptEntry);
    },
    entries: () => entries.slice(),
    clear() {
      entries = [];
    },
  };
}

/** Hides what is secret although it is no token of the API: JWTs, client secrets, codes. */
function plain(entry: Omit<TranscriptEntry, 'seq'>): Omit<TranscriptEntry, 'seq'> {
  const { headers, body, route } = entry;
  const bearer = headers?.authorization?.replace(/^Bearer .+$/, `Bearer ${REDACTED}`);
  const shown = {
    ...entry,
    ...(bearer === undefined ? {} : { headers: { ...headers, authorization: bearer } }),
  };
  if (!route.startsWith('/api/permission/') || typeof body !== 'object' || body === null) return shown;
  const isSecret = ([key, value]: [string, unknown]) =>
    SECRET_KEYS.includes(key) && typeof value === 'string';
  const safe = Object.entries(body).map((pair) => (isSecret(pair) ? [pair[0], SECRET] : pair));
  return { ...shown, body: Object.fromEntries(safe) };
}
