import { LOCAL_OWNER } from '../owner.ts';
import { newestOf } from '../page.ts';
import type { Job, JobStore } from '../types.ts';
import { createQueue, type JobsOptions } from './queue.ts';
import { changeJob, ended, INTERRUPTED, insertJobDrafts, newJob, told, withDrafts } from './rows.ts';

/** Jobs in a database. For jobs outside the queue `modified_at` is the sign of life of the process that runs them. */
export function createJobStore(options: JobsOptions): JobStore {
  const { engine, now, uuid } = options;
  const { db, write } = engine;

  async function get(id: string, owner?: string): Promise<Job | undefined> {
    const rows = await db
      .selectFrom('jobs')
      .selectAll()
      .where('id', '=', id)
      .$if(owner !== undefined, (query) => query.where('owner', '=', owner!))
      .execute();
    return (await withDrafts(db, rows))[0];
  }

  return {
    get,

    async start(tool, { owner = LOCAL_OWNER } = {}) {
      const row = newJob({
        id: uuid(),
        owner,
        tool,
        now: now(),
        state: 'running',
        phase: 'queued',
        attempt: 1,
      });
      return write(async (tx, notify) =>
        told(tx, notify, await tx.insertInto('jobs').values(row).returningAll().executeTakeFirstOrThrow()),
      );
    },

    async progress(id, { drafts, files, ...change }, lease) {
      await write(async (tx, notify) => {
        const alive = await tx
          .updateTable('jobs')
          .set({ ...change, modified_at: now() })
          .where('id', '=', id)
          .where('state', '=', 'running')
          .$if(lease !== undefined, (query) => query.where('lease', '=', lease!))
          .returningAll()
          .executeTakeFirst();
        if (alive === undefined) return;
        if (drafts !== undefined) {
          await tx.deleteFrom('job_drafts').where('job_id', '=', id).execute();
          await insertJobDrafts(tx, id, drafts);
        }
        const isNews = drafts !== undefined || files !== undefined || Object.keys(change).length > 0;
        if (isNews) await told(tx, notify, alive, files);
      });
    },

    async finish(id, end, lease) {
      await write((tx, notify) =>
        changeJob(tx, notify, { id, set: ended(end), now: now(), ...(lease === undefined ? {} : { lease }) }),
      );
      return (await get(id))!;
    },

    async ofDraft(draftId, owner) {
      const row = await db
        .selectFrom('job_drafts')
        .innerJoin('jobs', 'jobs.id', 'job_drafts.job_id')
        .select('jobs.id')
        .where('draft_id', '=', draftId)
        .$if(owner !== undefined, (query) => query.where('jobs.owner', '=', owner!))
        .orderBy('jobs.seq', 'desc')
        .limit(1)
        .executeTakeFirst();
      return row === undefined ? undefined : get(row.id);
    },

    async list({ limit, owner, tool, exceptTool, state, draftId, before }) {
      let matching = db.selectFrom('jobs');
      if (owner !== undefined) matching = matching.where('owner', '=', owner);
      if (tool !== undefined) matching = matching.where('tool', '=', tool);
      if (exceptTool !== undefined) matching = matching.where('tool', '!=', exceptTool);
      if (state !== undefined) matching = matching.where('state', '=', state);
      if (draftId !== undefined) {
        const ofDraft = db.selectFrom('job_drafts').select('job_id').where('draft_id', '=', draftId);
        matching = matching.where('id', 'in', ofDraft);
      }
      const { total } = await matching
        .select(({ fn }) => fn.countAll<number>().as('total'))
        .executeTakeFirstOrThrow();
      const { page, ...next } = await newestOf('jobs', matching, { limit, before });
      return { jobs: await withDrafts(db, page), total, ...next };
    },

    async failAbandoned(silentMs) {
      return write(async (tx, notify) => {
        const rows = await tx
          .updateTable('jobs')
          .set({ ...ended({ error: INTERRUPTED }), modified_at: now() })
          .where('state', '=', 'running')
          .where('lease', 'is', null)
          .where('modified_at', '<', now() - silentMs)
          .returningAll()
          .execute();
        for (const row of rows) await told(tx, notify, row);
        return rows.length;
      });
    },

    ...createQueue(options),
  };
}
