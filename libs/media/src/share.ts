/** Runs a piece of work once for everybody who asks for it while it runs. */
export interface SharedWork<T> {
  /**
   * @param signal - Ends the waiting of this caller; the work itself is stopped when nobody waits any more.
   * @throws what `work` throws, or the reason of `signal`.
   */
  run(key: string, signal: AbortSignal | undefined, work: (signal: AbortSignal) => Promise<T>): Promise<T>;
}

/** Makes a {@link SharedWork}. */
export function createSharedWork<T>(): SharedWork<T> {
  const running = new Map<string, { result: Promise<T>; stop: AbortController; waiting: number }>();

  return {
    async run(key, signal, work) {
      signal?.throwIfAborted();
      let entry = running.get(key);
      if (!entry) {
        const stop = new AbortController();
        entry = { result: work(stop.signal), stop, waiting: 0 };
        running.set(key, entry);
      }
      entry.waiting++;
      try {
        return await orAborted(entry.result, signal);
      } finally {
        entry.waiting--;
        if (entry.waiting === 0) {
          if (running.get(key) === entry) running.delete(key);
          entry.stop.abort();
        }
      }
    },
  };
}

function orAborted<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return work;
  return new Promise((resolve, reject) => {
    const onAbort = () => reject(signal.reason);
    signal.addEventListener('abort', onAbort, { once: true });
    const settled = () => signal.removeEventListener('abort', onAbort);
    work.then(resolve, reject).then(settled, settled);
  });
}
