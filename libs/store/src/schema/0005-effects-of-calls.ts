import { sql } from 'kysely';
import { run, type Step } from './columns.ts';

/** Which call an effect is of: as long as that has no answer, what it is made of is kept. */
export const effectsOfCalls: Step = async (db) => {
  await run(db, [
    // Of those from before nobody knows; no call has an empty seed.
    sql`alter table draft_effects add column seed text not null default ''`,
    sql`create index draft_effects_by_draft on draft_effects (draft_id, revision)`,
    sql`create index idempotency_by_seed on idempotency (seed) where answer is null`,
  ]);
};
