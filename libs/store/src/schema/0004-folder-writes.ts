import { sql } from 'kysely';
import { run, type Step } from './columns.ts';

/** What was written to the folders of drafts. */
export const folderWrites: Step = async (db, { int, seq }) => {
  const whole = sql.raw(int);
  await run(db, [
    sql`create table folder_writes (
      seq ${seq}, id text not null unique, draft_id text not null references drafts (id) on delete cascade,
      folder text not null, revision ${whole} not null, facts text not null, is_saved ${whole} not null,
      created_at ${whole} not null)`,
    sql`create index folder_writes_by_draft on folder_writes (draft_id, folder)`,
  ]);
};
