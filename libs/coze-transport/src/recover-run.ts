import { withDeadline } from './deadline.ts';
import type { CallOptions, Clock } from './ports.ts';
import { wait } from './wait.ts';
import type { RunHistory, RunRef } from './workflow.ts';

const POLL_MS = 1_000;
/** A synchronous run may take ten minutes. */
const DEADLINE_MS = 600_000;

/**
 * Waits until a run is at rest. A run that waits for an answer is at rest, whatever
 * its status says: which one it has then is not known.
 *
 * @throws CozeError
 */
export function recoverRun(
  options: { clock: Clock; history(run: RunRef, call: CallOptions): Promise<RunHistory> },
  run: RunRef,
  call: CallOptions,
): Promise<RunHistory> {
  const { clock } = options;
  const limits = { clock, deadlineMs: DEADLINE_MS };
  return withDeadline(limits, 'GET /v1/workflows/run_histories', call, async (signal) => {
    for (;;) {
      const history = await options.history(run, { signal });
      if (history.status !== 'running' || history.interrupt) return history;
      await wait(clock, POLL_MS, signal);
    }
  });
}
