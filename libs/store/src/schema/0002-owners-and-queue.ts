import { sql } from 'kysely';
import { run, type Step } from './columns.ts';

/** Owners and revisions of drafts, the queue, and everything that servers share. */
export const ownersAndQueue: Step = async (db, { int, real, seq }) => {
  const [whole, fraction] = [sql.raw(int), sql.raw(real)];
  await run(db, [
    sql`create table owners (owner text primary key, max_drafts ${whole}, max_bytes ${whole}, keep_ms ${whole})`,

    sql`alter table drafts add column owner text not null default 'local'`,
    sql`alter table drafts add column bytes ${whole} not null default 0`,
    sql`create table draft_revisions (
      draft_id text not null references drafts (id) on delete cascade, revision ${whole} not null,
      timeline text not null, bytes ${whole} not null, created_at ${whole} not null,
      primary key (draft_id, revision))`,
    sql`insert into draft_revisions (draft_id, revision, timeline, bytes, created_at)
      select id, revision, timeline, octet_length(timeline), modified_at from drafts`,
    sql`update drafts set bytes = (
      select r.bytes from draft_revisions r where r.draft_id = drafts.id and r.revision = drafts.revision)`,
    sql`alter table drafts drop column timeline`,
    sql`create index drafts_by_owner on drafts (owner, seq, bytes)`,
    sql`create index drafts_by_age on drafts (modified_at)`,
    sql`create table draft_effects (
      effect text primary key, draft_id text not null, revision ${whole} not null, created_at ${whole} not null)`,

    sql`drop index jobs_by_state`,
    sql`drop index job_drafts_by_draft`,
    sql`alter table job_drafts rename to job_drafts_1`,
    sql`alter table jobs rename to jobs_1`,
    sql`create table jobs (
      seq ${seq}, id text not null unique, owner text not null, tool text not null, input text, context text,
      state text not null, fraction ${fraction} not null, phase text not null, message text not null,
      output text, error text, attempt ${whole} not null, max_attempts ${whole} not null,
      backoff_ms ${whole} not null, run_at ${whole} not null, deadline ${whole}, turn ${whole} not null,
      lease text, lease_until ${whole}, cancel_requested ${whole} not null, once text,
      created_at ${whole} not null, modified_at ${whole} not null)`,
    sql`insert into jobs (id, owner, tool, state, fraction, phase, message, output, error, attempt, max_attempts,
      backoff_ms, run_at, turn, cancel_requested, created_at, modified_at)
      select id, 'local', tool, state, fraction, phase, message, output, error, 1, 1, 0, created_at, 0, 0,
      created_at, modified_at from jobs_1 order by created_at, id`,
    sql`create table job_drafts (
      job_id text not null references jobs (id) on delete cascade, position ${whole} not null,
      draft_id text not null, folder text not null, primary key (job_id, position))`,
    sql`insert into job_drafts select job_id, position, draft_id, folder from job_drafts_1`,
    sql`drop table job_drafts_1`,
    sql`drop table jobs_1`,
    sql`create index job_drafts_by_draft on job_drafts (draft_id)`,
    sql`create index jobs_by_turn on jobs (state, turn, seq)`,
    sql`create index jobs_by_time on jobs (state, run_at)`,
    sql`create index jobs_by_owner on jobs (owner, state, turn)`,
    sql`create unique index jobs_once on jobs (owner, once)`,

    sql`create table calls (
      seq ${seq}, id text not null unique, owner text not null, tool text not null, mode text not null,
      request_id text, draft_id text, job_id text, status text not null, code text, message text,
      started_at ${whole} not null, duration_ms ${fraction} not null)`,
    sql`create index calls_by_owner on calls (owner, seq)`,
    sql`create index calls_by_draft on calls (draft_id, seq)`,
    sql`create index calls_by_time on calls (started_at)`,

    sql`create table idempotency (
      owner text not null, key text not null, fingerprint text not null, lease text, lease_until ${whole},
      seed text not null, attempt ${whole} not null, answer text, modified_at ${whole} not null,
      primary key (owner, key))`,
    sql`create index idempotency_by_age on idempotency (modified_at)`,

    sql`create table tokens (
      seq ${seq}, id text not null unique, owner text not null, name text not null, scopes text not null,
      hash text not null, created_at ${whole} not null, expires_at ${whole}, last_used_at ${whole},
      revoked_at ${whole})`,

    sql`create table sessions (
      seq ${seq}, id text not null unique, owner text not null, data text not null, chat_id text,
      created_at ${whole} not null, modified_at ${whole} not null)`,
    sql`create table chats (
      id text primary key, session_id text not null references sessions (id) on delete cascade,
      owner text not null, state text not null, result text, lease text not null, lease_until ${whole} not null,
      created_at ${whole} not null, modified_at ${whole} not null)`,
    sql`create index chats_by_session on chats (session_id)`,

    sql`create table rate_limits (key text primary key, free_at ${fraction} not null)`,

    sql`create table topics (topic text primary key, last ${whole} not null, modified_at ${whole} not null)`,
    sql`create table events (
      topic text not null references topics (topic) on delete cascade, id ${whole} not null, type text not null,
      data text not null, at ${whole} not null, primary key (topic, id))`,

    sql`create table blobs (
      id text primary key, bytes ${whole} not null, type text not null, created_at ${whole} not null,
      used_at ${whole} not null)`,
    sql`create table blob_holders (
      holder text not null, name text not null, blob_id text not null references blobs (id),
      owner text not null, primary key (holder, name))`,
    sql`create index blob_holders_by_blob on blob_holders (blob_id)`,
    sql`create index blob_holders_by_owner on blob_holders (owner, blob_id)`,
  ]);
};
