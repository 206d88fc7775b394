import { UserError } from '@cozecut/problems';
import { type Dialect, Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import type { Tables } from '../schema/tables.ts';
import { createBus } from './bus.ts';
import type { Engine } from './engine.ts';
import { outage } from './outage.ts';
import { storable } from './storable.ts';

/** One channel for all: its messages are names of topics. */
const CHANNEL = 'cozecut';
/** Changes of so long are told together. */
const TELL_MS = 5;
/** How often a change is made again after the database chose it to give way. */
const MAX_ATTEMPTS = 10;
/** Longest payload of a notification is 8000 bytes. */
const MAX_TOPIC_LENGTH = 4_000;

/** How a database is reached; the tests put PGlite here. */
export interface PostgresAccess {
  dialect: Dialect;
  /** Calls back with each message of the channel, and after every gap in hearing with nothing. */
  listen(channel: string, heard: (topic: string | undefined) => void): Promise<void>;
  /** Ends what `listen` began. */
  close(): Promise<void>;
}

/** @param url - Address with user, password, host, port and database. @param maxConnections - Default 10. */
export function accessByUrl(url: string, maxConnections = 10): PostgresAccess {
  const types = {
    // Counts and times are below 2^53.
    getTypeParser: ((oid: number, format: never) =>
      oid === pg.types.builtins.INT8 || oid === pg.types.builtins.NUMERIC
        ? Number
        : pg.types.getTypeParser(oid, format)) as typeof pg.types.getTypeParser,
  };
  const config = { connectionString: url, types, application_name: 'cozecut', keepAlive: true };
  const pool = new pg.Pool({
    ...config,
    Client: StoringClient,
    max: maxConnections,
    connectionTimeoutMillis: 30_000,
  });
  // An idle connection that ends is replaced when one is needed.
  pool.on('error', () => undefined);
  // One that ends while it is used fails its statement; the event beside that would end the process.
  pool.on('connect', (client) => client.on('error', () => undefined));
  let listener: pg.Client | undefined;
  let again: ReturnType<typeof setTimeout> | undefined;
  let isClosed = false;

  async function listen(channel: string, heard: (topic: string | undefined) => void): Promise<void> {
    const client = new pg.Client(config);
    const retry = () => {
      if (listener !== client || isClosed) return;
      listener = undefined;
      client.end().catch(() => undefined);
      again = setTimeout(() => void listen(channel, heard).catch(() => undefined), 1_000);
      again.unref();
    };
    listener = client;
    client.on('error', retry);
    client.on('end', retry);
    client.on('notification', ({ payload }) => heard(payload));
    try {
      await client.connect();
      await client.query(`listen ${channel}`);
      heard(undefined);
    } catch (error) {
      retry();
      throw error;
    }
  }

  return {
    dialect: new PostgresDialect({
      pool: {
        options: pool.options,
        connect: () => pool.connect().catch(throwOutage),
        end: () => pool.end(),
      },
    }),
    listen,
    async close() {
      isClosed = true;
      clearTimeout(again);
      await listener?.end().catch(() => undefined);
    },
  };
}

class StoringClient extends pg.Client {
  override query(...given: never[]): never {
    const [text, values, ...rest] = given as unknown as [unknown, unknown, ...unknown[]];
    const stored = Array.isArray(values) ? values.map(storable) : values;
    const asked = (super.query as (...given: unknown[]) => unknown).call(this, text, stored, ...rest);
    return (asked instanceof Promise ? asked.catch(throwOutage) : asked) as never;
  }
}

function throwOutage(error: unknown): never {
  throw outage(error);
}

/** PostgreSQL; any number of processes share it. */
export function openPostgres(access: PostgresAccess): Engine {
  const db = new Kysely<Tables>({ dialect: access.dialect });
  let listening: Promise<unknown> | undefined;
  let isClosed = false;
  const bus = createBus((isWaited) => {
    if (!isWaited || isClosed) return;
    listening ??= access
      .listen(CHANNEL, (topic) => (topic === undefined ? bus.wakeAll() : bus.wake(topic)))
      .catch(() => undefined);
  });

  // Commits that notify wait for each other in PostgreSQL, so changes do not notify themselves. What is lost when the
  // process ends in between is seen by those who wait when they look again.
  const untold = new Set<string>();
  let telling: Promise<unknown> | undefined;
  async function tell(): Promise<void> {
    await sleep(TELL_MS);
    telling = undefined;
    const topics = [...untold];
    untold.clear();
    const messages = topics.map((topic) => topic.slice(0, MAX_TOPIC_LENGTH));
    await db
      .selectNoFrom(({ fn, val }) =>
        messages.map((topic, at) => fn('pg_notify', [val(CHANNEL), val(topic)]).as(`t${at}`)),
      )
      .execute()
      .catch(() => undefined);
  }
  function notify(topic: string): void {
    bus.wake(topic);
    untold.add(topic);
    telling ??= tell();
  }

  return {
    kind: 'postgres',
    db,
    bus,
    async write(work) {
      for (let attempt = 1; ; attempt++) {
        const topics = new Set<string>();
        try {
          const result = await db.transaction().execute((tx) => work(tx, (topic) => topics.add(topic)));
          for (const topic of topics) notify(topic);
          return result;
        } catch (error) {
          if (!isAskedToGiveWay(error) || attempt === MAX_ATTEMPTS) throw error;
          await sleep(Math.random() * 10 * attempt);
        }
      }
    },
    snapshot: (read) =>
      db.transaction().setIsolationLevel('repeatable read').setAccessMode('read only').execute(read),
    alone: (work) => work(db),
    isDuplicate: (error) => codeOf(error) === '23505',
    async close() {
      if (isClosed) return;
      isClosed = true;
      bus.wakeAll();
      await telling;
      await listening;
      await access.close();
      await db.destroy();
    },
  };
}

/** @throws UserError STORE_UNAVAILABLE with the host but without user and password. */
export function unreachable(url: string, failure: unknown): UserError {
  const cause = failure instanceof UserError && failure.cause !== undefined ? failure.cause : failure;
  const place = URL.canParse(url) ? new URL(url).host + new URL(url).pathname : 'the address';
  const why =
    cause instanceof AggregateError ? cause.errors.map(String).join('; ') : (cause as Error).message;
  return new UserError('STORE_UNAVAILABLE', `the store at postgres://${place} cannot be used: ${why}`, {
    hint: 'is COZECUT_STORE right, and does the database take connections?',
    cause,
  });
}

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const codeOf = (error: unknown) => (error as { code?: string } | undefined)?.code;
/** Deadlock, or a serialization failure: nothing was kept, and another attempt is what the database asks for. */
const isAskedToGiveWay = (error: unknown) => ['40001', '40P01'].includes(codeOf(error) ?? '');
