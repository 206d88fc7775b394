import { localError } from './errors.ts';
import type { CallOptions, Clock } from './ports.ts';

/**
 * Runs `use` with a signal that is aborted by the caller or by the deadline, whichever is first, and leaves neither
 * timer nor listener behind. Rejects at once then, also when `use` does not listen.
 *
 * @throws CozeError ABORTED, DEADLINE_EXCEEDED
 */
export async function withDeadline<T>(
  defaults: { clock: Clock; deadlineMs: number },
  operation: string,
  call: CallOptions,
  use: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const deadlineMs = call.deadlineMs ?? defaults.deadlineMs;
  const control = new AbortController();
  const stop = () => {
    control.abort(localError('ABORTED', 'aborted by the caller', { operation, cause: call.signal?.reason }));
  };
  if (call.signal?.aborted) stop();
  call.signal?.addEventListener('abort', stop, { once: true });
  const cancelTimer = defaults.clock.after(deadlineMs, () => {
    control.abort(localError('DEADLINE_EXCEEDED', `no answer within ${deadlineMs} ms`, { operation }));
  });
  try {
    return await new Promise<T>((resolve, reject) => {
      const fail = () => reject(control.signal.reason);
      if (control.signal.aborted) return fail();
      control.signal.addEventListener('abort', fail, { once: true });
      use(control.signal).then(resolve, reject);
    });
  } finally {
    cancelTimer();
    call.signal?.removeEventListener('abort', stop);
  }
}
