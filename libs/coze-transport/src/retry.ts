import { isCozeError } from './errors.ts';
import type { Clock } from './ports.ts';
import { wait } from './wait.ts';

/** How often and how slowly a request is repeated. */
export interface RetryPolicy {
  /** Requests that are sent at most; 1 = no repetition. */
  maxAttempts: number;
  /** Largest wait before the second attempt, in milliseconds; it doubles with each attempt. */
  baseMs: number;
  /** Largest wait, in milliseconds. */
  capMs: number;
  /** A longer `Retry-After` is not waited for: the error is thrown at once and carries it. */
  maxRetryAfterMs: number;
}

/** What holds unless the client is told otherwise. */
export const DEFAULT_RETRY: Readonly<RetryPolicy> = {
  maxAttempts: 4,
  baseMs: 500,
  capMs: 8_000,
  maxRetryAfterMs: 60_000,
};

/** Options of {@link withRetry}. */
export interface RetryOptions {
  policy: RetryPolicy;
  clock: Clock;
  /** A number from 0 up to 1, for the jitter. */
  random(): number;
  signal: AbortSignal | undefined;
  /** Whether the request only reads. What may act is repeated only when it certainly has not acted. */
  isRead: boolean;
  /** Told before each wait. */
  onRetry?(facts: { attempt: number; waitMs: number; code: string }): void;
}

/**
 * Runs `send` until it succeeds or may not be repeated. Waits are random between 0 and a limit that doubles ("full
 * jitter"), and at least as long as `Retry-After` says.
 */
export async function withRetry<T>(options: RetryOptions, send: () => Promise<T>): Promise<T> {
  const { policy, clock, signal } = options;
  for (let attempt = 1; ; attempt++) {
    try {
      return await send();
    } catch (error) {
      if (attempt >= policy.maxAttempts || signal?.aborted || !mayRepeat(error, options.isRead)) throw error;
      const retryAfterMs = isCozeError(error) ? (error.retryAfterMs ?? 0) : 0;
      if (retryAfterMs > policy.maxRetryAfterMs) throw error;
      const limitMs = Math.min(policy.capMs, policy.baseMs * 2 ** (attempt - 1));
      const waitMs = Math.max(retryAfterMs, Math.floor(options.random() * limitMs));
      options.onRetry?.({ attempt, waitMs, code: isCozeError(error) ? error.code : '' });
      await wait(clock, waitMs, signal);
    }
  }
}

function mayRepeat(error: unknown, isRead: boolean): boolean {
  return isCozeError(error) && error.retry === 'backoff' && (isRead || error.neverActed);
}
