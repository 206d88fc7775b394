import { sql } from 'kysely';
import { run, type Step } from './columns.ts';

/** What owners have allowed to programs. */
export const oauthGrants: Step = async (db, { int }) => {
  const whole = sql.raw(int);
  await run(db, [
    sql`create table oauth_grants (
      hash text primary key, kind text not null, family text not null, client_id text not null,
      owner text not null, scopes text not null, request text, used_at ${whole}, created_at ${whole} not null,
      expires_at ${whole} not null)`,
    sql`create index oauth_grants_by_family on oauth_grants (family)`,
    sql`create index oauth_grants_by_end on oauth_grants (expires_at)`,
  ]);
};
