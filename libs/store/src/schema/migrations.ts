import type { Migration } from 'kysely/migration';
import { draftsAndJobs } from './0001-drafts-and-jobs.ts';
import { ownersAndQueue } from './0002-owners-and-queue.ts';
import { oauthGrants } from './0003-oauth-grants.ts';
import { folderWrites } from './0004-folder-writes.ts';
import { effectsOfCalls } from './0005-effects-of-calls.ts';
import { columnTypes, type Step } from './columns.ts';

/** Forward only; a step that has been released never changes. */
const STEPS: Readonly<Record<string, Step>> = {
  '0001_drafts_and_jobs': draftsAndJobs,
  '0002_owners_and_queue': ownersAndQueue,
  '0003_oauth_grants': oauthGrants,
  '0004_folder_writes': folderWrites,
  '0005_effects_of_calls': effectsOfCalls,
};

/** Version of the tables that this program reads and writes. */
export const LATEST: string = Object.keys(STEPS).at(-1)!;

/** The steps for one engine. */
export function migrationsFor(isPostgres: boolean): Record<string, Migration> {
  const types = columnTypes(isPostgres);
  const migrations = Object.entries(STEPS).map(([name, step]): [string, Migration] => [
    name,
    { up: (db) => step(db as never, types) },
  ]);
  return Object.fromEntries(migrations);
}
