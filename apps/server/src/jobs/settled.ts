import type { ToolError } from '@cozecut/plugin-host';
import type { Job, Store } from '@cozecut/store';

/** Whether a job has ended. */
export function hasEnded({ state }: Job): boolean {
  return state !== 'queued' && state !== 'running';
}

/** Why a job has come to nothing, for whoever waited for it. */
export function failureOf({ state, error }: Job): ToolError | undefined {
  if (state === 'failed') return error as ToolError;
  return state === 'cancelled'
    ? { code: 'CANCELLED', message: 'the job was cancelled', problems: [] }
    : undefined;
}

/** How long a caller waits until it is known what a job works on. */
const KNOWN_WITHIN_MS = 10_000;

/**
 * The state of a job after at most `waitMs`, or as soon as it waits for an answer itself: quick work is answered whole,
 * slow work with what is known. Where
 * something has to be known in any case, such as the drafts, the wait goes on for it.
 */
export async function settledWithin(
  store: Store,
  job: Job,
  waitMs: number,
  isKnown: (job: Job) => boolean = () => true,
  gone?: AbortSignal,
): Promise<Job> {
  const isSettled = (now: Job) => hasEnded(now) || (now.phase === 'waiting' && isKnown(now));
  if (isSettled(job)) return job;
  const patience = AbortSignal.timeout(waitMs);
  const signal = AbortSignal.timeout(waitMs + KNOWN_WITHIN_MS);
  const stop = new AbortController();
  patience.addEventListener('abort', async () => {
    const now = await store.jobs.get(job.id).catch(() => undefined);
    if (now === undefined || isKnown(now)) stop.abort();
  });
  const watched = store.events.watch(`job:${job.id}`, {
    after: 0,
    signal: AbortSignal.any([signal, stop.signal, ...(gone === undefined ? [] : [gone])]),
  });
  for await (const _event of watched) {
    const now = await store.jobs.get(job.id);
    if (now !== undefined && (isSettled(now) || (patience.aborted && isKnown(now)))) return now;
  }
  return (await store.jobs.get(job.id)) ?? job;
}
