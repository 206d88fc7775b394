import { setTimeout as sleep } from 'node:timers/promises';
import type { Tool } from '@cozecut/manifest';
import type { HandlerPorts, ToolContext } from './types.ts';

const BACKOFF_MS = 250;
const MAX_BACKOFF_MS = 8_000;
/** What the guarded `fetch` throws when the same request may work later. */
const PASSING_CODES = new Set(['MEDIA_TIMEOUT', 'MEDIA_UNREACHABLE', 'MEDIA_TRUNCATED']);

/**
 * How often a call may be made again after a failure that passes: the `retries` of the tool, or never when a second
 * attempt could do its work twice. Harmless are `effects.idempotent: true`, an HTTP handler with GET, and
 * `idempotent: key` when the call has a key and the handler gets to see it.
 */
export function retriesOf(tool: Tool, idempotencyKey: string | undefined): number {
  const { handler, effects, retries } = tool;
  const isRead = handler.kind === 'http' && handler.method === 'GET';
  const seesKey = handler.kind !== 'exec' && handler.kind !== 'workflow';
  const isKeyed = effects.idempotent === 'key' && idempotencyKey !== undefined && seesKey;
  return isRead || isKeyed || effects.idempotent === true ? retries : 0;
}

/**
 * Runs attempts until one succeeds, fails for good, or there is neither an attempt nor time left. The waits double,
 * with a cap and jitter; a longer wait that the error asks for is kept.
 *
 * @throws what the last attempt threw, or the reason of the signal when that is aborted during a wait.
 */
export async function withRetries<T>(
  retries: number,
  attempt: () => Promise<T>,
  context: Pick<ToolContext, 'signal' | 'deadline' | 'now' | 'log'>,
  { random = Math.random, wait = defaultWait }: Pick<HandlerPorts, 'random' | 'wait'>,
): Promise<T> {
  for (let made = 0; ; made += 1) {
    try {
      return await attempt();
    } catch (error) {
      const backoffMs = Math.min(MAX_BACKOFF_MS, BACKOFF_MS * 2 ** made) * (0.5 + random() / 2);
      const waitMs = Math.max(askedWaitMs(error), Math.round(backoffMs));
      const isInTime = context.now() + waitMs < context.deadline;
      if (made >= retries || !isPassing(error) || !isInTime || context.signal.aborted) throw error;
      context.log.debug('an attempt failed and is repeated', {
        code: (error as { code?: unknown }).code,
        waitMs,
      });
      await wait(waitMs, context.signal);
    }
  }
}

/** By the properties of the error, not by its class: a plugin may have a copy of our packages, or none. */
function isPassing(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { retryable, code } = error as { retryable?: unknown; code?: unknown };
  return retryable === true || (typeof code === 'string' && PASSING_CODES.has(code));
}

function askedWaitMs(error: unknown): number {
  const { retryAfterMs } = (error ?? {}) as { retryAfterMs?: unknown };
  return typeof retryAfterMs === 'number' && Number.isFinite(retryAfterMs) ? retryAfterMs : 0;
}

async function defaultWait(ms: number, signal: AbortSignal): Promise<void> {
  await sleep(ms, undefined, { signal });
}
