import { BaseCommand } from '../../../base-command.ts';
import { commonFlags, editArgs } from './edit-flags.ts';

/** Puts a draft that is there into the list of its app. */
export default class DraftEditRegister extends BaseCommand {
  static override summary = 'Put a draft folder into the list of the app, in front';
  static override args = editArgs;
  static override flags = { primary: commonFlags.primary, force: commonFlags.force };

  async run(): Promise<{ folder: string }> {
    const { args, flags } = await this.parse(DraftEditRegister);
    const { register } = await import('../../../services/edit-draft.ts');
    const choice = { draft: args.draft, primary: flags.primary, folder: process.cwd() };
    const folder = await register(choice, flags.force);
    this.say(this.texts.draftListed);
    this.log(folder);
    return { folder };
  }
}
