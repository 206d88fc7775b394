import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PGlite, type QueryOptions, type Transaction, types } from '@electric-sql/pglite';
import { PGliteDialect } from 'kysely';
import { openPostgres } from '../../src/engine/postgres.ts';
import { storable } from '../../src/engine/storable.ts';
import { type OpenStoreOptions, openStore, type Store } from '../../src/index.ts';
import { openBlobFiles, storeOn } from '../../src/open-store.ts';
import { migrate } from '../../src/schema/migrate.ts';
import { hasPostgres, queryOn, startPostgres } from './postgres.ts';

/** An engine under test. */
export interface Backend {
  /** Opens the store of this test; each call is a store of its own on the same database. */
  open(options?: Partial<OpenStoreOptions>): Promise<Store>;
  /** Unix time in milliseconds, for all stores; a test moves it on. */
  time: number;
  /** Folder of this test. */
  readonly folder: string;
  /** Address or folder that other processes open. */
  readonly location: string;
  /** Closes every store and forgets what was kept. */
  reset(): Promise<void>;
  /** Ends the engine. */
  end(): Promise<void>;
}

/** The engines that this machine has, by name. */
export const BACKENDS: Readonly<Record<string, () => Promise<Backend>>> = {
  SQLite: async () =>
    backend(async (folder) => ({ location: join(folder, 'store'), end: async () => undefined })),
  ...(hasPostgres ? { PostgreSQL: postgresBackend } : { 'PostgreSQL in PGlite': pgliteBackend }),
};

interface Place {
  location: string;
  /** Opens a store when `openStore` cannot. */
  open?(options: OpenStoreOptions): Promise<Store>;
  end(): Promise<void>;
}

async function backend(
  makePlace: (folder: string) => Promise<Place>,
  end = async () => {},
): Promise<Backend> {
  let opened: Store[] = [];
  let folder = mkdtempSync(join(tmpdir(), 'cozecut-store-'));
  let place = await makePlace(folder);

  async function close() {
    await Promise.all(opened.map((store) => store.close()));
    opened = [];
    await place.end();
    rmSync(folder, { recursive: true, force: true });
  }

  const self: Backend = {
    time: 1_700_000_000_000,
    get folder() {
      return folder;
    },
    get location() {
      return place.location;
    },
    async open(options = {}) {
      const all = {
        location: place.location,
        blobs: join(folder, 'blobs'),
        now: () => self.time,
        uuid: () => crypto.randomUUID(),
        ...options,
      };
      // A store elsewhere than the one of this test is a real one in each case.
      const isElsewhere = all.location !== place.location;
      const store = await (isElsewhere ? openStore : (place.open ?? openStore))(all);
      opened.push(store);
      return store;
    },
    async reset() {
      await close();
      folder = mkdtempSync(join(tmpdir(), 'cozecut-store-'));
      place = await makePlace(folder);
    },
    async end() {
      await close();
      await end();
    },
  };
  return self;
}

async function postgresBackend(): Promise<Backend> {
  const server = await startPostgres({ isDurable: false });
  const location = await server.createDatabase();
  await (await openStore({ location, now: Date.now, uuid: () => crypto.randomUUID() })).close();
  return backend(async () => ({ location, end: () => empty(location) }), server.stop);
}

/** Forgets what a test has kept: quicker than a database for each. */
async function empty(location: string): Promise<void> {
  const { rows } = await queryOn(
    location,
    `select string_agg(quote_ident(tablename), ', ') as tables from pg_tables
     where schemaname = 'public' and tablename not like 'kysely%'`,
  );
  await queryOn(location, `truncate ${rows[0].tables} restart identity cascade`);
}

/** PostgreSQL inside this process: one connection for all stores, and nobody else can reach it. */
async function pgliteBackend(): Promise<Backend> {
  const pglite = await PGlite.create({ parsers: { [types.INT8]: Number, [types.NUMERIC]: Number } });
  return backend(
    async () => {
      await pglite.exec('drop schema public cascade; create schema public');
      return {
        location: 'postgres://pglite',
        async open(options) {
          const unlisten: (() => Promise<void>)[] = [];
          const engine = openPostgres({
            dialect: new PGliteDialect({ pglite: shared(pglite) }),
            listen: async (channel, heard) => {
              unlisten.push(await pglite.listen(channel, heard));
            },
            close: async () => {
              for (const stop of unlisten) await stop();
            },
          });
          await migrate(engine);
          return storeOn(engine, await openBlobFiles(options), options);
        },
        end: async () => undefined,
      };
    },
    () => pglite.close(),
  );
}

/** What a store gets to see of the database of all: it cannot end it, and its values are stored as by the real client. */
function shared<Queries extends PGlite | Transaction>(target: Queries): Queries {
  const own = {
    close: async () => undefined,
    query: (text: string, values: unknown[] = [], options?: QueryOptions) =>
      target.query(text, values.map(storable), options),
    transaction: (work: (tx: Transaction) => Promise<unknown>) =>
      (target as PGlite).transaction((tx) => work(shared(tx))),
  };
  return new Proxy(target, {
    get(_, name) {
      if (Object.hasOwn(own, name)) return own[name as keyof typeof own];
      const value = Reflect.get(target, name, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}
