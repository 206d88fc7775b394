import { UserError } from '@cozecut/problems';
import { sql } from 'kysely';
import type { Engine, Tx } from '../engine/engine.ts';
import { prepared } from '../engine/prepared.ts';
import type { Kept, Quota, Usage } from '../types.ts';

/** Limits on what owners keep. */
export interface Quotas {
  usage(owner: string): Promise<Usage>;
  set(owner: string, quota: Quota | undefined): Promise<void>;
  of(owner: string): Promise<Quota>;
  /** Whether anything may be refused: without limits nobody counts. */
  readonly areSet: () => Promise<boolean>;
  /**
   * Inside the change that adds: called after the rows are there, but for those that are to come.
   *
   * @throws UserError QUOTA_EXCEEDED
   */
  check(tx: Tx, owner: string, toCome?: Kept): Promise<void>;
}

/** @param common - What holds for every owner that has no limits of its own. */
export function createQuotas({ db, kind, write }: Engine, common: Quota): Quotas {
  const ownerRow = prepared(['owner'], (on, { owner }: { owner: string }) =>
    on.selectFrom('owners').selectAll().where('owner', '=', owner),
  );
  const isLimited = (quota: Quota) => quota.maxDrafts !== undefined || quota.maxBytes !== undefined;

  async function quotaOf(on: Tx, owner: string): Promise<Quota> {
    const {
      rows: [row],
    } = await ownerRow(on, { owner });
    if (row === undefined) return common;
    return {
      ...(row.max_drafts === null ? {} : { maxDrafts: row.max_drafts }),
      ...(row.max_bytes === null ? {} : { maxBytes: row.max_bytes }),
      ...(row.keep_ms === null ? {} : { keepDraftsMs: row.keep_ms }),
    };
  }

  async function usage(on: Tx, owner: string): Promise<Usage> {
    const { drafts, draftBytes } = await on
      .selectFrom('drafts')
      .where('owner', '=', owner)
      .select(({ fn }) => [
        fn.countAll<number>().as('drafts'),
        fn.coalesce(fn.sum<number>('bytes'), sql<number>`0`).as('draftBytes'),
      ])
      .executeTakeFirstOrThrow();
    const { blobBytes } = await on
      .selectFrom((from) =>
        from
          .selectFrom('blob_holders')
          .innerJoin('blobs', 'blobs.id', 'blob_holders.blob_id')
          .where('blob_holders.owner', '=', owner)
          .select(['blobs.id', 'blobs.bytes'])
          .distinct()
          .as('held'),
      )
      .select(({ fn }) => fn.coalesce(fn.sum<number>('bytes'), sql<number>`0`).as('blobBytes'))
      .executeTakeFirstOrThrow();
    return { drafts, draftBytes, blobBytes };
  }

  return {
    usage: (owner) => usage(db, owner),
    of: (owner) => quotaOf(db, owner),
    async areSet() {
      return (
        isLimited(common) ||
        (await db.selectFrom('owners').select('owner').limit(1).executeTakeFirst()) !== undefined
      );
    },
    async set(owner, quota) {
      await write(async (tx) => {
        await tx.deleteFrom('owners').where('owner', '=', owner).execute();
        if (quota === undefined) return;
        const { maxDrafts = null, maxBytes = null, keepDraftsMs = null } = quota;
        await tx
          .insertInto('owners')
          .values({ owner, max_drafts: maxDrafts, max_bytes: maxBytes, keep_ms: keepDraftsMs })
          .execute();
      });
    },
    async check(tx, owner, toCome = { drafts: 0, bytes: 0 }) {
      const quota = await quotaOf(tx, owner);
      if (!isLimited(quota)) return;
      // Two changes that count at once would both find room for one.
      if (kind === 'postgres')
        await sql`select pg_advisory_xact_lock(hashtextextended(${owner}, 7))`.execute(tx);
      const { drafts, draftBytes, blobBytes } = await usage(tx, owner);
      const { maxDrafts = Infinity, maxBytes = Infinity } = quota;
      if (drafts + toCome.drafts > maxDrafts) throw exceeded(`${maxDrafts} drafts`);
      if (draftBytes + blobBytes + toCome.bytes > maxBytes) throw exceeded(`${maxBytes} bytes`);
    },
  };
}

function exceeded(limit: string): UserError {
  return new UserError('QUOTA_EXCEEDED', `no more than ${limit} may be kept`, {
    hint: 'remove drafts that are no longer needed',
  });
}
