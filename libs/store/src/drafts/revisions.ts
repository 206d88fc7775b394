import type { Tx } from '../engine/engine.ts';
import type { DraftRevision } from '../types.ts';
import { revisionNotFound } from './revision-not-found.ts';
import { readRevision } from './write-drafts.ts';

/** The states of a draft that are kept, newest first. */
export async function readRevisions(
  db: Tx,
  id: string,
  { limit, before }: { limit: number; before?: number },
): Promise<DraftRevision[]> {
  const rows = await db
    .selectFrom('draft_revisions')
    .select(['revision', 'bytes', 'created_at'])
    .where('draft_id', '=', id)
    .$if(before !== undefined, (query) => query.where('revision', '<', before!))
    .orderBy('revision', 'desc')
    .limit(limit)
    .execute();
  return rows.map(({ revision, bytes, created_at }) => ({ revision, bytes, createdAt: created_at }));
}

/** @throws UserError DRAFT_REVISION_NOT_FOUND */
export async function readTimeline(db: Tx, id: string, revision: number): Promise<unknown> {
  const row = await readRevision(db, id, revision);
  if (row === undefined) throw revisionNotFound(id, revision);
  return JSON.parse(row.timeline);
}
