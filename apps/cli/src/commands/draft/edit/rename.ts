import * as Args from '@oclif/core/args';
import { BaseCommand } from '../../../base-command.ts';
import { commonFlags, editArgs } from './edit-flags.ts';

/** Another name for a draft. */
export default class DraftEditRename extends BaseCommand {
  static override summary =
    'Rename a draft: its folder, what it says about itself, its entry in the list of the app';
  static override args = { ...editArgs, name: Args.string({ description: 'new name', required: true }) };
  static override flags = { primary: commonFlags.primary, force: commonFlags.force };

  async run(): Promise<{ folder: string }> {
    const { args, flags } = await this.parse(DraftEditRename);
    const { rename } = await import('../../../services/edit-draft.ts');
    const choice = { draft: args.draft, primary: flags.primary, folder: process.cwd() };
    const folder = await rename(choice, args.name, flags.force);
    this.log(folder);
    return { folder };
  }
}
