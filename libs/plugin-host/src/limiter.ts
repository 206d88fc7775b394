/** Runs a wait without the place that the task has, and takes a place again afterwards. */
export type Outside = <T>(wait: () => Promise<T>) => Promise<T>;

/** Runs tasks, a number of them at once. A task that waits its turn ends with the reason of an aborted signal. */
export type Limiter = <T>(signal: AbortSignal, task: (outside: Outside) => Promise<T>) => Promise<T>;

/** Runs at most `limit` tasks at once; the others wait in order. */
export function createLimiter(limit: number): Limiter {
  let running = 0;
  const waiting: (() => void)[] = [];

  async function enter(signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    if (running < limit) {
      running += 1;
      return;
    }
    await new Promise<void>((resolve, reject) => {
      const turn = () => {
        signal.removeEventListener('abort', giveUp);
        resolve();
      };
      const giveUp = () => {
        waiting.splice(waiting.indexOf(turn), 1);
        reject(signal.reason);
      };
      waiting.push(turn);
      signal.addEventListener('abort', giveUp, { once: true });
    });
  }

  function leave(): void {
    // The place goes straight to the next in line, so that nobody can slip in between.
    const next = waiting.shift();
    if (next === undefined) running -= 1;
    else next();
  }

  return async (signal, task) => {
    await enter(signal);
    let hasPlace = true;
    let isOver = false;
    const outside: Outside = async (wait) => {
      if (!hasPlace) return wait();
      hasPlace = false;
      leave();
      try {
        return await wait();
      } finally {
        if (!isOver) {
          await enter(signal);
          // A task that was over before its turn came has no use for a place.
          if (isOver) leave();
          else hasPlace = true;
        }
      }
    };
    try {
      return await task(outside);
    } finally {
      isOver = true;
      if (hasPlace) leave();
    }
  };
}
