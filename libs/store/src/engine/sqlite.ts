import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from '@cozecut/problems';
import Database from 'better-sqlite3';
import { Kysely, type KyselyPlugin, SqliteDialect, type SqliteStatement } from 'kysely';
import type { Tables } from '../schema/tables.ts';
import { createBus } from './bus.ts';
import type { Engine, Notify, Tx } from './engine.ts';
import { outage, withOutage } from './outage.ts';
import { runPrepared } from './prepared.ts';
import { storable } from './storable.ts';
import { openWalFile } from './wal-file.ts';

/** Changes that are made together at most; more would keep other processes waiting. */
const MAX_GROUP = 128;
/** How long a change waits for other processes before it is an error. */
const LOCK_TIMEOUT_MS = 30_000;
/** How often a process looks whether another one has changed something, while somebody waits for it. */
const LOOK_MS = 25;

interface Pending {
  work(tx: Tx, notify: Notify): Promise<unknown>;
  resolve(result: unknown): void;
  reject(error: unknown): void;
}

/**
 * SQLite in a folder; several processes may have it open.
 *
 * Changes are made on one connection, in groups: each change inside a savepoint of its own, all of a group in one
 * transaction. The database itself writes to its log without waiting for the disk; another thread waits, once for a
 * group, while the next one gathers. Nobody is answered before that, neither those who change nor those who read.
 *
 * @param folder - Absolute path, made when it is not there; `:memory:` keeps nothing.
 * @throws UserError STORE_UNAVAILABLE when the folder cannot be used.
 */
export async function openSqlite(folder: string): Promise<Engine> {
  const writing = openDatabase(folder);
  const writer = kyselyOn(writing);
  // What is in memory belongs to one connection.
  const isInMemory = folder === ':memory:';
  const reading = isInMemory ? writing : openDatabase(folder);
  const reader = isInMemory ? writer : kyselyOn(reading, () => onDisk);
  // A change waits for its turn without holding up the process.
  writing.pragma('busy_timeout = 0');
  const statements = {
    begin: writing.prepare('begin immediate'),
    commit: writing.prepare('commit'),
    savepoint: writing.prepare('savepoint one'),
    release: writing.prepare('release one'),
  };
  const log = isInMemory ? undefined : await openWalFile(writing);
  /** Resolves when what is committed is on disk; nothing while all of it is. */
  let onDisk: Promise<void> | undefined;
  /** Why nothing can be kept any more. */
  let failure: UserError | undefined;

  const pending: Pending[] = [];
  let isDraining = false;
  let drained = Promise.resolve();
  let isClosed = false;

  const dataVersion = reading.prepare('pragma data_version').pluck();
  let version: unknown;
  let looking: ReturnType<typeof setInterval> | undefined;
  const bus = createBus((isWaited) => {
    clearInterval(looking);
    if (!isWaited || isInMemory || isClosed) return;
    version = dataVersion.get();
    looking = setInterval(() => {
      const seen = dataVersion.get();
      if (seen === version) return;
      version = seen;
      bus.wakeAll();
    }, LOOK_MS);
    looking.unref();
  });

  async function begin(): Promise<void> {
    const giveUpAt = performance.now() + LOCK_TIMEOUT_MS;
    for (let waitMs = 1; ; waitMs = Math.min(waitMs * 1.5, 10)) {
      if (failure !== undefined) throw failure;
      try {
        statements.begin.run();
        return;
      } catch (error) {
        if (!isBusy(error)) throw error;
        if (performance.now() > giveUpAt) throw storeBusy(error);
        await sleep(waitMs * (0.5 + Math.random()));
      }
    }
  }

  /** Ends the transaction, and resolves when it is on disk. */
  async function commit(): Promise<void> {
    statements.commit.run();
    onDisk = log?.sync().catch((cause) => {
      // What was not written may be gone, and what comes later would build on it.
      failure = notOnDisk(cause);
      throw failure;
    });
    await onDisk;
    onDisk = undefined;
  }

  /** Makes the changes that wait, in groups, until none waits. */
  async function drain(): Promise<void> {
    while (pending.length > 0) {
      // What comes in the same turn of the event loop goes into the same group, and the turn comes to its end.
      await new Promise((resolve) => setImmediate(resolve));
      await writeGroup();
    }
    isDraining = false;
  }

  async function writeGroup(): Promise<void> {
    const done: (() => void)[] = [];
    const group: Pending[] = [];
    const topics = new Set<string>();
    try {
      await begin();
      try {
        while (pending.length > 0 && group.length < MAX_GROUP) {
          const one = pending.shift()!;
          group.push(one);
          done.push(await change(one, topics));
        }
        await commit();
      } catch (error) {
        if (writing.inTransaction) writing.exec('rollback');
        throw error;
      }
    } catch (error) {
      // Nobody was begun with: the one that is first would wait for ever otherwise.
      if (group.length === 0) group.push(...pending.splice(0));
      for (const { reject } of group) reject(outage(error));
      return;
    }
    for (const answer of done) answer();
    for (const topic of topics) bus.wake(topic);
  }

  /** Returns what tells the caller, which must wait until the group is on disk. */
  async function change({ work, resolve, reject }: Pending, topics: Set<string>): Promise<() => void> {
    const own: string[] = [];
    statements.savepoint.run();
    try {
      const result = await work(writer, (topic) => own.push(topic));
      statements.release.run();
      for (const topic of own) topics.add(topic);
      return () => resolve(result);
    } catch (error) {
      // A full disk ends the whole transaction, and then there is nothing to go back to.
      if (!writing.inTransaction) throw error;
      writing.exec('rollback to one');
      writing.exec('release one');
      return () => reject(error);
    }
  }

  return {
    kind: 'sqlite',
    db: reader,
    bus,
    write<Result>(work: (tx: Tx, notify: Notify) => Promise<Result>): Promise<Result> {
      if (isClosed) return Promise.reject(storeClosed());
      if (failure !== undefined) return Promise.reject(failure);
      const { promise, resolve, reject } = Promise.withResolvers<Result>();
      pending.push({ work, resolve: resolve as Pending['resolve'], reject });
      if (!isDraining) {
        isDraining = true;
        drained = drain();
      }
      return promise;
    },
    async snapshot(read) {
      const database = isInMemory ? undefined : openDatabase(folder);
      if (database === undefined) return read(reader);
      const own = kyselyOn(database);
      try {
        database.exec('begin');
        return await read(own);
      } finally {
        database.close();
      }
    },
    async alone(work) {
      await drained;
      await begin();
      try {
        const result = await work(writer);
        await commit();
        return result;
      } catch (error) {
        if (writing.inTransaction) writing.exec('rollback');
        throw error;
      }
    },
    isDuplicate: (error) =>
      ['SQLITE_CONSTRAINT_UNIQUE', 'SQLITE_CONSTRAINT_PRIMARYKEY'].includes(codeOf(error) ?? ''),
    async close() {
      if (isClosed) return;
      isClosed = true;
      clearInterval(looking);
      bus.wakeAll();
      await drained;
      await log?.close();
      reading.close();
      if (!isInMemory) writing.close();
    },
  };
}

