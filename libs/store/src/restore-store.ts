import { type OpenStoreOptions, openBlobFiles, openEngine } from './open-store.ts';
import type { BackupReport } from './types.ts';

/**
 * Fills a new store from a backup; the engine may be another one than that of the backup, and the backup may be of an
 * older version.
 *
 * @param folder - Absolute path of the backup; see `Store.backup`.
 * @throws UserError STORE_NOT_EMPTY when anything is in the store.
 * @throws UserError BACKUP_NOT_FOUND, BACKUP_UNSUPPORTED or BACKUP_DAMAGED when it cannot be restored.
 */
export async function restoreStore(options: OpenStoreOptions, folder: string): Promise<BackupReport> {
  const { restoreInto } = await import('./backup/restore.ts');
  const engine = await openEngine(options);
  try {
    return await restoreInto({ engine, files: await openBlobFiles(options) }, folder);
  } finally {
    await engine.close();
  }
}
