import type { Answer, Answerer, CallOptions, CallResult, Host, Log, Question } from '@cozecut/plugin-host';
import { UserError } from '@cozecut/problems';
import type { Job, JobStore } from '@cozecut/store';

/** A running process shows a sign of life this often; see {@link ABANDONED_MS}. */
const HEARTBEAT_MS = 5_000;
/** A job that was silent for so long belongs to a process that is gone. */
export const ABANDONED_MS = 60_000;
/** A question that nobody has answered for so long ends its job. */
const ANSWER_MS = 30 * 60_000;

/** Tool calls that go on after their caller was answered. */
export interface Jobs {
  /** Starts a tool; `ended` resolves when it is done and never rejects. */
  start(tool: string, input: unknown, options: CallOptions): Promise<{ job: Job; ended: Promise<Job> }>;
  /** What a job waits to be told; only jobs of this process are known. */
  question(id: string): Question | undefined;
  /** Answers that question. @throws UserError JOB_NOT_WAITING */
  answer(id: string, answer: Answer): void;
  /** Stops what runs and waits until its end is on record. */
  close(): Promise<void>;
}

/** Runs jobs in this process and keeps their state in the store. */
export function createJobs(host: Host, store: JobStore, log: Log): Jobs {
  const closing = new AbortController();
  const running = new Set<Promise<Job>>();
  const open = new Map<string, { question: Question; answer(answer: Answer): void }>();

  /** Parks the call until whoever started the job answers. */
  function callerOf(id: string, write: (change: { phase: string; message: string }) => void): Answerer {
    return {
      who: 'caller',
      ask: async (question, signal) => {
        const { promise, resolve, reject } = Promise.withResolvers<Answer>();
        const leave = () => reject(signal.reason);
        const late = () =>
          reject(new UserError('ANSWER_MISSING', `nobody answered for ${ANSWER_MS / 60_000} minutes`));
        const timer = setTimeout(late, ANSWER_MS);
        signal.addEventListener('abort', leave, { once: true });
        open.set(id, { question, answer: resolve });
        write({ phase: 'waiting', message: question.text });
        try {
          return await promise;
        } finally {
          clearTimeout(timer);
          signal.removeEventListener('abort', leave);
          open.delete(id);
          write({ phase: 'running', message: '' });
        }
      },
    };
  }

  async function run(job: Job, input: unknown, options: CallOptions): Promise<Job> {
    // One write after the other: progress must not overtake the end.
    let writes = Promise.resolve();
    const write = (change: Parameters<JobStore['progress']>[1]) => {
      writes = writes.then(
        () => store.progress(job.id, change),
        (error) => log.error('job progress was not kept', { job: job.id, error: String(error) }),
      );
    };
    const heartbeat = setInterval(() => write({}), HEARTBEAT_MS);
    const result: CallResult = await host.call(job.tool, input, {
      ...options,
      signal: closing.signal,
      onProgress: (progress) => write(progress),
      answerer: callerOf(job.id, write),
    });
    clearInterval(heartbeat);
    await writes.catch(() => undefined);
    return store.finish(job.id, result.ok ? { output: result.output } : { error: result.error });
  }

  return {
    async start(tool, input, options) {
      const job = await store.start(tool);
      const ended = run(job, input, options);
      running.add(ended);
      ended
        .catch((error) => log.error('the end of a job was not kept', { job: job.id, error: String(error) }))
        .finally(() => running.delete(ended));
      return { job, ended };
    },
    question: (id) => open.get(id)?.question,
    answer(id, answer) {
      const waiting = open.get(id);
      if (waiting === undefined) {
        throw new UserError('JOB_NOT_WAITING', 'the job does not wait for an answer', {
          hint: `GET /v1/jobs/${id} has "question" while it does`,
        });
      }
      // A second answer to the same question is none.
      open.delete(id);
      waiting.answer(answer);
    },
    async close() {
      closing.abort();
      await Promise.allSettled(running);
    },
  };
}

/** The state of a job after at most `waitMs`: quick work is answered whole, slow work with what is known. */
export async function settledWithin(
  ended: Promise<Job>,
  waitMs: number,
  current: () => Promise<Job>,
): Promise<Job> {
  const timer = Promise.withResolvers<undefined>();
  const handle = setTimeout(() => timer.resolve(undefined), waitMs);
  try {
    return (await Promise.race([ended, timer.promise])) ?? (await current());
  } finally {
    clearTimeout(handle);
  }
}