function openDatabase(folder: string): Database.Database {
  try {
    const isInMemory = folder === ':memory:';
    if (!isInMemory) mkdirSync(folder, { recursive: true });
    const database = new Database(isInMemory ? folder : join(folder, 'cozecut.db'), { timeout: 10_000 });
    database.pragma('journal_mode = WAL');
    // A commit does not wait for the disk: `openSqlite` sees to that, and a checkpoint does it by itself.
    database.pragma('synchronous = NORMAL');
    // In pages of 4 KiB. A checkpoint does hold up the process while it waits for the disk, so it is rare; what changes
    // often, which is most, is then copied once for many times.
    database.pragma('wal_autocheckpoint = 4000');
    database.pragma('foreign_keys = ON');
    // In KiB. Nearly all that is read was written just before; the rest is in memory of the system.
    database.pragma('cache_size = -2000');
    database.pragma('journal_size_limit = 67108864');
    return database;
  } catch (cause) {
    throw new UserError(
      'STORE_UNAVAILABLE',
      `the store folder ${folder} cannot be used: ${(cause as Error).message}`,
      { hint: 'set COZECUT_STORE to a folder that you may write to', cause },
    );
  }
}

/** Gives results when what they were read from is on disk. */
function resultsAfter(onDisk: () => Promise<void> | undefined): KyselyPlugin {
  return {
    transformQuery: ({ node }) => node,
    async transformResult({ result }) {
      await onDisk();
      return result;
    },
  };
}

/**
 * Statements are prepared once for each text.
 *
 * @param onDisk - What results wait for.
 */
function kyselyOn(database: Database.Database, onDisk?: () => Promise<void> | undefined): Kysely<Tables> {
  const prepared = new Map<string, SqliteStatement>();
  const prepare = (text: string): SqliteStatement => {
    let statement = prepared.get(text);
    if (statement === undefined) {
      // Texts differ by the number of rows and ids in them; no program has so many.
      if (prepared.size >= 1_000) prepared.clear();
      statement = storing(database.prepare(text));
      prepared.set(text, statement);
    }
    return statement;
  };
  const plain = new Kysely<Tables>({
    dialect: new SqliteDialect({ database: { close: () => database.close(), prepare } }),
  });
  const db = onDisk === undefined ? plain : plain.withPlugin(resultsAfter(onDisk));
  runPrepared(db, (text, parameters) => {
    const statement = prepare(text);
    if (!statement.reader) {
      statement.run(parameters);
      return [];
    }
    const rows = statement.all(parameters);
    return onDisk?.()?.then(() => rows) ?? rows;
  });
  return db;
}

function storing(statement: Database.Statement): SqliteStatement {
  return {
    reader: statement.reader,
    all: (parameters) => withOutage(() => statement.all(parameters.map(storable))),
    run: (parameters) => withOutage(() => statement.run(parameters.map(storable))),
    iterate: (parameters) => statement.iterate(parameters.map(storable)),
  };
}

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const codeOf = (error: unknown) => (error as { code?: string } | undefined)?.code;
const isBusy = (error: unknown) => codeOf(error)?.startsWith('SQLITE_BUSY') === true;

function storeBusy(cause: unknown): UserError {
  return new UserError('STORE_BUSY', 'another process has been writing to the store for too long', {
    hint: 'is a process that uses the store stopped?',
    retryable: true,
    cause,
  });
}

function storeClosed(): UserError {
  return new UserError('STORE_CLOSED', 'the store was closed before this was kept');
}

function notOnDisk(cause: unknown): UserError {
  return new UserError(
    'STORE_UNAVAILABLE',
    `what was written could not be put on disk: ${(cause as Error).message}`,
    {
      hint: 'look after the disk, then start the program again',
      cause,
    },
  );
}
