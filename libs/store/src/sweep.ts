import { sql } from 'kysely';
import { lockBlob } from './blobs/blobs.ts';
import type { BlobFiles } from './blobs/files.ts';
import { sweepIncoming } from './blobs/incoming.ts';
import { isInUse, removeDrafts } from './drafts/remove.ts';
import type { Engine, Tx } from './engine/engine.ts';
import type { Retention, Store, Swept } from './types.ts';

/** Rows that are removed in one change: others get their turn in between. */
const PAGE = 500;
/** Rate limits that are all free again tell nothing. */
const LIMITS_MS = 3_600_000;

/** What a sweep needs. */
export interface SweepOptions {
  engine: Engine;
  files: BlobFiles;
  jobs: Store['jobs'];
  now(): number;
  /** A file that nobody knows is left alone for so long: it may be on its way. */
  orphanAgeMs: number;
}

/** See `Store.sweep`. */
export async function sweep(options: SweepOptions, retention: Retention): Promise<Swept> {
  const { engine, jobs, now } = options;
  const { write } = engine;
  const before = (ms: number | undefined) => (ms === undefined ? undefined : now() - ms);

  await jobs.recover();
  const begun = await oldestWork(engine);
  const { drafts, folders } = await sweepDrafts(engine, now(), retention.draftsMs);

  /** Removes rows page by page until none is left. */
  async function pages(
    moment: number | undefined,
    remove: (moment: number) => Promise<bigint>,
  ): Promise<number> {
    let removed = 0;
    for (let page = PAGE; moment !== undefined && page === PAGE; removed += page)
      page = Number(await remove(moment));
    return removed;
  }

  /** Removes rows that are small and found quickly. */
  async function all(
    moment: number | undefined,
    remove: (tx: Tx, moment: number) => Promise<{ numDeletedRows: bigint }>,
  ): Promise<number> {
    if (moment === undefined) return 0;
    return Number((await write((tx) => remove(tx, moment))).numDeletedRows);
  }

  const swept: Swept = {
    drafts,
    folders,
    jobs: await pages(before(retention.jobsMs), (moment) =>
      write(async (tx) => {
        const old = await tx
          .selectFrom('jobs')
          .select('id')
          .where('state', 'not in', ['queued', 'running'])
          .where('modified_at', '<', moment)
          .limit(PAGE)
          .execute();
        if (old.length === 0) return 0n;
        const ids = old.map(({ id }) => id);
        await tx
          .deleteFrom('topics')
          .where(
            'topic',
            'in',
            ids.map((id) => `job:${id}`),
          )
          .execute();
        return (await tx.deleteFrom('jobs').where('id', 'in', ids).executeTakeFirst()).numDeletedRows;
      }),
    ),
    calls: await pages(before(retention.callsMs), (moment) =>
      write(async (tx) => {
        const old = tx.selectFrom('calls').select('seq').where('started_at', '<', moment).limit(PAGE);
        return (await tx.deleteFrom('calls').where('seq', 'in', old).executeTakeFirst()).numDeletedRows;
      }),
    ),
    idempotency: await all(before(retention.idempotencyMs), async (tx, moment) => {
      // What a job has done in a former attempt is known by these, as long as it may be tried again.
      await tx
        .deleteFrom('draft_effects')
        .where('created_at', '<', Math.min(moment, begun ?? moment))
        .execute();
      return tx
        .deleteFrom('idempotency')
        .where('modified_at', '<', moment)
        .where('key', 'not in', LIVE_TOPICS)
        .where(({ or, eb }) => or([eb('lease_until', 'is', null), eb('lease_until', '<', now())]))
        .executeTakeFirst();
    }),
    sessions: await pages(before(retention.sessionsMs), (moment) =>
      write(async (tx) => {
        const old = tx
          .selectFrom('sessions')
          .select('sessions.id')
          .where('modified_at', '<', moment)
          .where(({ not, exists, selectFrom }) =>
            not(
              exists(
                selectFrom('chats')
                  .select('chats.id')
                  .whereRef('chats.session_id', '=', 'sessions.id')
                  .where('chats.state', '=', 'running')
                  .where('chats.lease_until', '>', now()),
              ),
            ),
          )
          .limit(PAGE);
        return (await tx.deleteFrom('sessions').where('id', 'in', old).executeTakeFirst()).numDeletedRows;
      }),
    ),
    events: await all(before(retention.eventsMs), async (tx, moment) => {
      await tx
        .deleteFrom('topics')
        .where('modified_at', '<', moment)
        .where(({ or, and, eb }) =>
          or([
            and([eb('topic', 'like', 'chat:%'), eb('topic', 'not in', CHATS)]),
            and([eb('topic', 'like', 'question:%'), eb('topic', 'not in', QUESTIONS)]),
          ]),
        )
        .execute();
      return tx
        .deleteFrom('events')
        .where('at', '<', moment)
        .where('topic', 'not in', LIVE_TOPICS)
        .executeTakeFirst();
    }),
    tokens: await all(before(retention.tokensMs), (tx, moment) =>
      tx
        .deleteFrom('tokens')
        .where(({ or, eb }) => or([eb('expires_at', '<', moment), eb('revoked_at', '<', moment)]))
        .executeTakeFirst(),
    ),
    grants: await all(now(), (tx, moment) =>
      tx.deleteFrom('oauth_grants').where('expires_at', '<', moment).executeTakeFirst(),
    ),
    blobs: await sweepBlobs(options, before(retention.blobsMs)),
    orphans: await sweepFiles(options),
  };
  await write((tx) =>
    tx
      .deleteFrom('rate_limits')
      .where('free_at', '<', now() - LIMITS_MS)
      .execute(),
  );
  return swept;
}

