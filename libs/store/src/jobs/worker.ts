import type { Engine } from '../engine/engine.ts';
import type {
  AttemptEnd,
  JobChange,
  JobError,
  JobLease,
  JobStore,
  JobWorker,
  JobWorkerOptions,
} from '../types.ts';
import { cancelTopic, QUEUE_TOPIC, TOO_LATE } from './rows.ts';

const LEASE_MS = 15_000;
/** A worker looks on its own so often: for jobs whose process is gone, and in case a message was lost. */
const LOOK_MS = 2_000;

/** Why a running job is aborted. */
type Reason = 'cancel' | 'deadline' | 'lost' | 'stop';

/** See `Store.work`. */
export function startWorker(
  { engine, jobs, now }: { engine: Engine; jobs: JobStore; now(): number },
  { run, concurrency, maxRunningPerOwner, leaseMs = LEASE_MS, onError }: JobWorkerOptions,
): JobWorker {
  const subscription = engine.bus.subscribe(QUEUE_TOPIC);
  const stopping = new AbortController();
  const running = new Map<Promise<void>, (reason: Reason) => void>();

  async function loop(): Promise<void> {
    for (let recoverAt = 0; !stopping.signal.aborted; ) {
      try {
        if (performance.now() >= recoverAt) {
          await jobs.recover();
          recoverAt = performance.now() + LOOK_MS;
        }
        const waitMs = running.size < concurrency ? await untilDue() : LOOK_MS;
        const next = waitMs > 0 ? undefined : await claim();
        if (next !== undefined) begin(next);
        else await subscription.next({ timeoutMs: waitMs || LOOK_MS, signal: stopping.signal });
      } catch (error) {
        if (stopping.signal.aborted) return;
        onError(error);
        await subscription.next({ timeoutMs: LOOK_MS, signal: stopping.signal });
      }
    }
  }

  const claim = () =>
    jobs.claim({ leaseMs, ...(maxRunningPerOwner === undefined ? {} : { maxRunningPerOwner }) });

  /** Milliseconds until the next job is due; 0 when one is, and no more than it is time to look again. */
  async function untilDue(): Promise<number> {
    const due = await jobs.nextDue();
    return due === undefined ? LOOK_MS : Math.min(Math.max(due - now(), 0), LOOK_MS);
  }

  function begin(leased: JobLease): void {
    const controller = new AbortController();
    let why: Reason | undefined;
    const abort = (reason: Reason) => {
      why ??= reason;
      controller.abort(new Error(`the job was stopped: ${why}`));
    };
    const ended = attempt(leased, controller.signal, abort, () => why)
      .catch(onError)
      .finally(() => {
        running.delete(ended);
        engine.bus.wake(QUEUE_TOPIC);
      });
    running.set(ended, abort);
  }

  async function attempt(
    { job, lease }: JobLease,
    signal: AbortSignal,
    abort: (reason: Reason) => void,
    why: () => Reason | undefined,
  ): Promise<void> {
    // One write after the other: progress must not overtake the end.
    let writes: Promise<unknown> = Promise.resolve();
    const progress = (change: JobChange) => {
      writes = writes.then(() => jobs.progress(job.id, change, lease)).catch(onError);
    };
    const ended = new AbortController();
    const alive = keepAlive({ id: job.id, lease, signal: ended.signal }, abort);
    const deadline =
      job.deadline === undefined
        ? undefined
        : setTimeout(abort, Math.min(job.deadline - now(), 2 ** 31 - 1), 'deadline');
    let end: AttemptEnd;
    try {
      end = await run(job, { signal, progress });
    } catch (error) {
      end = { error: faultOf(error), retry: true };
    } finally {
      clearTimeout(deadline);
      ended.abort();
    }
    await alive;
    await writes;
    await keep(job.id, lease, end, why());
  }

  /** Shows that the process is there, and looks whether the job is to go on, until the signal is aborted. */
  async function keepAlive(
    { id, lease, signal }: { id: string; lease: string; signal: AbortSignal },
    abort: (reason: Reason) => void,
  ): Promise<void> {
    const wakes = engine.bus.subscribe(cancelTopic(id));
    try {
      for (let renewAt = performance.now() + leaseMs / 3; !signal.aborted; ) {
        await wakes.next({ timeoutMs: renewAt - performance.now(), signal });
        if (signal.aborted) return;
        try {
          if (performance.now() >= renewAt) {
            renewAt = performance.now() + leaseMs / 3;
            const answer = await jobs.renew(id, lease, leaseMs);
            if (answer !== 'go on') abort(answer);
          } else if ((await jobs.get(id))?.cancelRequested) abort('cancel');
        } catch (error) {
          onError(error);
        }
      }
    } finally {
      wakes.close();
    }
  }

  async function keep(id: string, lease: string, end: AttemptEnd, why: Reason | undefined): Promise<void> {
    if (why === 'lost') return;
    // Work that came to its end all the same is not thrown away.
    if ('output' in end) await jobs.finish(id, end, lease);
    else if (why === 'cancel') await jobs.cancelled(id, lease);
    else if (why === 'deadline') await jobs.finish(id, { error: TOO_LATE }, lease);
    else if (why === 'stop') await jobs.release(id, lease);
    else if ('retry' in end) await jobs.failAttempt(id, lease, end.error);
    else await jobs.finish(id, end, lease);
  }

  const ended = loop().finally(() => subscription.close());
  return {
    get running() {
      return running.size;
    },
    async stop(graceMs) {
      stopping.abort();
      await ended;
      const grace = setTimeout(() => {
        for (const abort of running.values()) abort('stop');
      }, graceMs);
      await Promise.allSettled(running.keys());
      clearTimeout(grace);
    },
  };
}

function faultOf(error: unknown): JobError {
  const { code, message } = error as { code?: unknown; message?: unknown };
  return {
    code: typeof code === 'string' ? code : 'INTERNAL',
    message: typeof message === 'string' ? message : 'the tool failed',
    problems: [],
  };
}
