import type { Kysely } from 'kysely';
import type { Tables } from '../schema/tables.ts';
import type { Bus } from './bus.ts';

/** Statements of one change. */
export type Tx = Kysely<Tables>;

/** Tells everybody, in any process, that something about a topic has changed; sent once the change is kept. */
export type Notify = (topic: string) => void;

/** A database, as far as the two kinds differ. */
export interface Engine {
  readonly kind: 'sqlite' | 'postgres';
  /** For reading: sees what is kept and nothing else. */
  readonly db: Kysely<Tables>;
  /**
   * Does all of the work or none of it, and resolves when it is on disk. Several may share one write to disk. The work
   * waits for nothing but its own statements, and does not call `write`.
   */
  write<Result>(work: (tx: Tx, notify: Notify) => Promise<Result>): Promise<Result>;
  /** Reads several tables as of one moment; the callback may take long. */
  snapshot<Result>(read: (tx: Tx) => Promise<Result>): Promise<Result>;
  /** Runs the whole work alone: no other process changes the tables meanwhile. For migrations. */
  alone<Result>(work: (db: Kysely<Tables>) => Promise<Result>): Promise<Result>;
  readonly bus: Bus;
  /** Whether the database refused a row because there is one with the same key. */
  isDuplicate(error: unknown): boolean;
  close(): Promise<void>;
}
