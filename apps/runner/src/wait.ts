import { type Clock, CozeError } from '@cozecut/coze-transport';

/** Waits on a clock. @throws CozeError ABORTED when the signal is aborted first. */
export function wait(clock: Clock, ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      cancel();
      reject(new CozeError('ABORTED', 'stopped by the person', { operation: 'wait', retry: 'never' }));
    };
    const cancel = clock.after(ms, () => {
      signal.removeEventListener('abort', stop);
      resolve();
    });
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
  });
}
