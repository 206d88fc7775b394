import { createHash } from 'node:crypto';
import type { Timeline } from '@cozecut/draft-core';
import type { ToolContext } from '@cozecut/plugin-host';
import { seededIds } from './seeded-ids.ts';

/** What a call that adds something is known by. */
interface KeyedInput {
  draft_id: string;
  idempotency_key?: string;
}

/**
 * Ids for what a call makes. A call with a key, in its input or in the header of its request, makes the same ones when
 * it is repeated word by word, so that what it has done is known by its ids; without a key they are random.
 */
export function callIds(
  tool: string,
  input: KeyedInput,
  { uuid, idempotencyKey }: Pick<ToolContext, 'uuid' | 'idempotencyKey'>,
): () => string {
  const key = input.idempotency_key ?? idempotencyKey;
  if (key === undefined) return uuid;
  const call = createHash('sha256')
    .update(JSON.stringify([tool, key, input]))
    .digest('hex');
  return seededIds(call);
}

/** Whether a timeline has a track or a clip with one of the ids: then the call was made before. */
export function hasAny({ tracks }: Timeline, ids: readonly string[]): boolean {
  const made = new Set(ids);
  return tracks.some(({ id, clips }) => made.has(id!) || clips.some((clip) => made.has(clip.id!)));
}
