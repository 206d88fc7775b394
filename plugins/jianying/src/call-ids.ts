import { createHash } from 'node:crypto';
import type { Timeline } from '@cozecut/draft-core';
import type { ToolContext } from '@cozecut/plugin-host';
import { seededIds } from './seeded-ids.ts';

/** What a call that adds something is known by. */
interface KeyedInput {
  draft_id: string;
  idempotency_key?: string;
}

/** Ids for what a call makes. */
export interface CallIds {
  next(): string;
  /** Whether a timeline has a track or a clip with one of the ids that this call made: then it was made before. */
  areIn(timeline: Timeline, ids: readonly string[]): boolean;
}

/**
 * A call with a key, in its input or in the header of its request, makes the same ids when it is repeated word by word,
 * so that what it has done is known by them; without a key they are random, and in no timeline yet.
 */
export function callIds(
  tool: string,
  input: KeyedInput,
  { uuid, idempotencyKey }: Pick<ToolContext, 'uuid' | 'idempotencyKey'>,
): CallIds {
  const key = input.idempotency_key ?? idempotencyKey;
  if (key === undefined) return { next: uuid, areIn: () => false };
  const call = createHash('sha256')
    .update(JSON.stringify([tool, key, input]))
    .digest('hex');
  return { next: seededIds(call), areIn: hasAny };
}

function hasAny({ tracks }: Timeline, ids: readonly string[]): boolean {
  const made = new Set(ids);
  return tracks.some(({ id, clips }) => made.has(id!) || clips.some((clip) => made.has(clip.id!)));
}
