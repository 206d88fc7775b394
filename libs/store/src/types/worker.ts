import type { Job, JobChange, JobEnd, JobError } from './jobs.ts';

/** What a job has while it runs. */
export interface JobContext {
  /** Aborted when the job is cancelled, at its deadline, when it is somebody else's, and when the process stops. */
  signal: AbortSignal;
  /** Tells how far the job has come; does not wait until that is kept. */
  progress(change: JobChange): void;
}

/** How an attempt ended. With `retry` an error is tried again, as often as the job may be. */
export type AttemptEnd = JobEnd | { error: JobError; retry: true };

/** What a worker is made of. */
export interface JobWorkerOptions {
  /** Does the job. What it throws is an error of ours: the job is tried again when it may be. */
  run(job: Job, context: JobContext): Promise<AttemptEnd>;
  /** Jobs that run at once in this process. */
  concurrency: number;
  /** Jobs of one owner that run at once over all processes; default: no limit. */
  maxRunningPerOwner?: number;
  /** A process that gave no sign of life for so long is gone; default 15000. */
  leaseMs?: number;
  /** Told of errors that are not those of a job, such as a database that cannot be reached. */
  onError(error: unknown): void;
}

/** Takes jobs from the queue and runs them. */
export interface JobWorker {
  /** Jobs that run now. */
  readonly running: number;
  /**
   * Takes no more jobs. Those that run may end within `graceMs`; then they are aborted and go back into the queue.
   */
  stop(graceMs: number): Promise<void>;
}
