import type { Selectable } from 'kysely';
import type { Notify, Tx } from '../engine/engine.ts';
import { appendEvent } from '../events.ts';
import type { Tables } from '../schema/tables.ts';
import type { Job, JobEnd, JobError, JobEvent } from '../types.ts';
import { jsonOf, parsed } from '../words.ts';

/** A job as it stands in its table. */
export type JobRow = Selectable<Tables['jobs']>;

/** What is waited for by whoever waits for work. */
export const QUEUE_TOPIC = 'jobs';

/** What is waited for by whoever runs a job. */
export const cancelTopic = (id: string): string => `cancel:${id}`;

/** Topic of the events of a job. */
export const jobTopic = (id: string): string => `job:${id}`;

/** Jobs of rows, with their drafts. */
export async function withDrafts(db: Tx, rows: readonly JobRow[]): Promise<Job[]> {
  if (rows.length === 0) return [];
  const drafts = await db
    .selectFrom('job_drafts')
    .selectAll()
    .where(
      'job_id',
      'in',
      rows.map(({ id }) => id),
    )
    .orderBy('position')
    .execute();
  const byJob = Map.groupBy(drafts, ({ job_id }) => job_id);
  return rows.map((row) => fromRow(row, byJob.get(row.id) ?? []));
}

/** Changes a job and puts the change on record as an event; nothing when no row fits. */
export async function changeJob(
  tx: Tx,
  notify: Notify,
  { id, lease, set, now }: { id: string; lease?: string; set: Partial<JobRow>; now: number },
): Promise<Job | undefined> {
  const row = await tx
    .updateTable('jobs')
    .set({ ...set, modified_at: now })
    .where('id', '=', id)
    .where('state', '=', 'running')
    .$if(lease !== undefined, (query) => query.where('lease', '=', lease!))
    .returningAll()
    .executeTakeFirst();
  if (row === undefined) return undefined;
  // There is room for another job, or this one waits again.
  if (set.state !== undefined) notify(QUEUE_TOPIC);
  return told(tx, notify, row);
}

/** The job of a row that was just changed; the change is an event from now on. */
export async function told(tx: Tx, notify: Notify, row: JobRow, files?: JobEvent['files']): Promise<Job> {
  const [job] = await withDrafts(tx, [row]);
  await appendEvent(tx, notify, {
    topic: jobTopic(row.id),
    type: row.state,
    data: { ...eventOf(job!), ...(files === undefined ? {} : { files }) },
    at: row.modified_at,
  });
  return job!;
}

function eventOf({ state, fraction, phase, message, drafts, attempt, error, output }: Job): JobEvent {
  return { state, fraction, phase, message, drafts, attempt, error, output };
}

/** Puts the drafts of a job on record. */
export async function insertJobDrafts(tx: Tx, jobId: string, drafts: Job['drafts']): Promise<void> {
  if (drafts.length === 0) return;
  const rows = drafts.map(({ draftId, folder }, position) => ({
    job_id: jobId,
    position,
    draft_id: draftId,
    folder,
  }));
  await tx.insertInto('job_drafts').values(rows).execute();
}

/** Columns of a job that has ended. */
export function ended(end: JobEnd): Partial<JobRow> {
  const free = { lease: null, lease_until: null };
  if ('error' in end) {
    return { ...free, state: 'failed', error: JSON.stringify(end.error), message: end.error.message };
  }
  return {
    ...free,
    state: 'succeeded',
    output: jsonOf(end.output),
    error: null,
    fraction: 1,
    phase: 'done',
    message: '',
  };
}

/** The error of a job whose process is gone. */
export const INTERRUPTED: JobError = {
  code: 'INTERRUPTED',
  message: 'the process that worked on this ended before it was done',
  hint: 'send the call again',
  problems: [],
};

/** The error of a job that took too long. */
export const TOO_LATE: JobError = {
  code: 'DEADLINE_EXCEEDED',
  message: 'this was not done in the time that was given for it',
  problems: [],
};

function fromRow(row: JobRow, drafts: readonly { draft_id: string; folder: string }[]): Job {
  return {
    id: row.id,
    owner: row.owner,
    tool: row.tool,
    input: parsed(row.input),
    context: parsed(row.context),
    state: row.state,
    fraction: row.fraction,
    phase: row.phase,
    message: row.message,
    output: parsed(row.output),
    error: parsed(row.error) as JobError | undefined,
    drafts: drafts.map((draft) => ({ draftId: draft.draft_id, folder: draft.folder })),
    attempt: row.attempt,
    maxAttempts: row.max_attempts,
    runAt: row.run_at,
    deadline: row.deadline ?? undefined,
    cancelRequested: row.cancel_requested !== 0,
    createdAt: row.created_at,
    modifiedAt: row.modified_at,
  };
}

/** Columns of a job that is new. */
export function newJob(
  given: Pick<JobRow, 'id' | 'owner' | 'tool' | 'state' | 'phase' | 'attempt'> &
    Partial<JobRow> & { now: number; job?: { input: unknown; context: unknown } },
): Omit<JobRow, 'seq'> {
  const { now, job, ...columns } = given;
  return {
    input: jsonOf(job?.input),
    context: jsonOf(job?.context),
    fraction: 0,
    message: '',
    output: null,
    error: null,
    max_attempts: 1,
    backoff_ms: 0,
    run_at: now,
    deadline: null,
    turn: 0,
    lease: null,
    lease_until: null,
    cancel_requested: 0,
    once: null,
    created_at: now,
    modified_at: now,
    ...columns,
  };
}
