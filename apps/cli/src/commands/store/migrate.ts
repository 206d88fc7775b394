import { BaseCommand } from '../../base-command.ts';
import { storeFlags } from './store-flags.ts';

/** Brings a store up to date before a server is started. */
export default class StoreMigrate extends BaseCommand {
  static override summary = 'Bring the store up to date';
  static override description =
    'Every program that opens a store does this; the command is for doing it at a chosen time. There is no way back: ' +
    'make a backup first.';
  static override examples = ['<%= config.bin %> <%= command.id %>'];
  static override flags = storeFlags;

  async run(): Promise<{ engine: string; schema: string }> {
    const { flags } = await this.parse(StoreMigrate);
    const { migrateStore } = await import('../../services/store.ts');
    const status = await migrateStore({
      store: flags.store,
      env: this.environment,
      folder: process.cwd(),
      onDatabase: this.onDatabase,
    });
    this.log(`${status.engine} ${status.schema}`);
    return { ...status };
  }
}
