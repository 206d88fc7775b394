/**
 * Runs a task that is told when the person or the system wants the program to end, so that it can clear up first.
 * A second signal ends the program at once.
 *
 * @param stopped - Aborted when the person has said so in another way: then the first signal is the second.
 */
export async function interruptible<T>(
  task: (signal: AbortSignal) => Promise<T>,
  stopped?: AbortSignal,
): Promise<T> {
  const interrupt = new AbortController();
  const leaveSignals = () => {
    process.removeListener('SIGINT', stop);
    process.removeListener('SIGTERM', stop);
  };
  const stop = () => {
    leaveSignals();
    interrupt.abort();
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  stopped?.addEventListener('abort', stop, { once: true });
  if (stopped?.aborted) stop();
  try {
    return await task(interrupt.signal);
  } finally {
    leaveSignals();
    stopped?.removeEventListener('abort', stop);
  }
}
