import * as Args from '@oclif/core/args';
import { BaseCommand } from '../../base-command.ts';
import { storeFlags } from './store-flags.ts';

interface Output {
  schema: string;
  rows: Record<string, number>;
  blobs: number;
  blob_bytes: number;
}

/** Fills a new store. */
export default class StoreRestore extends BaseCommand {
  static override summary = 'Fill a new store from a backup';
  static override description =
    'The store must be empty: a new folder, or a new database of PostgreSQL. This is also the way from a folder to ' +
    'PostgreSQL and back. A backup of an older version is brought up to date.';
  static override examples = [
    '<%= config.bin %> <%= command.id %> ./backup-1 --store ./new-store',
    '<%= config.bin %> <%= command.id %> ./backup-1 --store postgres://user@host/cozecut',
  ];
  static override args = {
    backup: Args.string({ description: 'folder that store backup has written', required: true }),
  };
  static override flags = storeFlags;

  async run(): Promise<Output> {
    const { args, flags } = await this.parse(StoreRestore);
    const { restoreBackup } = await import('../../services/store.ts');
    const choice = {
      store: flags.store,
      env: this.environment,
      folder: process.cwd(),
      onDatabase: this.onDatabase,
    };
    const { schema, rows, blobs, blobBytes } = await restoreBackup(choice, args.backup);
    this.say(`${this.texts.storeRestored} ${rows.drafts} ${this.texts.draftsCounted}`);
    return { schema, rows, blobs, blob_bytes: blobBytes };
  }
}
