import { isUserError } from '@cozecut/problems';
import type { EventStore, Job, JobFile, Store } from '@cozecut/store';
import { publicError } from './jobs/public-job.ts';
import { hasEnded } from './jobs/settled.ts';

/** Something that happened to a job or a draft, as it is sent to whoever watches. */
export interface LiveEvent {
  /** Watching goes on behind this one; grows with every event. */
  id: number;
  type: string;
  data: Record<string, unknown>;
}

/** What can be watched. */
export type Watched = { kind: 'job' | 'draft'; id: string };

/** What happens, and whether nothing will happen any more. */
export interface Live {
  isOver: boolean;
  /** Ends with the job, with the draft, or when the signal is aborted. */
  events: AsyncIterable<LiveEvent>;
}

/** Nothing for a draft that is not there; that the store is away is not hidden. */
export function noneWhereNotFound(error: unknown): undefined {
  if (isUserError(error) && error.code === 'DRAFT_NOT_FOUND') return undefined;
  throw error;
}

/** What happens from the event `after` on (0: from the first); nothing when the owner has no such job or draft. */
export async function watchLive(
  store: Store,
  { kind, id }: Watched,
  options: { owner?: string; after: number; signal: AbortSignal },
): Promise<Live | undefined> {
  if (kind === 'job') {
    const job = await store.jobs.get(id, options.owner);
    return job === undefined ? undefined : liveJob(store, job, options);
  }
  const drafts = options.owner === undefined ? store.drafts : store.drafts.forOwner(options.owner);
  const draft = await drafts.get(id).catch(noneWhereNotFound);
  if (draft !== undefined) return { isOver: false, events: draftEvents(store, id, options) };
  // A draft that is being made is known by its job.
  const job = await store.jobs.ofDraft(id, options.owner);
  return job === undefined ? undefined : liveJob(store, job, options);
}

/** The event that a reader goes on behind: an id that the topic has not given yet is of another one, and says nothing. */
export async function knownEvent(events: EventStore, topic: string, after: number): Promise<number> {
  const [known] = after === 0 ? [] : await events.read(topic, { after: after - 1, limit: 1 });
  return known === undefined ? 0 : after;
}

async function liveJob(
  store: Store,
  job: Job,
  { after: told, signal }: { after: number; signal: AbortSignal },
): Promise<Live> {
  const options = { after: await knownEvent(store.events, `job:${job.id}`, told), signal };
  const events = jobEvents(store, job.id, options);
  if (!hasEnded(job)) return { isOver: false, events };
  const [next] = await store.events.read(`job:${job.id}`, { after: options.after, limit: 1 });
  return next === undefined ? { isOver: true, events: nothing() } : { isOver: false, events };
}

async function* nothing(): AsyncGenerator<never> {}

async function* jobEvents(
  store: Store,
  jobId: string,
  options: { after: number; signal: AbortSignal },
): AsyncGenerator<LiveEvent> {
  for await (const { id, data } of store.events.watch(`job:${jobId}`, options)) {
    const { state, fraction, phase, message, drafts, attempt, error, output, files } = data as {
      [Key in 'state' | 'fraction' | 'phase' | 'message' | 'attempt' | 'output']: unknown;
    } & { files?: JobFile[]; drafts: { draftId: string }[]; error?: Parameters<typeof publicError>[0] };
    yield {
      id,
      type: 'job',
      data: {
        job_id: jobId,
        status: state,
        progress: fraction,
        phase,
        message,
        attempt,
        draft_ids: drafts.map(({ draftId }) => draftId),
        ...(error == null ? {} : { error: publicError(error) }),
        ...(output === undefined ? {} : { output }),
        ...(files === undefined ? {} : { files: files.map(publicFile) }),
      },
    };
    if (state !== 'queued' && state !== 'running') return;
  }
}

function publicFile({ name, receivedBytes, totalBytes }: JobFile) {
  return { name, received_bytes: receivedBytes, total_bytes: totalBytes };
}

async function* draftEvents(
  store: Store,
  id: string,
  { after, signal }: { after: number; signal: AbortSignal },
): AsyncGenerator<LiveEvent> {
  for await (const draft of store.drafts.watch(id, { signal })) {
    // A revision that the draft does not have yet was never told: the reader has seen nothing of this one.
    if (draft.revision === after) continue;
    yield {
      id: draft.revision,
      type: 'draft',
      data: {
        draft_id: id,
        name: draft.name,
        revision: draft.revision,
        status: draft.state === 'saved' ? 'completed' : 'open',
        modified_at: new Date(draft.modifiedAt).toISOString(),
      },
    };
  }
}
