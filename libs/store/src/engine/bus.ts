/** Wakes those who wait for a topic; what woke them is looked up in the database. */
export interface Bus {
  /** Wakes those in this process who wait for the topic. */
  wake(topic: string): void;
  /** Wakes everybody in this process. */
  wakeAll(): void;
  /**
   * Tickets of a topic: `next` resolves at the first wake after the ticket before was taken, so that nothing that
   * happens between a look and a wait is missed.
   */
  subscribe(topic: string): Subscription;
}

/** One who waits for a topic again and again. */
export interface Subscription {
  /** Resolves when the topic was woken since the last call, when the time is over, or when the signal is aborted. */
  next(options: { timeoutMs: number; signal?: AbortSignal | undefined }): Promise<void>;
  close(): void;
}

/** @param onWaiting - Told whether somebody waits, when that changes. */
export function createBus(onWaiting: (isWaited: boolean) => void = () => undefined): Bus {
  const topics = new Map<string, Set<() => void>>();
  let waiting = 0;

  return {
    wake(topic) {
      for (const wake of topics.get(topic) ?? []) wake();
    },
    wakeAll() {
      for (const wakes of topics.values()) for (const wake of wakes) wake();
    },
    subscribe(topic) {
      let woken = false;
      let resume: (() => void) | undefined;
      const wake = () => {
        woken = true;
        resume?.();
      };
      const wakes = topics.get(topic) ?? new Set();
      topics.set(topic, wakes.add(wake));
      if (++waiting === 1) onWaiting(true);
      let isOpen = true;
      return {
        async next({ timeoutMs, signal }) {
          if (!woken && !signal?.aborted) {
            const { promise, resolve } = Promise.withResolvers<void>();
            resume = resolve;
            const timer = setTimeout(resolve, Math.min(Math.max(timeoutMs, 0), 2 ** 31 - 1));
            signal?.addEventListener('abort', wakeUp, { once: true });
            await promise;
            clearTimeout(timer);
            signal?.removeEventListener('abort', wakeUp);
            resume = undefined;
          }
          woken = false;
          function wakeUp() {
            resume?.();
          }
        },
        close() {
          if (!isOpen) return;
          isOpen = false;
          resume?.();
          wakes.delete(wake);
          if (wakes.size === 0) topics.delete(topic);
          if (--waiting === 0) onWaiting(false);
        },
      };
    },
  };
}
