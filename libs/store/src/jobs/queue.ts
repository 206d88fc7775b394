import { BugError } from '@cozecut/problems';
import { sql } from 'kysely';
import type { Engine, Notify, Tx } from '../engine/engine.ts';
import { LOCAL_OWNER } from '../owner.ts';
import type { Job, JobError, JobStore } from '../types.ts';
import { onceKey } from './once-key.ts';
import {
  cancelTopic,
  changeJob,
  ended,
  INTERRUPTED,
  insertJobDrafts,
  type JobRow,
  newJob,
  QUEUE_TOPIC,
  TOO_LATE,
  told,
  withDrafts,
} from './rows.ts';
import { turnOf } from './turn.ts';

/** The wait before another attempt grows to this at most. */
const MAX_BACKOFF_MS = 3_600_000;

/** What a store of jobs needs. */
export interface JobsOptions {
  engine: Engine;
  now(): number;
  uuid(): string;
}

/** Number of the lock of PostgreSQL that claims take; any that nothing else of ours takes. */
const CLAIM_LOCK = 6_017_233;

type Queue = Pick<
  JobStore,
  | 'adopt'
  | 'enqueue'
  | 'claim'
  | 'renew'
  | 'failAttempt'
  | 'release'
  | 'cancelled'
  | 'cancel'
  | 'recover'
  | 'nextDue'
>;

