import { setTimeout } from 'node:timers/promises';
import type { Log } from '@cozecut/plugin-host';
import type { Retention, Store } from '@cozecut/store';

/** Sweeps that come again and again. */
export interface Sweeps {
  /** Ends them; resolves when none is under way. */
  close(): Promise<void>;
}

/** How a server keeps house. */
export interface SweepOptions {
  store: Pick<Store, 'sweep'>;
  retention: Retention;
  /** Time between the end of one sweep and the next, in milliseconds; without it there is one at the start only. */
  everyMs: number | undefined;
  log: Log;
  /** What else has to be removed; gets the folders of the drafts that went. */
  also(folders: readonly string[]): Promise<void>;
  /** Ends after some time, or with an error when the signal is aborted; a timer when left out. */
  wait?(ms: number, signal: AbortSignal): Promise<void>;
}

/** Removes now and then what is too old and what ended processes left; several servers may do so at once. */
export function startSweeps(options: SweepOptions): Sweeps {
  const { store, retention, everyMs, log, also, wait = pause } = options;
  const stop = new AbortController();

  async function loop(): Promise<void> {
    while (!stop.signal.aborted) {
      await once().catch((error) => {
        if (!stop.signal.aborted) log.warn('the store was not swept', { error: String(error) });
      });
      if (everyMs === undefined) return;
      await wait(everyMs, stop.signal).catch(() => undefined);
    }
  }

  async function once(): Promise<void> {
    const { folders, ...counts } = await store.sweep(retention);
    await also(folders);
    const removed = Object.fromEntries(Object.entries(counts).filter(([, count]) => count > 0));
    if (Object.keys(removed).length > 0) log.info('the store was swept', removed);
  }

  const looped = loop();
  return {
    async close() {
      stop.abort();
      await looped;
    },
  };
}

/** Longest time that a timer takes. */
const MAX_TIMER_MS = 2 ** 31 - 1;

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await setTimeout(Math.min(ms, MAX_TIMER_MS), undefined, { signal, ref: false });
}
