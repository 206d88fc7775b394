import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Plugin } from '@cozecut/manifest';
import { isAddress } from '@cozecut/manifest/loader';
import { UserError } from '@cozecut/problems';
import type { BackupReport, OpenStoreOptions, Store, StoreStatus } from '@cozecut/store';
import type { Environment } from '../settings.ts';
import { type ManifestChoice, readManifest } from './manifest.ts';
import { storePlaces } from './store-places.ts';
import { withoutPassword } from './without-password.ts';

/** Which store is meant: that of the settings, or another one. */
export interface StoreChoice {
  /** Folder or address; the settings name one otherwise. */
  store?: string | undefined;
  /** Its deployment names a store when neither this nor the settings do. */
  plugin?: Plugin;
  env: Environment;
  /** Folder that relative paths resolve against. */
  folder: string;
  /** Told of the address of a database, without its password, before it is opened. */
  onDatabase?: ((address: string) => void) | undefined;
}

/**
 * Writes a backup of the store into a new folder; servers may go on meanwhile.
 *
 * @throws UserError STORE_NOT_FOUND
 */
export function backupStore(choice: StoreChoice, target: string): Promise<BackupReport> {
  return withStore(existing(choice), (store) => store.backup(resolve(choice.folder, target)));
}

/** Fills a new store from a backup. */
export async function restoreBackup(choice: StoreChoice, backup: string): Promise<BackupReport> {
  const { restoreStore } = await import('@cozecut/store');
  const options = storeOptions(choice);
  if (isAddress(options.location)) choice.onDatabase?.(withoutPassword(options.location));
  return restoreStore(options, resolve(choice.folder, backup));
}

/** Brings the tables of the store up to date, which every program does that opens it. */
export function migrateStore(choice: StoreChoice): Promise<StoreStatus> {
  return withStore(choice, (store) => store.status());
}

/** Opens a store for one piece of work. */
export async function withStore<Result>(
  choice: StoreChoice,
  use: (store: Store) => Promise<Result>,
): Promise<Result> {
  // Loaded here, because help loads every command.
  const { openStore } = await import('@cozecut/store');
  const options = storeOptions(choice);
  if (isAddress(options.location)) choice.onDatabase?.(withoutPassword(options.location));
  const store = await openStore(options);
  try {
    return await use(store);
  } finally {
    await store.close();
  }
}

/**
 * The same choice, when the store is there: who looks into one does not make it, and a backup of a store that was
 * mistyped would be empty.
 *
 * @throws UserError STORE_NOT_FOUND
 */
export function existing(choice: StoreChoice): StoreChoice {
  if (isThere(choice)) return choice;
  const { location } = storeOptions(choice);
  throw new UserError('STORE_NOT_FOUND', `there is no store at ${location}`, {
    hint: 'run it in the folder of the server, or set COZECUT_STORE to its store',
  });
}

/** Whether the folder of the store is there; a database is asked when it is opened. */
export function isThere(choice: StoreChoice): boolean {
  const { location } = storeOptions(choice);
  return isAddress(location) || existsSync(location);
}

function storeOptions({ store, plugin, env, folder }: StoreChoice): OpenStoreOptions {
  const named = store === undefined ? env : { ...env, COZECUT_STORE: store };
  return { ...storePlaces({ plugin, env: named, folder }), now: Date.now, uuid: () => crypto.randomUUID() };
}

/** The store of the chosen manifest and deployment. */
export function manifestStore(
  { onDatabase, ...choice }: ManifestChoice & Pick<StoreChoice, 'onDatabase'>,
  env: Environment,
  folder: string,
): StoreChoice {
  return { plugin: readManifest({ ...choice, needs: 'nothing' }, env, folder), env, folder, onDatabase };
}