/** The part of the jobs that waits, and how it is taken, given back and ended. */
export function createQueue({ engine, now, uuid }: JobsOptions): Queue {
  const { db, write, kind } = engine;
  const isPostgres = kind === 'postgres';

  /** Another attempt after a wait when there is one left, else the end. */
  async function tryAgain(tx: Tx, notify: Notify, row: JobRow, error: JobError): Promise<Job | undefined> {
    const time = now();
    const wait = Math.min(row.backoff_ms * 2 ** Math.max(row.attempt - 1, 0), MAX_BACKOFF_MS);
    // Jobs that failed together do not come back together.
    const runAt = time + Math.round(wait * (0.75 + Math.random() * 0.5));
    const isOver = row.attempt >= row.max_attempts || (row.deadline !== null && runAt >= row.deadline);
    const set: Partial<JobRow> = row.cancel_requested
      ? CANCELLED
      : isOver
        ? ended({ error })
        : {
            state: 'queued',
            phase: 'queued',
            lease: null,
            lease_until: null,
            run_at: runAt,
            turn: await turnOf(tx, row.owner, isPostgres),
            error: JSON.stringify(error),
            message: error.message,
          };
    return changeJob(tx, notify, {
      id: row.id,
      set,
      now: time,
      ...(row.lease === null ? {} : { lease: row.lease }),
    });
  }

  return {
    async enqueue({ tool, input, context, owner = LOCAL_OWNER, drafts = [], ...request }) {
      return write(async (tx, notify) => {
        const time = now();
        const { maxAttempts = 1, backoffMs = 1_000, runAt = time, deadline = null, once = null } = request;
        const row = newJob({
          id: uuid(),
          owner,
          tool,
          job: { input: input ?? null, context },
          state: 'queued',
          phase: 'queued',
          attempt: 0,
          max_attempts: maxAttempts,
          backoff_ms: backoffMs,
          run_at: runAt,
          deadline,
          turn: await turnOf(tx, owner, isPostgres),
          once,
          now: time,
        });
        const inserted = await tx
          .insertInto('jobs')
          .values(row)
          .onConflict((conflict) => conflict.columns(['owner', 'once']).doNothing())
          .returningAll()
          .executeTakeFirst();
        if (inserted === undefined) {
          const former = await tx
            .selectFrom('jobs')
            .selectAll()
            .where('owner', '=', owner)
            .where('once', '=', once)
            .execute();
          return (await withDrafts(tx, former))[0]!;
        }
        await insertJobDrafts(tx, row.id, drafts);
        notify(QUEUE_TOPIC);
        return told(tx, notify, inserted);
      });
    },

    async adopt({ tool, input, context, owner = LOCAL_OWNER, drafts = [], ...request }, options) {
      const { leaseMs, seed, change: { files, ...change } = {} } = options;
      const { maxAttempts = 1, backoffMs = 1_000, deadline = null } = request;
      const [id, lease] = [uuid(), uuid()];
      return write(async (tx, notify) => {
        const time = now();
        const row = newJob({
          id,
          owner,
          tool,
          job: { input: input ?? null, context },
          state: 'running',
          phase: 'started',
          attempt: 1,
          max_attempts: maxAttempts,
          backoff_ms: backoffMs,
          deadline,
          lease,
          lease_until: time + leaseMs,
          ...change,
          now: time,
        });
        const inserted = await tx.insertInto('jobs').values(row).returningAll().executeTakeFirstOrThrow();
        await insertJobDrafts(tx, id, drafts);
        // Nobody has it: whoever comes for the next attempt goes on with the seed.
        await tx
          .insertInto('idempotency')
          .values({
            ...onceKey({ id, owner }),
            lease: null,
            lease_until: null,
            seed,
            attempt: 1,
            answer: null,
            modified_at: time,
          })
          .execute();
        return { job: await told(tx, notify, inserted, files), lease };
      });
    },

    async claim({ leaseMs, maxRunningPerOwner }) {
      return write(async (tx, notify) => {
        const time = now();
        // Two that count the running jobs at once would both find room for one.
        if (isPostgres && maxRunningPerOwner !== undefined)
          await sql`select pg_advisory_xact_lock(${CLAIM_LOCK})`.execute(tx);
        const next = await tx
          .selectFrom('jobs')
          .select(['id', 'attempt'])
          .where('state', '=', 'queued')
          .where('run_at', '<=', time)
          .where(({ or, eb }) => or([eb('deadline', 'is', null), eb('deadline', '>', time)]))
          .$if(maxRunningPerOwner !== undefined, (query) =>
            query.where('owner', 'not in', (from) =>
              from
                .selectFrom('jobs as running')
                .select('running.owner')
                .where('running.state', '=', 'running')
                .where('running.lease', 'is not', null)
                .groupBy('running.owner')
                .having(({ fn, eb }) => eb(fn.countAll(), '>=', maxRunningPerOwner!)),
            ),
          )
          .orderBy('turn')
          .orderBy('seq')
          .limit(1)
          .$if(isPostgres, (query) => query.forUpdate().skipLocked())
          .executeTakeFirst();
        if (next === undefined) return undefined;
        const lease = uuid();
        const row = await tx
          .updateTable('jobs')
          .set({
            state: 'running',
            phase: 'started',
            attempt: next.attempt + 1,
            lease,
            lease_until: time + leaseMs,
            modified_at: time,
          })
          .where('id', '=', next.id)
          .returningAll()
          .executeTakeFirstOrThrow();
        return { job: await told(tx, notify, row), lease };
      });
    },

    async renew(id, lease, leaseMs) {
      return write(async (tx) => {
        const row = await tx
          .updateTable('jobs')
          .set({ lease_until: now() + leaseMs, modified_at: now() })
          .where('id', '=', id)
          .where('state', '=', 'running')
          .where('lease', '=', lease)
          .returning('cancel_requested')
          .executeTakeFirst();
        if (row === undefined) return 'lost';
        return row.cancel_requested ? 'cancel' : 'go on';
      });
    },

    async failAttempt(id, lease, error) {
      await write(async (tx, notify) => {
        const row = await tx
          .selectFrom('jobs')
          .selectAll()
          .where('id', '=', id)
          .where('state', '=', 'running')
          .where('lease', '=', lease)
          .executeTakeFirst();
        if (row !== undefined) await tryAgain(tx, notify, row, error);
      });
      return jobOf(await db.selectFrom('jobs').selectAll().where('id', '=', id).execute());
    },

    async release(id, lease) {
      await write(async (tx, notify) => {
        const row = await tx
          .selectFrom('jobs')
          .select(['attempt', 'owner', 'cancel_requested'])
          .where('id', '=', id)
          .executeTakeFirst();
        if (row === undefined) return;
        const queued = {
          state: 'queued',
          phase: 'queued',
          attempt: row.attempt - 1,
          lease: null,
          lease_until: null,
        } as const;
        await changeJob(tx, notify, {
          id,
          lease,
          set: row.cancel_requested ? CANCELLED : queued,
          now: now(),
        });
      });
    },

    async cancelled(id, lease) {
      await write((tx, notify) => changeJob(tx, notify, { id, lease, set: CANCELLED, now: now() }));
    },

    async cancel(id, owner) {
      return write(async (tx, notify) => {
        const [row] = await tx
          .selectFrom('jobs')
          .selectAll()
          .where('id', '=', id)
          .$if(owner !== undefined, (query) => query.where('owner', '=', owner!))
          .$if(isPostgres, (query) => query.forUpdate())
          .execute();
        if (row === undefined) return undefined;
        if (row.state !== 'queued' && (row.state !== 'running' || row.cancel_requested)) {
          return (await withDrafts(tx, [row]))[0];
        }
        const set = row.state === 'queued' ? CANCELLED : { cancel_requested: 1 };
        const changed = await tx
          .updateTable('jobs')
          .set({ ...set, modified_at: now() })
          .where('id', '=', id)
          .returningAll()
          .executeTakeFirstOrThrow();
        notify(cancelTopic(id));
        return told(tx, notify, changed);
      });
    },

    async recover() {
      return write(async (tx, notify) => {
        const time = now();
        const silent = await tx
          .selectFrom('jobs')
          .selectAll()
          .where('state', '=', 'running')
          .where('lease_until', '<', time)
          .$if(isPostgres, (query) => query.forUpdate().skipLocked())
          .execute();
        for (const row of silent) await tryAgain(tx, notify, row, INTERRUPTED);
        const late = await tx
          .updateTable('jobs')
          .set({ ...ended({ error: TOO_LATE }), modified_at: time })
          .where('state', '=', 'queued')
          .where('deadline', '<=', time)
          .returningAll()
          .execute();
        for (const row of late) await told(tx, notify, row);
        return silent.length + late.length;
      });
    },

    async nextDue() {
      const { due } = await db
        .selectFrom('jobs')
        .select(({ fn }) => fn.min('run_at').as('due'))
        .where('state', '=', 'queued')
        .executeTakeFirstOrThrow();
      return due ?? undefined;
    },
  };

  async function jobOf(rows: readonly JobRow[]): Promise<Job> {
    const [job] = await withDrafts(db, rows);
    if (job === undefined) throw new BugError('a job that is worked on was removed');
    return job;
  }
}

const CANCELLED: Partial<JobRow> = {
  state: 'cancelled',
  phase: 'cancelled',
  message: '',
  lease: null,
  lease_until: null,
};
