import { setTimeout as delay } from 'node:timers/promises';
import type { CallResult, Log, ToolError } from '@cozecut/plugin-host';
import { isUserError } from '@cozecut/problems';
import { type Job, type JobChange, type JobLease, onceKey, type Store } from '@cozecut/store';
import type { Calls } from '../calls.ts';
import { withFields } from '../http/request-log.ts';
import type { Metrics } from '../metrics.ts';
import type { Questions } from './questions.ts';
import { hasEnded } from './settled.ts';
import { WEBHOOK_TOOL } from './webhook.ts';

/** A job is somebody else's after so long without a sign of life. */
export const LEASE_MS = 15_000;
/** Jobs that other processes queue are looked for so often. */
const LOOK_MS = 1_000;

/** What a job remembers beside its input. */
export interface JobContext {
  /** Id of the request that asked for it. */
  requestId?: string;
  /** Address that is told of the end. */
  webhook?: string;
}

/** Works on the jobs of the queue. */
export interface Worker {
  /** Looks for work at once: something was queued. */
  wake(): void;
  /**
   * Goes on with work that was begun as a request: keeps its lease up, and puts on record how it ends.
   *
   * @param stop - Aborted when the work is to end.
   */
  adopt(lease: JobLease, stop: AbortController, work: Promise<CallResult>): void;
  /** Takes no more jobs; those that run end, or go back into the queue when they take too long. */
  close(graceMs: number): Promise<void>;
}

/** What a worker is made of. */
export interface WorkerOptions {
  store: Store;
  calls: Calls;
  questions: Questions;
  metrics: Metrics;
  log: Log;
  /** Jobs of this process that run at once; as many again of owners that have none running. */
  concurrency: number;
  /** Told of every job that has ended here. */
  onEnd(job: Job): Promise<void>;
  /** Tells an address about the end of a job; returns what went wrong, or nothing. */
  deliver(job: Job, signal: AbortSignal): Promise<ToolError | undefined>;
}

/** Starts to work on the queue of a store; every process that serves does. */
export function startWorker(options: WorkerOptions): Worker {
  const { store, log, metrics, concurrency } = options;
  const running = new Map<Promise<void>, AbortController>();
  /** Jobs that were taken from the queue; work that was begun as a request keeps none of them out. */
  let taken = 0;
  let isClosing = false;
  let wake = Promise.withResolvers<void>();

  async function loop(): Promise<void> {
    while (!isClosing) {
      const claimed = await claim();
      if (claimed === undefined) await pause();
      else {
        taken += 1;
        void begin(claimed, new AbortController(), fromQueue(claimed, options)).finally(() => {
          taken -= 1;
          wake.resolve();
        });
      }
    }
  }

  async function claim(): Promise<JobLease | undefined> {
    if (taken >= 2 * concurrency) return undefined;
    // Long jobs of one owner keep nobody else waiting.
    const others = taken < concurrency ? {} : { maxRunningPerOwner: 1 };
    try {
      await store.jobs.recover();
      return await store.jobs.claim({ leaseMs: LEASE_MS, ...others });
    } catch (error) {
      log.error('the queue cannot be read', { error: String(error) });
      return undefined;
    }
  }

  function begin(lease: JobLease, stop: AbortController, perform: Perform): Promise<void> {
    const ended = work(lease, stop, perform, options, () => isClosing)
      .catch((error) => log.error('a job was lost', { job: lease.job.id, error: String(error) }))
      .finally(() => {
        running.delete(ended);
        metrics.runningJobs(running.size);
      });
    running.set(ended, stop);
    metrics.runningJobs(running.size);
    return ended;
  }

  async function pause(): Promise<void> {
    const timer = setTimeout(() => wake.resolve(), LOOK_MS);
    await wake.promise;
    clearTimeout(timer);
    wake = Promise.withResolvers();
  }

  const looped = loop();
  return {
    wake: () => wake.resolve(),
    adopt: (lease, stop, going) => void begin(lease, stop, () => going),
    async close(graceMs) {
      isClosing = true;
      wake.resolve();
      await looped;
      const timer = setTimeout(() => {
        for (const stop of running.values()) stop.abort();
      }, graceMs);
      await Promise.all(running.keys());
      clearTimeout(timer);
    },
  };
}

/** Does the work of a job; `isParked` says whether it was stopped to be gone on with later. */
type Perform = (stop: AbortController, isParked: () => boolean) => Promise<CallResult>;

/** Work that was waiting. */
function fromQueue({ job, lease }: JobLease, options: WorkerOptions): Perform {
  return (stop, isParked) =>
    job.tool === WEBHOOK_TOOL ? tell(job, stop, options) : run(job, lease, stop, options, isParked);
}

