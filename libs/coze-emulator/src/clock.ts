import { setImmediate as nextTurn } from 'node:timers/promises';

/** Time as the emulator sees it. */
export interface EmulatorClock {
  /** Unix time in milliseconds. */
  nowMs(): number;
  /** Waits on this clock. */
  sleep(ms: number): Promise<void>;
  /** Moves the time; what was waiting goes on in order. A clock without it moves by itself. */
  advance?(ms: number): Promise<void>;
  /** Whether clients live on the same time, so that how fast they poll can be judged. */
  readonly isShared: boolean;
}

/**
 * How time passes: `auto` waiting moves the time and takes none, `manual` time moves only by `advance` or
 * `POST /__emu/clock`, `real` the clock of the machine.
 */
export type ClockMode = 'auto' | 'manual' | 'real';

/** 2026-01-01T00:00:00Z: where virtual time begins. */
const VIRTUAL_START_MS = 1_767_225_600_000;

/** A clock of the given mode. */
export function createClock(mode: ClockMode): EmulatorClock {
  if (mode === 'real') return realClock();
  return mode === 'manual' ? manualClock() : autoClock();
}

function autoClock(): EmulatorClock {
  let nowMs = VIRTUAL_START_MS;
  const pass = async (ms: number) => {
    nowMs += ms;
  };
  return { nowMs: () => nowMs, sleep: pass, advance: pass, isShared: false };
}

interface Sleeper {
  atMs: number;
  wake(): void;
}

function manualClock(): EmulatorClock {
  let nowMs = VIRTUAL_START_MS;
  let sleepers: Sleeper[] = [];
  return {
    nowMs: () => nowMs,
    sleep: (ms) =>
      ms <= 0 ? Promise.resolve() : new Promise((wake) => sleepers.push({ atMs: nowMs + ms, wake })),
    async advance(ms) {
      const endMs = nowMs + ms;
      for (;;) {
        // What was woken may sleep again before the end.
        await nextTurn();
        const next = sleepers.toSorted((a, b) => a.atMs - b.atMs)[0];
        if (next === undefined || next.atMs > endMs) break;
        sleepers = sleepers.filter((sleeper) => sleeper !== next);
        nowMs = next.atMs;
        next.wake();
      }
      nowMs = endMs;
    },
    isShared: true,
  };
}

function realClock(): EmulatorClock {
  return {
    nowMs: () => Date.now(),
    sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    isShared: true,
  };
}
