import type { LocalCode } from './errors.ts';
import type { Clock } from './ports.ts';

/** Bounds of one stream. */
export interface StreamLimits {
  /** Longest silence, in milliseconds; also while waiting for the answer to begin. */
  idleTimeoutMs: number;
  /** Longest time with nothing but heartbeats, in milliseconds. */
  heartbeatTimeoutMs: number;
  /** Largest event, in characters. */
  maxEventChars: number;
}

/** The timers of one stream. Those that measure the service rest while the caller works on an event. */
export interface Timers {
  /** Starts to wait for bytes. */
  watch(isSettled: boolean): void;
  /** Bytes came. */
  rest(): void;
  /** An event came that is more than a heartbeat. */
  noteEvent(): void;
  /** Ends every timer. */
  stop(): void;
  /** Whether a timer ended the stream. */
  readonly isDue: boolean;
}

/** Silence after the terminal event that is taken for the end, in milliseconds. */
const LINGER_MS = 10_000;

/** Timers that call `end` once, when the first of them is due. */
export function createTimers(
  clock: Clock,
  limits: StreamLimits,
  deadlineMs: number | undefined,
  end: (code: LocalCode, message: string) => void,
): Timers {
  const { idleTimeoutMs, heartbeatTimeoutMs } = limits;
  let isDue = false;
  let stopWatch = () => {};
  // Time that was spent waiting since the last event; the time of the caller does not count.
  let waitedMs = 0;
  let watchedSinceMs: number | undefined;
  const due = (code: LocalCode, message: string) => {
    isDue = true;
    end(code, message);
  };
  const stopDeadline =
    deadlineMs === undefined
      ? () => {}
      : clock.after(deadlineMs, () =>
          due('DEADLINE_EXCEEDED', `the stream took longer than ${deadlineMs} ms`),
        );
  const rest = () => {
    stopWatch();
    if (watchedSinceMs !== undefined) waitedMs += clock.nowMs() - watchedSinceMs;
    watchedSinceMs = undefined;
  };
  return {
    watch(isSettled) {
      rest();
      watchedSinceMs = clock.nowMs();
      const idleMs = isSettled ? Math.min(LINGER_MS, idleTimeoutMs) : idleTimeoutMs;
      const leftMs = heartbeatTimeoutMs - waitedMs;
      stopWatch =
        idleMs <= leftMs
          ? clock.after(idleMs, () => due('STREAM_IDLE', `nothing arrived for ${idleMs} ms`))
          : clock.after(Math.max(0, leftMs), () =>
              due('STREAM_IDLE', `nothing but heartbeats arrived for ${heartbeatTimeoutMs} ms`),
            );
    },
    rest,
    noteEvent() {
      waitedMs = 0;
    },
    stop() {
      rest();
      stopDeadline();
    },
    get isDue() {
      return isDue;
    },
  };
}
