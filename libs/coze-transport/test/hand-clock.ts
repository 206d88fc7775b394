import type { Clock } from '../src/index.ts';

/** A clock whose timers run when the test says so. */
export interface HandClock extends Clock {
  advance(ms: number): void;
  pending(): number;
}

export function handClock(startMs = 0): HandClock {
  let nowMs = startMs;
  const timers = new Set<{ at: number; run: () => void }>();
  return {
    nowMs: () => nowMs,
    after(delayMs, run) {
      const timer = { at: nowMs + delayMs, run };
      timers.add(timer);
      return () => timers.delete(timer);
    },
    advance(ms) {
      nowMs += ms;
      for (const timer of timers) {
        if (timer.at > nowMs) continue;
        timers.delete(timer);
        timer.run();
      }
    },
    pending: () => timers.size,
  };
}

/** A clock on which a wait takes no time; `waits` has how long each would have taken. */
export function patientClock(): Clock & { waits: number[]; skip: (delayMs: number) => boolean } {
  let nowMs = 0;
  const waits: number[] = [];
  const clock = {
    waits,
    /** Timers that never run: limits are not waits. */
    skip: (delayMs: number) => delayMs >= 10_000,
    nowMs: () => nowMs,
    after(delayMs: number, run: () => void) {
      if (clock.skip(delayMs)) return () => {};
      let isLive = true;
      setImmediate(() => {
        if (!isLive) return;
        waits.push(delayMs);
        nowMs += delayMs;
        run();
      });
      return () => {
        isLive = false;
      };
    },
  };
  return clock;
}
