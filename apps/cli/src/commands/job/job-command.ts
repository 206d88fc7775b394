import type { Store } from '@cozecut/store';
import * as Args from '@oclif/core/args';
import { BaseCommand } from '../../base-command.ts';
import type { ManifestChoice } from '../../services/manifest.ts';
import { existing, manifestStore, withStore } from '../../services/store.ts';

/** Argument of commands that are about one job. */
export const jobArgs = { id: Args.string({ required: true, description: 'id of the job' }) };

/** What the commands about jobs share. */
export abstract class JobCommand extends BaseCommand {
  /** Works with the store of the manifest. @throws UserError STORE_NOT_FOUND */
  protected inStore<T>(choice: ManifestChoice, use: (store: Store) => Promise<T>): Promise<T> {
    this.sayManifest(choice.manifest);
    return withStore(
      existing(manifestStore({ ...choice, onDatabase: this.onDatabase }, this.environment, process.cwd())),
      use,
    );
  }
}
