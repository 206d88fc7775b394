import { type Kysely, sql } from 'kysely';

/** How the two engines spell the types of columns. */
export interface ColumnTypes {
  /** Whole number up to 2^53. */
  int: 'integer' | 'bigint';
  /** Number with a fraction. */
  real: 'real' | 'double precision';
  /** Definition of a key that counts up. */
  seq: ReturnType<typeof sql>;
}

/** @param isPostgres - Whether the database is PostgreSQL; SQLite otherwise. */
export function columnTypes(isPostgres: boolean): ColumnTypes {
  return isPostgres
    ? { int: 'bigint', real: 'double precision', seq: sql`bigserial primary key` }
    : { int: 'integer', real: 'real', seq: sql`integer primary key autoincrement` };
}

/** A step from one version of the tables to the next. */
export type Step = (db: Kysely<never>, types: ColumnTypes) => Promise<void>;

/** Runs statements in order; each must be valid in both engines. */
export async function run(db: Kysely<never>, statements: readonly ReturnType<typeof sql>[]): Promise<void> {
  for (const statement of statements) await statement.execute(db);
}
