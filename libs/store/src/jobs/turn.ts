import { sql } from 'kysely';
import type { Tx } from '../engine/engine.ts';

/**
 * Turn of the next job of an owner: after the last one of the owner that waits, and not before the turn that is served
 * now. Taking jobs in the order of their turns serves the owners one after the other, however many jobs each has.
 */
export async function turnOf(tx: Tx, owner: string, isPostgres: boolean): Promise<number> {
  // Jobs that an owner puts in at once would all get the same turn.
  if (isPostgres) await sql`select pg_advisory_xact_lock(hashtextextended(${owner}, 13))`.execute(tx);
  const waiting = tx.selectFrom('jobs').where('state', '=', 'queued');
  const { last } = await waiting
    .select(({ fn }) => fn.max('turn').as('last'))
    .where('owner', '=', owner)
    .executeTakeFirstOrThrow();
  const { served } = await waiting.select(({ fn }) => fn.min('turn').as('served')).executeTakeFirstOrThrow();
  return Math.max((last ?? -1) + 1, served ?? 0);
}
