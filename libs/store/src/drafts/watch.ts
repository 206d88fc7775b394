import type { Engine } from '../engine/engine.ts';
import type { DraftSummary } from '../types.ts';
import { summaryOf } from './rows.ts';
import { draftTopic } from './write-drafts.ts';

/** Those who watch look on their own so often, in case a message was lost. */
export const LOOK_AGAIN_MS = 2_000;

/** See `AllDrafts.watch`. */
export async function* watchDraft(
  { db, bus }: Engine,
  id: string,
  { signal }: { signal: AbortSignal },
): AsyncGenerator<DraftSummary> {
  const subscription = bus.subscribe(draftTopic(id));
  try {
    let told = '';
    while (!signal.aborted) {
      const row = await db.selectFrom('drafts').selectAll().where('id', '=', id).executeTakeFirst();
      if (row === undefined || signal.aborted) return;
      const state = `${row.revision} ${row.state} ${row.modified_at}`;
      if (state !== told) yield summaryOf(row);
      told = state;
      await subscription.next({ timeoutMs: LOOK_AGAIN_MS, signal });
    }
  } finally {
    subscription.close();
  }
}