async function work(
  { job, lease }: JobLease,
  stop: AbortController,
  perform: Perform,
  options: WorkerOptions,
  isClosing: () => boolean,
): Promise<void> {
  const { jobs } = options.store;
  let isCancelled = false;
  let isLost = false;
  const alive = setInterval(async () => {
    const verdict = await jobs.renew(job.id, lease, LEASE_MS).catch(() => 'go on' as const);
    isCancelled ||= verdict === 'cancel';
    isLost ||= verdict === 'lost';
    if (verdict !== 'go on') stop.abort();
  }, LEASE_MS / 10);
  try {
    const isParked = () => isClosing() && stop.signal.aborted && !isCancelled;
    const result = await perform(stop, isParked);
    if (isLost) return;
    if (isCancelled) return await jobs.cancelled(job.id, lease);
    if (isParked()) return await jobs.release(job.id, lease);
    const ended = await whileAway(() => end(result), stop.signal);
    if (!hasEnded(ended)) return;
    if (ended.state === 'failed' && ended.tool === WEBHOOK_TOOL)
      options.log.warn('the end of a job was not told', { job: ended.id, error: ended.error?.message });
    await options.onEnd(ended);
  } finally {
    clearInterval(alive);
  }

  function end(result: CallResult): Promise<Job> {
    if (result.ok) return jobs.finish(job.id, { output: result.output }, lease);
    if (isWorthAnother(result.error)) return jobs.failAttempt(job.id, lease, result.error);
    return jobs.finish(job.id, { error: result.error }, lease);
  }
}

/** Calls the tool of a job. An attempt that ended with its process is done again with the same ids. */
async function run(
  job: Job,
  lease: string,
  stop: AbortController,
  { store, calls, questions, log }: WorkerOptions,
  isParked: () => boolean,
): Promise<CallResult> {
  // One write after the other: progress must not overtake the end.
  let writes: Promise<unknown> = Promise.resolve();
  let done: CallResult | undefined;
  const { requestId } = (job.context ?? {}) as JobContext;
  const note = (change: JobChange) => {
    writes = writes
      .then(() => store.jobs.progress(job.id, change, lease))
      .catch((error) => log.error('job progress was not kept', { job: job.id, error: String(error) }));
  };
  try {
    const output = await store.idempotency.run(
      onceKey(job),
      async (scope) => {
        const result = await calls.call({
          tool: job.tool,
          input: job.input,
          mode: 'cloud',
          caller: { owner: job.owner },
          signal: stop.signal,
          log: withFields(log, { job: job.id, ...(requestId === undefined ? {} : { request: requestId }) }),
          jobId: job.id,
          scope,
          answerer: questions.answererOf(job.id, note),
          ...(requestId === undefined ? {} : { requestId }),
          onProgress: note,
        });
        done = result;
        if (!result.ok) throw new Failed(result.error);
        return result.output;
      },
      {
        signal: stop.signal,
        // The next attempt is one of the same work: what this one has done is not done twice.
        isInterrupted: (error) => isParked() || (error instanceof Failed && isWorthAnother(error.failure)),
      },
    );
    return { ok: true, output };
  } catch (error) {
    if (error instanceof Failed) return { ok: false, error: error.failure };
    // The call has come to its end all the same; that of the job is put on record by itself.
    if (done !== undefined && isAway(error)) return done;
    throw error;
  } finally {
    await writes;
  }
}

/** Puts something on record as soon as the store is there: what is done is not lost because it was away. */
async function whileAway<T>(write: () => Promise<T>, signal: AbortSignal): Promise<T> {
  for (;;) {
    try {
      return await write();
    } catch (error) {
      if (!isAway(error) || signal.aborted) throw error;
      await delay(LOOK_MS, undefined, { signal }).catch(() => undefined);
    }
  }
}

function isAway(error: unknown): boolean {
  return isUserError(error) && (error.code === 'STORE_UNAVAILABLE' || error.code === 'STORE_BUSY');
}

/** Tells an address about the end of a job. */
async function tell(job: Job, stop: AbortController, options: WorkerOptions): Promise<CallResult> {
  const error = await options.deliver(job, stop.signal);
  return error === undefined ? { ok: true, output: {} } : { ok: false, error };
}

class Failed extends Error {
  readonly failure: ToolError;
  constructor(failure: ToolError) {
    super(failure.message);
    this.failure = failure;
  }
}

/** Failures that lie outside and may be over the next time. */
function isWorthAnother({ code }: ToolError): boolean {
  return /^(?:MEDIA_UNREACHABLE|MEDIA_TIMEOUT|MEDIA_TRUNCATED|UPSTREAM_UNREACHABLE|UPSTREAM_TIMEOUT|DEADLINE_EXCEEDED)$/.test(
    code,
  );
}
