/** How many requests may be under way at once. */
export interface TurnLimits {
  maxConcurrent: number;
  maxConcurrentPerHost: number;
  maxWaiting: number;
}

/** Gives out turns. */
export interface Turns {
  /**
   * Waits for a turn of `host`. Who came first goes first, but nobody waits behind a host that is busy.
   *
   * @returns What gives the turn back; more than one call of it changes nothing.
   * @throws the reason of `signal`; what `refuse` makes when too many are waiting.
   */
  take(host: string, signal: AbortSignal, refuse: (waiting: number) => Error): Promise<() => void>;
}

/** Makes {@link Turns}. */
export function createTurns({ maxConcurrent, maxConcurrentPerHost, maxWaiting }: TurnLimits): Turns {
  const running = new Map<string, number>();
  const waiting = new Set<{ host: string; start: () => void }>();
  let total = 0;

  const isFree = (host: string) => total < maxConcurrent && (running.get(host) ?? 0) < maxConcurrentPerHost;

  function begin(host: string): () => void {
    total++;
    running.set(host, (running.get(host) ?? 0) + 1);
    let isOver = false;
    return () => {
      if (isOver) return;
      isOver = true;
      total--;
      const left = (running.get(host) ?? 1) - 1;
      if (left === 0) running.delete(host);
      else running.set(host, left);
      for (const next of waiting) {
        if (total >= maxConcurrent) return;
        if (isFree(next.host)) next.start();
      }
    };
  }

  return {
    async take(host, signal, refuse) {
      signal.throwIfAborted();
      if (isFree(host)) return begin(host);
      if (waiting.size >= maxWaiting) throw refuse(waiting.size);
      return new Promise((resolve, reject) => {
        const leave = () => {
          waiting.delete(place);
          reject(signal.reason);
        };
        const place = {
          host,
          start: () => {
            waiting.delete(place);
            signal.removeEventListener('abort', leave);
            resolve(begin(host));
          },
        };
        waiting.add(place);
        signal.addEventListener('abort', leave, { once: true });
      });
    },
  };
}
