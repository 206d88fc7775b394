import { sql } from 'kysely';
import { run, type Step } from './columns.ts';

/** Drafts with one timeline each, jobs without a queue. */
export const draftsAndJobs: Step = async (db, { int, real, seq }) => {
  const [whole, fraction] = [sql.raw(int), sql.raw(real)];
  await run(db, [
    sql`create table drafts (
      seq ${seq}, id text not null unique, name text not null, revision ${whole} not null, timeline text not null,
      state text not null, folder text, created_at ${whole} not null, modified_at ${whole} not null)`,
    sql`create table jobs (
      id text primary key, tool text not null, state text not null, fraction ${fraction} not null,
      phase text not null, message text not null, output text, error text,
      created_at ${whole} not null, modified_at ${whole} not null)`,
    sql`create index jobs_by_state on jobs (state, modified_at)`,
    sql`create table job_drafts (
      job_id text not null references jobs (id), position ${whole} not null, draft_id text not null,
      folder text not null, constraint job_drafts_key primary key (job_id, position))`,
    sql`create index job_drafts_by_draft on job_drafts (draft_id)`,
  ]);
};
