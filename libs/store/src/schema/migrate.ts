import type { Kysely } from 'kysely';
import { Migrator } from 'kysely/migration';
import type { Engine } from '../engine/engine.ts';
import { LATEST, migrationsFor } from './migrations.ts';
import type { Tables } from './tables.ts';

/**
 * Brings the tables to a version, from an older one or from nothing; a crash in between leaves the version before.
 *
 * @throws Error when they are of a version that this program does not know.
 */
export async function migrate(engine: Engine, version: string = LATEST): Promise<void> {
  // Nothing is written when there is nothing to do: a store opens while another process is in a long change.
  if ((await versionOf(engine.db)) === version) return;
  await engine.alone(async (db) => {
    const { error } = await migratorOn(engine, db).migrateTo(version);
    if (error !== undefined) throw error;
  });
}

/** Version of the tables; nothing when there are none. */
export async function versionOf(db: Kysely<Tables>): Promise<string | undefined> {
  const tables = await db.introspection.getTables({ withInternalKyselyTables: true });
  if (!tables.some(({ name }) => name === 'kysely_migration')) return undefined;
  const row = await (db as unknown as Kysely<{ kysely_migration: { name: string } }>)
    .selectFrom('kysely_migration')
    .select('name')
    .orderBy('name', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.name;
}

function migratorOn(engine: Engine, db: Kysely<Tables>): Migrator {
  const migrations = migrationsFor(engine.kind === 'postgres');
  return new Migrator({ db, provider: { getMigrations: async () => migrations } });
}
