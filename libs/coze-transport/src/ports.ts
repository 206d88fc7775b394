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

/**
 * Gives the bearer token for a request. `refresh` is true once, after Coze refused the token given before.
 */
export type TokenSource = string | ((request: { refresh: boolean }) => Promise<string>);

/** Options of every call. */
export interface CallOptions {
  /** Ends the call; it then throws `ABORTED`. */
  signal?: AbortSignal;
}
