import { UserError } from '@cozecut/problems';
import type { Job, JobEvent, JobState, Store, StoredEvent } from '@cozecut/store';

/** A job as commands show it; the keys are those of the server. */
export interface JobOutput {
  job_id: string;
  owner: string;
  tool: string;
  status: JobState;
  /** 0..1 */
  progress: number;
  phase: string;
  message: string;
  attempt: number;
  max_attempts: number;
  drafts: { draft_id: string; folder_path: string }[];
  created_at: string;
  modified_at: string;
  output?: unknown;
  error?: Job['error'];
}

/** Something that happened to a job. */
export interface JobEventOutput {
  id: number;
  at: string;
  status: JobState;
  progress: number;
  phase: string;
  message: string;
  attempt: number;
  error?: Job['error'];
}

/** How many events are read at once. */
const PAGE = 500;
const ENDED: ReadonlySet<JobState> = new Set(['succeeded', 'failed', 'cancelled']);

/** A job with the keys of the server. */
export function jobOutput(job: Job): JobOutput {
  return {
    job_id: job.id,
    owner: job.owner,
    tool: job.tool,
    status: job.state,
    progress: job.fraction,
    phase: job.phase,
    message: job.message,
    attempt: job.attempt,
    max_attempts: job.maxAttempts,
    drafts: job.drafts.map(({ draftId, folder }) => ({ draft_id: draftId, folder_path: folder })),
    created_at: new Date(job.createdAt).toISOString(),
    modified_at: new Date(job.modifiedAt).toISOString(),
    ...(job.output === undefined ? {} : { output: job.output }),
    ...(job.error === undefined ? {} : { error: job.error }),
  };
}

/** @throws UserError JOB_NOT_FOUND */
export async function jobNamed({ jobs }: Store, id: string): Promise<Job> {
  return (await jobs.get(id)) ?? missing(id);
}

/** Ends a queued job at once and asks a running one to end. @throws UserError JOB_NOT_FOUND, JOB_ENDED */
export async function cancelJob(store: Store, id: string): Promise<Job> {
  const { state } = await jobNamed(store, id);
  if (ENDED.has(state))
    throw new UserError('JOB_ENDED', `the job ${id} has ended already (it ${wordOf(state)})`);
  return (await store.jobs.cancel(id)) ?? missing(id);
}

/**
 * Puts a new job into the queue that does what an old one was to do.
 *
 * @throws UserError JOB_NOT_FOUND, and what `retryRequest` throws.
 */
export async function retryJob(store: Store, id: string): Promise<Job> {
  const { retryRequest } = await import('@cozecut/store');
  return store.jobs.enqueue(retryRequest(await jobNamed(store, id)));
}

/**
 * What happened to a job, in order.
 *
 * @param follow - Waits for what happens, until the job has ended or this is aborted.
 * @throws UserError JOB_NOT_FOUND
 */
export async function* jobEvents(
  store: Store,
  id: string,
  follow?: AbortSignal,
): AsyncGenerator<JobEventOutput> {
  const { state } = await jobNamed(store, id);
  const topic = `job:${id}`;
  if (follow === undefined || ENDED.has(state)) {
    for (let after = 0; ; ) {
      const events = await store.events.read(topic, { after, limit: PAGE });
      yield* events.map(eventOutput);
      if (events.length < PAGE) return;
      after = events.at(-1)!.id;
    }
  }
  for await (const event of store.events.watch(topic, { after: 0, signal: follow })) {
    const shown = eventOutput(event);
    yield shown;
    if (ENDED.has(shown.status)) return;
  }
}

function eventOutput({ id, at, data }: StoredEvent): JobEventOutput {
  const { state, fraction, phase, message, attempt, error } = data as JobEvent;
  return {
    id,
    at: new Date(at).toISOString(),
    status: state,
    progress: fraction,
    phase,
    message,
    attempt,
    ...(error === undefined || error === null ? {} : { error }),
  };
}

function wordOf(state: JobState): string {
  return state === 'queued' || state === 'running'
    ? `is ${state}`
    : state === 'cancelled'
      ? 'was cancelled'
      : state;
}

function missing(id: string): never {
  throw new UserError('JOB_NOT_FOUND', `there is no job ${JSON.stringify(id)}`, {
    hint: '`cozecut job list` names them',
  });
}
