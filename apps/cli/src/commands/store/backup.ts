import * as Args from '@oclif/core/args';
import { BaseCommand } from '../../base-command.ts';
import { storeFlags } from './store-flags.ts';

interface Output {
  folder: string;
  schema: string;
  rows: Record<string, number>;
  blobs: number;
  blob_bytes: number;
}

/** Keeps what a store holds, while it is in use. */
export default class StoreBackup extends BaseCommand {
  static override summary = 'Write a backup of the store';
  static override description =
    'Everything as of one moment goes into the new folder DIR: drafts, jobs, tokens, files. Servers may go on. The ' +
    'backup can be restored into a folder or into PostgreSQL, whatever it was made from.';
  static override examples = ['<%= config.bin %> <%= command.id %> ./backup-1'];
  static override args = {
    dir: Args.string({ description: 'folder to make', required: true }),
  };
  static override flags = storeFlags;

  async run(): Promise<Output> {
    const { args, flags } = await this.parse(StoreBackup);
    const { backupStore } = await import('../../services/store.ts');
    const choice = {
      store: flags.store,
      env: this.environment,
      folder: process.cwd(),
      onDatabase: this.onDatabase,
    };
    const { blobBytes, ...report } = await backupStore(choice, args.dir);
    this.say(`${this.texts.fileWritten} ${report.rows.drafts} ${this.texts.draftsCounted}`);
    this.log(report.folder);
    return { ...report, blob_bytes: blobBytes };
  }
}