/** When the oldest job was begun that has not ended. */
async function oldestWork({ db }: Engine): Promise<number | undefined> {
  const row = await db
    .selectFrom('jobs')
    .select(({ fn }) => fn.min<number | null>('created_at').as('at'))
    .where('state', 'in', ['queued', 'running'])
    .executeTakeFirst();
  return row?.at ?? undefined;
}

/** Topics of chats and of questions of jobs that are there; others have nobody to remove them. */
const CHATS = sql<string>`(select 'chat:' || id from chats)`;
const QUESTIONS = sql<string>`(select 'question:' || id from jobs)`;

/**
 * Topics of what has not ended: whoever follows it is told everything from the first event on. `job:` and an id is also
 * the key under which a job remembers what it has done.
 */
const LIVE_TOPICS = sql<string>`(
  select 'job:' || id from jobs where state in ('queued', 'running')
  union all select 'question:' || id from jobs where state in ('queued', 'running')
  union all select 'chat:' || id from chats where state = 'running')`;

/** Removes drafts that are older than their owner may keep them, or than drafts are kept. */
async function sweepDrafts(
  engine: Engine,
  now: number,
  commonMs: number | undefined,
): Promise<Pick<Swept, 'drafts' | 'folders'>> {
  const swept = { drafts: 0, folders: [] as string[] };
  for (let page = PAGE; page === PAGE; swept.drafts += page) {
    const removed = await engine.write(async (tx) => {
      const old = await tx
        .selectFrom('drafts')
        .leftJoin('owners', 'owners.owner', 'drafts.owner')
        .select(['drafts.id', 'drafts.folder'])
        // What is compared with nothing is not true: without a time, drafts stay.
        .where(({ eb, fn, val }) =>
          eb(
            'drafts.modified_at',
            '<',
            eb(val(now), '-', fn.coalesce('owners.keep_ms', val(commonMs ?? null))),
          ),
        )
        .where((eb) => eb.not(isInUse(eb as never)))
        .limit(PAGE)
        .$if(engine.kind === 'postgres', (query) => query.forUpdate('drafts').skipLocked())
        .execute();
      if (old.length > 0) {
        await removeDrafts(
          engine,
          tx,
          old.map(({ id }) => id),
        );
      }
      return old;
    });
    page = removed.length;
    swept.folders.push(...removed.flatMap(({ folder }) => folder ?? []));
  }
  return swept;
}

/** Removes blobs that nobody holds. */
async function sweepBlobs({ engine, files }: SweepOptions, moment: number | undefined): Promise<number> {
  if (moment === undefined) return 0;
  const unheld = await engine.db
    .selectFrom('blobs')
    .select('id')
    .where('used_at', '<', moment)
    .where('id', 'not in', (from) => from.selectFrom('blob_holders').select('blob_id'))
    .execute();
  let removed = 0;
  for (const { id } of unheld) {
    const isGone = await engine.write(async (tx) => {
      await lockBlob(engine, tx, id);
      const { numDeletedRows } = await tx
        .deleteFrom('blobs')
        .where('id', '=', id)
        .where('used_at', '<', moment)
        .where('id', 'not in', (from) => from.selectFrom('blob_holders').select('blob_id'))
        .executeTakeFirst();
      return numDeletedRows === 1n;
    });
    // The row first: a blob that is on record always has its content.
    if (isGone) await removeUnknown(engine, files, id);
    removed += Number(isGone);
  }
  return removed;
}

/** Removes what a process left that ended in the middle: content on its way, and content that no row knows. */
async function sweepFiles({ engine, files, orphanAgeMs }: SweepOptions): Promise<number> {
  const oldest = Date.now() - orphanAgeMs;
  let removed = files.incoming === undefined ? 0 : await sweepIncoming(files.incoming, oldest);
  for await (const { id, at } of files.list()) {
    if (at >= oldest) continue;
    removed += Number(await removeUnknown(engine, files, id));
  }
  return removed;
}

async function removeUnknown(engine: Engine, files: BlobFiles, id: string): Promise<boolean> {
  const known = await engine.db.selectFrom('blobs').select('id').where('id', '=', id).executeTakeFirst();
  if (known !== undefined) return false;
  return engine.write(async (tx) => {
    await lockBlob(engine, tx, id);
    const row = await tx.selectFrom('blobs').select('id').where('id', '=', id).executeTakeFirst();
    if (row !== undefined) return false;
    // Inside the change: a put of the same content waits for it, and then finds out that it must write the content.
    await files.remove(id);
    return true;
  });
}
