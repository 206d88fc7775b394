import type { Generated } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Columns of the tables; JSON is text, times are Unix milliseconds. */
export interface Tables {
  drafts: {
    /** Order of creation: the clock is too coarse for it. */
    seq: Generated<number>;
    id: string;
    name: string;
    revision: number;
    timeline: string;
    state: 'open' | 'saved';
    folder: string | null;
    created_at: number;
    modified_at: number;
  };
  jobs: {
    id: string;
    tool: string;
    state: 'running' | 'succeeded' | 'failed';
    fraction: number;
    phase: string;
    message: string;
    output: string | null;
    error: string | null;
    created_at: number;
    modified_at: number;
  };
  job_drafts: { job_id: string; position: number; draft_id: string; folder: string };
}

/** Forward only; a migration that has been released never changes. */
export const MIGRATIONS: Record<string, Migration> = {
  '0001_drafts_and_jobs': {
    async up(db) {
      await db.schema
        .createTable('drafts')
        .addColumn('seq', 'integer', (column) => column.primaryKey().autoIncrement())
        .addColumn('id', 'text', (column) => column.notNull().unique())
        .addColumn('name', 'text', (column) => column.notNull())
        .addColumn('revision', 'integer', (column) => column.notNull())
        .addColumn('timeline', 'text', (column) => column.notNull())
        .addColumn('state', 'text', (column) => column.notNull())
        .addColumn('folder', 'text')
        .addColumn('created_at', 'integer', (column) => column.notNull())
        .addColumn('modified_at', 'integer', (column) => column.notNull())
        .execute();
      await db.schema
        .createTable('jobs')
        .addColumn('id', 'text', (column) => column.primaryKey())
        .addColumn('tool', 'text', (column) => column.notNull())
        .addColumn('state', 'text', (column) => column.notNull())
        .addColumn('fraction', 'real', (column) => column.notNull())
        .addColumn('phase', 'text', (column) => column.notNull())
        .addColumn('message', 'text', (column) => column.notNull())
        .addColumn('output', 'text')
        .addColumn('error', 'text')
        .addColumn('created_at', 'integer', (column) => column.notNull())
        .addColumn('modified_at', 'integer', (column) => column.notNull())
        .execute();
      await db.schema.createIndex('jobs_by_state').on('jobs').columns(['state', 'modified_at']).execute();
      await db.schema
        .createTable('job_drafts')
        .addColumn('job_id', 'text', (column) => column.notNull().references('jobs.id'))
        .addColumn('position', 'integer', (column) => column.notNull())
        .addColumn('draft_id', 'text', (column) => column.notNull())
        .addColumn('folder', 'text', (column) => column.notNull())
        .addPrimaryKeyConstraint('job_drafts_key', ['job_id', 'position'])
        .execute();
      await db.schema.createIndex('job_drafts_by_draft').on('job_drafts').column('draft_id').execute();
    },
  },
};
