/** Time as the emulator sees it. */
export interface EmulatorClock {
  /** Unix time in milliseconds. */
  nowMs(): number;
  sleep(ms: number): Promise<void>;
}

/** 2026-01-01T00:00:00Z: where virtual time begins. */
const VIRTUAL_START_MS = 1_767_225_600_000;

/** A clock on which waiting moves the time and takes none. */
export function virtualClock(): EmulatorClock {
  let nowMs = VIRTUAL_START_MS;
  return {
    nowMs: () => nowMs,
    async sleep(ms) {
      nowMs += ms;
    },
  };
}

/** The clock of the machine, for clients with timers of their own. */
export function realClock(): EmulatorClock {
  return {
    nowMs: () => Date.now(),
    sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  };
}
