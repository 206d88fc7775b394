import { join } from 'node:path';
import { isUserError, UserError } from '@cozecut/problems';
import { createBlobStore } from './blobs/blobs.ts';
import type { BlobFiles } from './blobs/files.ts';
import { blobFolder } from './blobs/folder.ts';
import { createCallJournal } from './calls.ts';
import { createDraftStore } from './drafts/drafts.ts';
import type { Engine } from './engine/engine.ts';
import { createEventStore } from './events.ts';
import { createGrantStore } from './grants.ts';
import { createIdempotency } from './idempotency.ts';
import { createJobStore } from './jobs/jobs.ts';
import { startWorker } from './jobs/worker.ts';
import { createRateLimits } from './limits.ts';
import { migrate, versionOf } from './schema/migrate.ts';
import { createSessionStore } from './sessions.ts';
import { sweep } from './sweep.ts';
import { createTokenStore } from './tokens.ts';
import type { Quota, Store } from './types.ts';

/** What a store needs from outside. */
export interface OpenStoreOptions {
  /** Absolute path of the folder that holds the database, or a `postgres://` address; `:memory:` keeps nothing. */
  location: string;
  /**
   * Absolute path of the folder for blobs, or `s3://BUCKET/PREFIX?region=R&endpoint=URL`; default: `blobs` in the
   * folder of the database. A database elsewhere has no default.
   */
  blobs?: string;
  /** Unix time in milliseconds. */
  now(): number;
  /** Fresh random UUID. */
  uuid(): string;
  /** What holds for every owner that has no limits of its own; default: no limits. */
  quota?: Quota;
  /** How many states of a draft are kept, the newest one included; at least 2, default 20. */
  keepRevisions?: number;
  /** How long a file that nobody knows may be on its way before a sweep removes it; default: an hour. */
  orphanAgeMs?: number;
  /** Connections of this process to PostgreSQL; default 10. */
  maxConnections?: number;
}

/**
 * Opens a store: a folder, which is made when it is not there, or a database of PostgreSQL. Several processes may have
 * it open. Tables of an older version are brought up to date.
 *
 * @throws UserError STORE_UNSUPPORTED when `location` is an address of an engine that is not built in.
 * @throws UserError STORE_UNAVAILABLE when the folder or the database cannot be used.
 *
 * @example
 * ```ts
 * import { resolve } from 'node:path';
 * import { openStore } from '@cozecut/store';
 *
 * const store = await openStore({
 *   location: resolve('store'), // or postgres://USER:PASSWORD@HOST/DATABASE
 *   now: Date.now,
 *   uuid: () => crypto.randomUUID(),
 * });
 * const { id } = await store.drafts.create({ name: 'Morning' }, { name: 'Morning' });
 * // Made again when another process was faster.
 * await store.drafts.edit(id, () => ({ name: 'Evening' }));
 * console.log((await store.drafts.get(id)).revision); // => 2
 * await store.close();
 * ```
 */
export async function openStore(options: OpenStoreOptions): Promise<Store> {
  const engine = await openEngine(options);
  try {
    await migrate(engine);
    return storeOn(engine, await openBlobFiles(options), options);
  } catch (error) {
    await engine.close();
    if (isUserError(error)) throw error;
    throw notUpToDate(options.location, error);
  }
}

/** The database of a location. */
export async function openEngine({ location, maxConnections }: OpenStoreOptions): Promise<Engine> {
  const scheme = /^([a-z][a-z0-9+.-]+):\/\//i.exec(location)?.[1]?.toLowerCase();
  if (scheme === undefined) {
    const { openSqlite } = await import('./engine/sqlite.ts');
    return openSqlite(location);
  }
  if (!['postgres', 'postgresql'].includes(scheme)) {
    throw new UserError(
      'STORE_UNSUPPORTED',
      `the store must be a folder or a postgres:// address (got an address of the kind ${scheme}://)`,
      { hint: 'set COZECUT_STORE to a folder or to postgres://USER:PASSWORD@HOST/DATABASE' },
    );
  }
  const { accessByUrl, openPostgres, unreachable } = await import('./engine/postgres.ts');
  const engine = openPostgres(accessByUrl(location, maxConnections));
  try {
    await versionOf(engine.db);
    return engine;
  } catch (cause) {
    await engine.close();
    throw unreachable(location, cause);
  }
}

/** Where the blobs of a store are. */
export async function openBlobFiles({ location, blobs }: OpenStoreOptions): Promise<BlobFiles> {
  if (blobs?.startsWith('s3://')) return (await import('./blobs/s3.ts')).blobBucket(blobs);
  const scheme = /^([a-z][a-z0-9+.-]+):\/\//i.exec(blobs ?? '')?.[1]?.toLowerCase();
  if (scheme !== undefined) {
    throw new UserError(
      'STORE_UNSUPPORTED',
      `files of the store must be in a folder or at an s3:// address (got an address of the kind ${scheme}://)`,
      { hint: 'set COZECUT_BLOBS to a folder or to s3://BUCKET' },
    );
  }
  if (blobs !== undefined) return blobFolder(blobs);
  if (location !== ':memory:' && !location.includes('://')) return blobFolder(join(location, 'blobs'));
  const { noBlobs } = await import('./blobs/none.ts');
  return noBlobs();
}

/** Everything of a store, on a database whose tables are up to date. */
export function storeOn(engine: Engine, files: BlobFiles, options: OpenStoreOptions): Store {
  const { now, uuid, quota = {}, keepRevisions = 20, orphanAgeMs = 3_600_000 } = options;
  const shared = { engine, now, uuid };
  const { drafts, quotas } = createDraftStore({
    ...shared,
    quota,
    keepRevisions: Math.max(keepRevisions, 2),
  });
  const jobs = createJobStore(shared);
  return {
    drafts,
    jobs,
    work: (worked) => startWorker({ engine, jobs, now }, worked),
    calls: createCallJournal(engine, shared),
    idempotency: createIdempotency(engine, shared),
    tokens: createTokenStore(engine, shared),
    grants: createGrantStore(engine, shared),
    sessions: createSessionStore(engine, shared),
    limits: createRateLimits(engine, shared),
    events: createEventStore(engine, shared),
    blobs: createBlobStore({ engine, files, quotas, now }),
    sweep: (retention) => sweep({ engine, files, jobs, now, orphanAgeMs }, retention),
    backup: async (folder) => (await import('./backup/backup.ts')).backup({ engine, files, now }, folder),
    status: async () => ({ engine: engine.kind, schema: (await versionOf(engine.db)) ?? '' }),
    close: () => engine.close(),
  };
}

function notUpToDate(location: string, cause: unknown): UserError {
  const place = location.includes('://') ? 'the database' : location;
  return new UserError('STORE_UNAVAILABLE', `the store in ${place} could not be brought up to date`, {
    hint: 'was it written by a newer version of cozecut?',
    cause,
  });
}
