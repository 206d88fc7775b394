import { UserError } from '@cozecut/problems';
import type { ExpressionBuilder } from 'kysely';
import type { Engine, Tx } from '../engine/engine.ts';
import type { Tables } from '../schema/tables.ts';

/** Whether a job that has not ended works on the draft. */
export function isInUse({ exists, selectFrom, lit }: ExpressionBuilder<Tables, 'drafts'>) {
  return exists(
    selectFrom('job_drafts')
      .innerJoin('jobs', 'jobs.id', 'job_drafts.job_id')
      .whereRef('job_drafts.draft_id', '=', 'drafts.id')
      .where('jobs.state', 'in', ['queued', 'running'])
      .select(lit(1).as('one')),
  );
}

/**
 * Removes drafts with their revisions; blobs that they held are nobody's afterwards.
 *
 * @throws UserError DRAFT_IN_USE
 */
export async function removeDrafts({ kind }: Engine, tx: Tx, ids: readonly string[]): Promise<void> {
  if (kind === 'postgres')
    await tx.selectFrom('drafts').select('id').where('id', 'in', ids).forUpdate().execute();
  const used = await tx
    .selectFrom('drafts')
    .select('id')
    .where('id', 'in', ids)
    .where(isInUse)
    .executeTakeFirst();
  if (used !== undefined) {
    throw new UserError('DRAFT_IN_USE', `a job works on draft ${used.id}`, {
      hint: 'wait for its end, or cancel it',
    });
  }
  await tx.deleteFrom('blob_holders').where('holder', 'in', ids).execute();
  await tx.deleteFrom('drafts').where('id', 'in', ids).execute();
}
