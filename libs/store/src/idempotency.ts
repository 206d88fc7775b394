import { createHash, createHmac, randomBytes } from 'node:crypto';
import { UserError } from '@cozecut/problems';
import { withEffects } from './drafts/once.ts';
import type { Engine } from './engine/engine.ts';
import type { DraftStore, IdempotencyStore, OnceOptions, OnceRequest, OnceScope } from './types.ts';

/** A process that gave no sign of life for so long is gone. */
const LEASE_MS = 15_000;
/** Those who wait for the answer of another process look on their own so often. */
const LOOK_AGAIN_MS = 1_000;

/** Requests with a key in a database. */
export function createIdempotency(
  engine: Engine,
  { now, uuid }: { now(): number; uuid(): string },
): IdempotencyStore {
  const { write, bus } = engine;

  const begin: IdempotencyStore['begin'] = (request, leaseMs) =>
    write(async (tx) => {
      const { owner, key, fingerprint } = request;
      const time = now();
      const lease = uuid();
      const seed = randomBytes(32).toString('hex');
      const leased = { lease, lease_until: time + leaseMs, modified_at: time };
      const inserted = await tx
        .insertInto('idempotency')
        .values({ owner, key, fingerprint, ...leased, seed, attempt: 1, answer: null })
        .onConflict((conflict) => conflict.columns(['owner', 'key']).doNothing())
        .executeTakeFirst();
      if (inserted.numInsertedOrUpdatedRows === 1n) return { state: 'begun', lease, seed, attempt: 1 };
      const row = await tx
        .selectFrom('idempotency')
        .selectAll()
        .where('owner', '=', owner)
        .where('key', '=', key)
        .$if(engine.kind === 'postgres', (query) => query.forUpdate())
        .executeTakeFirst();
      // It was forgotten in this very moment.
      if (row === undefined) return { state: 'running' };
      if (row.fingerprint !== fingerprint) throw mismatch(key);
      if (row.answer !== null) return { state: 'done', answer: JSON.parse(row.answer) };
      if (row.lease_until !== null && row.lease_until > time) return { state: 'running' };
      const attempt = row.attempt + 1;
      await tx
        .updateTable('idempotency')
        .set({ ...leased, attempt })
        .where('owner', '=', owner)
        .where('key', '=', key)
        .execute();
      return { state: 'begun', lease, seed: row.seed, attempt };
    });

  /** Changes a record that is still ours; false when it is not. */
  const change = (
    { owner, key }: OnceRequest,
    lease: string,
    set: { answer?: string; lease?: null; lease_until: number | null },
  ) =>
    write(async (tx, notify) => {
      const { numUpdatedRows } = await tx
        .updateTable('idempotency')
        .set({ ...set, modified_at: now() })
        .where('owner', '=', owner)
        .where('key', '=', key)
        .where('lease', '=', lease)
        .executeTakeFirst();
      if (set.lease === null) notify(topicOf({ owner, key }));
      return numUpdatedRows === 1n;
    });

  const store: Omit<IdempotencyStore, 'run'> = {
    begin,
    scope: () => createScope(randomBytes(32).toString('hex'), 1),
    renew: (request, lease, leaseMs) => change(request, lease, { lease_until: now() + leaseMs }),
    complete: (request, lease, answer) =>
      change(request, lease, { answer: JSON.stringify(answer ?? null), lease: null, lease_until: null }),
    async abandon({ owner, key }, lease) {
      await write(async (tx, notify) => {
        const mine = tx.deleteFrom('idempotency').where('owner', '=', owner).where('key', '=', key);
        await mine.where('lease', '=', lease).execute();
        notify(topicOf({ owner, key }));
      });
    },
  };

  /** Does the work that is ours, and keeps its answer. */
  async function perform(
    request: OnceRequest,
    { lease, seed, attempt }: { lease: string; seed: string; attempt: number },
    { leaseMs = LEASE_MS, isInterrupted }: OnceOptions,
    work: (scope: OnceScope) => Promise<unknown>,
  ): Promise<unknown> {
    const alive = setInterval(
      () => void store.renew(request, lease, leaseMs).catch(() => undefined),
      leaseMs / 3,
    );
    alive.unref();
    try {
      const answer = (await work(createScope(seed, attempt))) ?? null;
      // When another process has taken over, it comes to the same answer: what was done is not done twice.
      await store.complete(request, lease, answer);
      return JSON.parse(JSON.stringify(answer));
    } catch (error) {
      if (isInterrupted?.(error)) await change(request, lease, { lease: null, lease_until: null });
      else await store.abandon(request, lease);
      throw error;
    } finally {
      clearInterval(alive);
    }
  }

  return {
    ...store,
    async run(request, work, options = {}) {
      const { signal, leaseMs = LEASE_MS } = options;
      // Most requests are alone: those that are need no subscription.
      const first = await begin(request, leaseMs);
      if (first.state === 'begun') return perform(request, first, options, work);
      if (first.state === 'done') return first.answer;
      const subscription = bus.subscribe(topicOf(request));
      try {
        for (;;) {
          const start = await begin(request, leaseMs);
          if (start.state === 'begun') return await perform(request, start, options, work);
          if (start.state === 'done') return start.answer;
          await subscription.next({ timeoutMs: LOOK_AGAIN_MS, signal });
          signal?.throwIfAborted();
        }
      } finally {
        subscription.close();
      }
    },
  };
}

/** Ids and names of changes that come from the seed alone. */
function createScope(seed: string, attempt: number): OnceScope {
  let ids = 0;
  let effects = 0;
  const nextName = () => createHash('sha256').update(`${seed} effect ${effects++}`).digest('hex');

  /** Each application of an edit gets the ids that the first one got. */
  function repeatable(drafts: DraftStore): DraftStore {
    return {
      ...drafts,
      async edit(id, edit, options) {
        const first = ids;
        const again = (timeline: unknown) => {
          ids = first;
          return edit(timeline);
        };
        return drafts.edit(id, again, options);
      },
    };
  }

  const nextId = () => uuidFrom(createHmac('sha256', seed).update(`id ${ids++}`).digest());
  return {
    attempt,
    seed,
    uuid: nextId,
    once: nextName,
    drafts(drafts) {
      const made = repeatable(withEffects(drafts, () => ({ name: nextName(), seed })));
      return { ...made, create: (timeline, options) => made.create(timeline, { id: nextId(), ...options }) };
    },
  };
}

/** A version 4 UUID of random bytes. */
function uuidFrom(bytes: Buffer): string {
  bytes[6] = (bytes[6]! & 0x0f) | 0x40;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  return bytes.toString('hex', 0, 16).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

function mismatch(key: string): UserError {
  return new UserError(
    'IDEMPOTENCY_MISMATCH',
    `the key ${JSON.stringify(key)} came before with another request`,
    { hint: 'use a new key for a new request, and the same body for a repeated one' },
  );
}

const topicOf = ({ owner, key }: Pick<OnceRequest, 'owner' | 'key'>) => `once:${owner}:${key}`;
