import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from '@cozecut/problems';
import Database from 'better-sqlite3';
import { Kysely, SqliteDialect } from 'kysely';
import { Migrator } from 'kysely/migration';
import { createDraftStore } from './drafts.ts';
import { createJobStore } from './jobs.ts';
import { MIGRATIONS, type Tables } from './schema.ts';
import type { Store } from './types.ts';

/** What a store needs from outside. */
export interface OpenStoreOptions {
  /** Absolute path of the folder that holds the database; `:memory:` keeps nothing. */
  location: string;
  /** Unix time in milliseconds. */
  now(): number;
  /** Fresh random UUID. */
  uuid(): string;
}

/**
 * Opens the store in a folder, which is made when it is not there; several processes may have it open.
 *
 * @throws UserError STORE_UNSUPPORTED when `location` is an address of an engine that is not built in.
 * @throws UserError STORE_UNAVAILABLE when the folder cannot be used.
 */
export async function openStore(options: OpenStoreOptions): Promise<Store> {
  if (/^[a-z][a-z0-9+.-]+:\/\//i.test(options.location)) {
    const scheme = options.location.split('://')[0];
    throw new UserError(
      'STORE_UNSUPPORTED',
      `the store must be a folder (got an address of the kind ${scheme}://)`,
      {
        hint: 'set COZECUT_STORE to a folder',
      },
    );
  }
  const db = new Kysely<Tables>({ dialect: new SqliteDialect({ database: openDatabase(options.location) }) });
  const migrator = new Migrator({ db, provider: { getMigrations: async () => MIGRATIONS } });
  // Two processes that open a new folder at once both migrate; the one that lost the race finds the work done.
  let { error } = await migrator.migrateToLatest();
  if (error !== undefined) ({ error } = await migrator.migrateToLatest());
  if (error !== undefined) {
    await db.destroy();
    throw new UserError(
      'STORE_UNAVAILABLE',
      `the store in ${options.location} could not be brought up to date`,
      {
        hint: 'was it written by a newer version of cozecut?',
        cause: error,
      },
    );
  }
  return {
    drafts: createDraftStore(db, options),
    jobs: createJobStore(db, options),
    close: () => db.destroy(),
  };
}

function openDatabase(folder: string): Database.Database {
  try {
    const inMemory = folder === ':memory:';
    if (!inMemory) mkdirSync(folder, { recursive: true });
    const database = new Database(inMemory ? folder : join(folder, 'cozecut.db'), { timeout: 10_000 });
    database.pragma('journal_mode = WAL');
    // What was answered with success must survive a power cut, not only the end of the process.
    database.pragma('synchronous = FULL');
    database.pragma('foreign_keys = ON');
    return database;
  } catch (cause) {
    throw new UserError(
      'STORE_UNAVAILABLE',
      `the store folder ${folder} cannot be used: ${(cause as Error).message}`,
      {
        hint: 'set COZECUT_STORE to a folder that you may write to',
        cause,
      },
    );
  }
}
