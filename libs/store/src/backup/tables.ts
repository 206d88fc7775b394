import { type RawBuilder, sql } from 'kysely';
import type { Tx } from '../engine/engine.ts';
import type { Tables } from '../schema/tables.ts';

/** Tables that are backed up with their keys; one that others refer to comes before them. Rate limits start anew. */
const KEYS: Readonly<Record<Exclude<keyof Tables, 'rate_limits'>, readonly string[]>> = {
  owners: ['owner'],
  drafts: ['seq'],
  draft_revisions: ['draft_id', 'revision'],
  draft_effects: ['effect'],
  folder_writes: ['seq'],
  jobs: ['seq'],
  job_drafts: ['job_id', 'position'],
  calls: ['seq'],
  idempotency: ['owner', 'key'],
  tokens: ['seq'],
  oauth_grants: ['hash'],
  sessions: ['seq'],
  chats: ['id'],
  topics: ['topic'],
  events: ['topic', 'id'],
  blobs: ['id'],
  blob_holders: ['holder', 'name'],
};

/** Names of the tables that are backed up. */
export const BACKED_UP: readonly string[] = Object.keys(KEYS);

/** A row of any table. */
export type Row = Record<string, string | number | null>;

/** Rows that are in memory at once; a timeline may have a megabyte. */
const PAGE = 50;

/** All rows of a table in the order of its key. */
export async function* rowsOf(db: Tx, table: string): AsyncGenerator<Row> {
  const key = KEYS[table as keyof typeof KEYS];
  const columns = sql.join(key.map((column) => sql.ref(column)));
  for (let last: Row | undefined; ; ) {
    const values = last === undefined ? [] : key.map((column) => last![column]);
    const after: RawBuilder<unknown> =
      last === undefined ? sql`` : sql`where (${columns}) > (${sql.join(values)})`;
    const { rows } =
      await sql<Row>`select * from ${sql.table(table)} ${after} order by ${columns} limit ${PAGE}`.execute(
        db,
      );
    yield* rows;
    if (rows.length < PAGE) return;
    last = rows.at(-1);
  }
}
