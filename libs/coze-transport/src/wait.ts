import type { Clock } from './ports.ts';

/** Waits `delayMs` on the clock. Rejects with the reason of the signal when that is aborted first. */
export function wait(clock: Clock, delayMs: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason);
    const stop = () => {
      cancelTimer();
      reject(signal?.reason);
    };
    const cancelTimer = clock.after(delayMs, () => {
      signal?.removeEventListener('abort', stop);
      resolve();
    });
    signal?.addEventListener('abort', stop, { once: true });
  });
}

/** Rejects with the reason of the signal as soon as it is aborted; call `dispose` when nobody waits any more. */
export function rejectedOnAbort(signal: AbortSignal): { promise: Promise<never>; dispose(): void } {
  let stop = () => {};
  const promise = new Promise<never>((_, reject) => {
    stop = () => reject(signal.reason);
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, { once: true });
  });
  promise.catch(() => {});
  return { promise, dispose: () => signal.removeEventListener('abort', stop) };
}
