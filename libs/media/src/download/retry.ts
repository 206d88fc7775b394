import { setTimeout as sleep } from 'node:timers/promises';
import { isUserError } from '@cozecut/problems';

/** How often one address is asked at most. */
export const MAX_ATTEMPTS = 4;
const FIRST_DELAY_MS = 250;
/** A host that wants to be left alone for longer is not waited for. */
export const MAX_DELAY_MS = 20_000;

/** What retries work with. */
export interface RetryPorts {
  /** Ends after `ms` milliseconds, or with an error when the signal is aborted; a timer when left out. */
  wait?: ((ms: number, signal: AbortSignal) => Promise<void>) | undefined;
  /** A number from 0 up to 1; `Math.random` when left out. */
  random?: (() => number) | undefined;
}

/**
 * Runs `attempt` again after errors that are `retryable`, with pauses that double, up to {@link MAX_ATTEMPTS} times.
 *
 * @throws the last error of `attempt`; the reason of `signal`.
 */
export async function withRetries<T>(
  attempt: () => Promise<T>,
  { wait = timer, random = Math.random }: RetryPorts,
  signal: AbortSignal,
): Promise<T> {
  for (let count = 1; ; count++) {
    try {
      return await attempt();
    } catch (error) {
      signal.throwIfAborted();
      if (!isUserError(error) || !error.retryable || count === MAX_ATTEMPTS) throw error;
      const pauseMs = FIRST_DELAY_MS * 2 ** (count - 1) * (0.5 + random());
      const delayMs = Math.max(pauseMs, error.retryAfterMs ?? 0);
      if (delayMs > MAX_DELAY_MS) throw error;
      await wait(delayMs, signal);
      signal.throwIfAborted();
    }
  }
}

async function timer(ms: number, signal: AbortSignal): Promise<void> {
  await sleep(ms, undefined, { signal }).catch(() => undefined);
}
