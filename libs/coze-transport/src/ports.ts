/** Time; replaced in tests. */
export interface Clock {
  /** Unix time in milliseconds. */
  nowMs(): number;
  /** Calls `run` after `delayMs`, unless the returned function is called before. */
  after(delayMs: number, run: () => void): () => void;
}

/** The clock of the machine. */
export const systemClock: Clock = {
  nowMs: () => Date.now(),
  after(delayMs, run) {
    const timer = setTimeout(run, delayMs);
    return () => clearTimeout(timer);
  },
};

/** Where diagnostics go; fields never carry tokens. */
export interface Log {
  /** Worth knowing when something is looked into. */
  debug(message: string, fields?: Record<string, unknown>): void;
  /** Worth knowing for who runs it. */
  warn(message: string, fields?: Record<string, unknown>): void;
}

/** What a token is asked for with. */
export interface TokenRequest {
  /** True after Coze refused a token: a fresh one is wanted. */
  refresh: boolean;
  /** The token that was refused. A source that has another one by now gives that one instead of a third. */
  refused?: string;
}

/** Gives the bearer token for a request: the token itself, or a function that is asked before every request. */
export type TokenSource = string | ((request: TokenRequest) => Promise<string>);

/** Options of every call. */
export interface CallOptions {
  /** Ends the call; it then throws `ABORTED`. */
  signal?: AbortSignal;
  /** Longest time for the whole call with its repetitions, in milliseconds; it then throws `DEADLINE_EXCEEDED`. */
  deadlineMs?: number;
}
