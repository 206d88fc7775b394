import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';
import type { EmulatorClock } from '@cozecut/coze-emulator';
import type { Clock } from '@cozecut/coze-transport';

interface Timer {
  atMs: number;
  order: number;
  run(): void;
}

/** One time for service and client: it stands still while anything goes on, then jumps to the next timer. */
export interface VirtualClock {
  service: EmulatorClock;
  /** A clock of one client process; after `stop` none of its timers fires. */
  client(): Clock & { stop(): void };
  /** Lets time pass until the work is done. @throws Error when nothing is left that could end it. */
  run<T>(work: Promise<T>): Promise<T>;
}

/** Turns of the event loop in which nothing happens: then everybody waits for the time. */
const QUIET_TURNS = 6;
/** Real waits, of 10 ms each, for something to happen when nobody waits for the time. */
const MAX_STUCK = 1_000;

export function createVirtualClock(): VirtualClock {
  let nowMs = 1_767_225_600_000;
  let count = 0;
  let timers: Timer[] = [];
  const after = (delayMs: number, run: () => void): (() => void) => {
    const timer = { atMs: nowMs + Math.max(0, delayMs), order: count++, run };
    timers.push(timer);
    return () => {
      timers = timers.filter((one) => one !== timer);
    };
  };
  return {
    service: {
      nowMs: () => nowMs,
      sleep: (ms) => (ms <= 0 ? Promise.resolve() : new Promise((resolve) => void after(ms, resolve))),
      isShared: true,
    },
    client() {
      let isStopped = false;
      return {
        nowMs: () => nowMs,
        after: (delayMs, run) => after(delayMs, () => (isStopped ? undefined : run())),
        stop() {
          isStopped = true;
        },
      };
    },
    async run(work) {
      let isDone = false;
      let stuck = 0;
      const end = () => {
        isDone = true;
      };
      work.then(end, end);
      for (;;) {
        for (let turn = 0; turn < QUIET_TURNS && !isDone; turn++) await nextTurn();
        if (isDone) return work;
        let next: Timer | undefined;
        for (const timer of timers) {
          const isSooner =
            next === undefined ||
            timer.atMs < next.atMs ||
            (timer.atMs === next.atMs && timer.order < next.order);
          if (isSooner) next = timer;
        }
        if (next === undefined) {
          // A module that is loaded for the first time takes real time, and no timer tells of it.
          if (++stuck > MAX_STUCK) throw new Error('everybody waits, and nothing will happen');
          await sleep(10);
          continue;
        }
        stuck = 0;
        timers = timers.filter((one) => one !== next);
        nowMs = Math.max(nowMs, next.atMs);
        next.run();
      }
    },
  };
}
