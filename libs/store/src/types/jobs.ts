/** Where a job stands. */
export type JobState = 'queued' | 'running' | 'succeeded' | 'failed' | 'cancelled';

/** A tool call that goes on after its caller was answered. */
export interface Job {
  id: string;
  /** Who asked for it; see {@link LOCAL_OWNER}. */
  owner: string;
  tool: string;
  /** Input of the tool; `undefined` for a job that was started without the queue. */
  input: unknown;
  /** What its caller wants remembered beside the input, such as where to report the end; not for strangers. */
  context: unknown;
  state: JobState;
  /** 0..1 */
  fraction: number;
  phase: string;
  message: string;
  /** Output of the tool, once it succeeded. */
  output: unknown;
  /** What went wrong: why it failed, or why it is tried again. */
  error: JobError | undefined;
  /** Drafts the job works on, in order. */
  drafts: { draftId: string; folder: string }[];
  /** How often it was begun. */
  attempt: number;
  maxAttempts: number;
  /** Unix time in milliseconds before which a queued job is not begun. */
  runAt: number;
  /** Unix time in milliseconds after which the job fails, whether it was begun or not. */
  deadline: number | undefined;
  /** Whether somebody asked for its end while it was running. */
  cancelRequested: boolean;
  /** Unix time in milliseconds. */
  createdAt: number;
  /** Unix time in milliseconds. */
  modifiedAt: number;
}

/** Why a job failed; the shape of an error in every answer. */
export interface JobError {
  code: string;
  message: string;
  hint?: string;
  problems: unknown[];
}

/** What may change in a running job. */
export type JobChange = Partial<Pick<Job, 'fraction' | 'phase' | 'message' | 'drafts'>> & {
  /** Files that are being fetched; told as an event, and not kept. */
  files?: JobFile[];
};

/** How much of a file has come, in bytes. */
export interface JobFile {
  name: string;
  receivedBytes: number;
  totalBytes?: number;
}

/** How a job ended. */
export type JobEnd = { output: unknown } | { error: JobError };

/** What is put into the queue. */
export interface JobRequest {
  tool: string;
  input: unknown;
  context?: unknown;
  /** Default: {@link LOCAL_OWNER}. */
  owner?: string;
  /** How often it may be begun before it has failed; default 1. */
  maxAttempts?: number;
  /** Wait before the second attempt in milliseconds; it doubles with each further one, up to an hour. Default 1000. */
  backoffMs?: number;
  /** Unix time in milliseconds; default: now. */
  runAt?: number;
  /** Unix time in milliseconds; default: none. */
  deadline?: number;
  /** Drafts the job will work on: they are in use, and the job is found by them. */
  drafts?: { draftId: string; folder: string }[];
  /** A second request of the same owner with this text is answered with the job of the first. */
  once?: string;
}

/** A job that this process may work on until the lease ends. */
export interface JobLease {
  job: Job;
  /** Shows that the job is still ours in every later call about it. */
  lease: string;
}

/** Which jobs are listed; newest first. */
export interface JobFilter {
  limit: number;
  owner?: string;
  tool?: string;
  /** All tools but this one. */
  exceptTool?: string;
  state?: JobState;
  /** Jobs that work on a draft, or did. */
  draftId?: string;
  /** `next` of the former page, or the id of its last job while that is there. */
  before?: string;
}

/**
 * Jobs, how far they have come, and the queue they wait in. Each change of a job is an event of the topic
 * `job:ID` (`JobEvent`), on record with the change itself.
 */
export interface JobStore {
  /** Puts a running job on record that this process works on already, without the queue. */
  start(tool: string, options?: { owner?: string }): Promise<Job>;
  /**
   * Changes a running job, and is a sign of life of its process. A job whose lease is given and is no longer ours stays
   * as it is.
   */
  progress(id: string, change: JobChange, lease?: string): Promise<void>;
  /**
   * Ends a running job; a job that has ended already stays as it is, and so does one whose lease is given and is no
   * longer ours.
   */
  finish(id: string, end: JobEnd, lease?: string): Promise<Job>;
  /** The job, or nothing when there is none. With an owner, jobs of others are not there. */
  get(id: string, owner?: string): Promise<Job | undefined>;
  /** The newest job that works on the draft. */
  ofDraft(draftId: string, owner?: string): Promise<Job | undefined>;
  /** Jobs that the filter lets through, newest first, and how many there are in all. */
  list(filter: JobFilter): Promise<{ jobs: Job[]; total: number; next?: string }>;
  /** Fails the jobs of {@link JobStore.start} whose process gave no sign of life for `silentMs`; returns how many. */
  failAbandoned(silentMs: number): Promise<number>;

  /**
   * Puts work on record that this process has begun already, as a job of the queue that it has the lease of: when the
   * process ends, another one does the work again.
   *
   * @param options.seed - Of the scope that the work was begun in, so that what it has done is not done twice.
   */
  adopt(
    request: Omit<JobRequest, 'runAt' | 'once'>,
    options: { leaseMs: number; seed: string; change?: Omit<JobChange, 'drafts'> },
  ): Promise<JobLease>;
  /** Puts a job into the queue. When this is answered the job is run, whatever process ends. */
  enqueue(request: JobRequest): Promise<Job>;
  /**
   * Takes the next job that is due. Owners take turns: one with a thousand jobs waiting does not keep the next owner
   * waiting for more than one of them.
   *
   * @param options.leaseMs - The job is somebody else's after so long without {@link JobStore.renew}.
   * @param options.maxRunningPerOwner - Jobs of an owner that may run at once, over all processes; default: no limit.
   */
  claim(options: { leaseMs: number; maxRunningPerOwner?: number }): Promise<JobLease | undefined>;
  /** Sign of life. `cancel`: stop the work and call {@link JobStore.cancelled}; `lost`: the job is not ours any more. */
  renew(id: string, lease: string, leaseMs: number): Promise<'go on' | 'cancel' | 'lost'>;
  /** Notes a failed attempt: tried again after a wait when attempts and time are left, else the job has failed. */
  failAttempt(id: string, lease: string, error: JobError): Promise<Job>;
  /** Back into the queue, the attempt not counted: the process stops and another one goes on. */
  release(id: string, lease: string): Promise<void>;
  /** Notes that the work of a cancelled job has stopped. */
  cancelled(id: string, lease: string): Promise<void>;
  /**
   * Ends a queued job at once, and asks a running one to end; one that has ended stays as it is.
   *
   * @returns the job, or nothing when there is none for this owner.
   */
  cancel(id: string, owner?: string): Promise<Job | undefined>;
  /**
   * Deals with what nobody works on: jobs whose lease has ended are queued again or have failed, jobs past their
   * deadline have failed. Called by every worker now and then; returns how many jobs changed.
   */
  recover(): Promise<number>;
  /** Unix time in milliseconds at which the next queued job is due; nothing when none waits. */
  nextDue(): Promise<number | undefined>;
}

/** Data of the events of a job. */
export type JobEvent = Pick<
  Job,
  'state' | 'fraction' | 'phase' | 'message' | 'drafts' | 'attempt' | 'error' | 'output'
> & { files?: JobFile[] };
