import type { Kysely, Selectable } from 'kysely';
import type { OpenStoreOptions } from './open-store.ts';
import type { Tables } from './schema.ts';
import type { Job, JobStore } from './types.ts';

/** Jobs in a database. `modified_at` is the sign of life of the process that runs the job. */
export function createJobStore(db: Kysely<Tables>, { now, uuid }: OpenStoreOptions): JobStore {
  async function get(id: string): Promise<Job | undefined> {
    const row = await db.selectFrom('jobs').selectAll().where('id', '=', id).executeTakeFirst();
    if (row === undefined) return undefined;
    const drafts = await db
      .selectFrom('job_drafts')
      .select(['draft_id', 'folder'])
      .where('job_id', '=', id)
      .orderBy('position')
      .execute();
    return fromRow(row, drafts);
  }

  return {
    get,

    async start(tool) {
      const time = now();
      const row: Selectable<Tables['jobs']> = {
        id: uuid(),
        tool,
        state: 'running',
        fraction: 0,
        phase: 'queued',
        message: '',
        output: null,
        error: null,
        created_at: time,
        modified_at: time,
      };
      await db.insertInto('jobs').values(row).execute();
      return fromRow(row, []);
    },

    async progress(id, { drafts, ...change }) {
      await db.transaction().execute(async (transaction) => {
        await transaction
          .updateTable('jobs')
          .set({ ...change, modified_at: now() })
          .where('id', '=', id)
          .where('state', '=', 'running')
          .execute();
        if (drafts === undefined) return;
        await transaction.deleteFrom('job_drafts').where('job_id', '=', id).execute();
        if (drafts.length === 0) return;
        const rows = drafts.map(({ draftId, folder }, position) => ({
          job_id: id,
          position,
          draft_id: draftId,
          folder,
        }));
        await transaction.insertInto('job_drafts').values(rows).execute();
      });
    },

    async finish(id, end) {
      const ended =
        'error' in end
          ? { state: 'failed' as const, error: JSON.stringify(end.error), message: end.error.message }
          : {
              state: 'succeeded' as const,
              output: JSON.stringify(end.output),
              fraction: 1,
              phase: 'done',
              message: '',
            };
      await db
        .updateTable('jobs')
        .set({ ...ended, modified_at: now() })
        .where('id', '=', id)
        .where('state', '=', 'running')
        .execute();
      return (await get(id))!;
    },

    async ofDraft(draftId) {
      const row = await db
        .selectFrom('job_drafts')
        .innerJoin('jobs', 'jobs.id', 'job_drafts.job_id')
        .select('jobs.id')
        .where('draft_id', '=', draftId)
        .orderBy('jobs.created_at', 'desc')
        .limit(1)
        .executeTakeFirst();
      return row === undefined ? undefined : get(row.id);
    },

    async failAbandoned(silentMs) {
      const error = {
        code: 'INTERRUPTED',
        message: 'the process that worked on this ended before it was done',
        hint: 'send the call again',
        problems: [],
      };
      const { numUpdatedRows } = await db
        .updateTable('jobs')
        .set({ state: 'failed', error: JSON.stringify(error), message: error.message, modified_at: now() })
        .where('state', '=', 'running')
        .where('modified_at', '<', now() - silentMs)
        .executeTakeFirst();
      return Number(numUpdatedRows);
    },
  };
}

function fromRow(row: Selectable<Tables['jobs']>, drafts: { draft_id: string; folder: string }[]): Job {
  return {
    id: row.id,
    tool: row.tool,
    state: row.state,
    fraction: row.fraction,
    phase: row.phase,
    message: row.message,
    output: row.output === null ? undefined : JSON.parse(row.output),
    error: row.error === null ? undefined : JSON.parse(row.error),
    drafts: drafts.map((draft) => ({ draftId: draft.draft_id, folder: draft.folder })),
    createdAt: row.created_at,
    modifiedAt: row.modified_at,
  };
}
