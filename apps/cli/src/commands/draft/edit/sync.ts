import { BaseCommand } from '../../../base-command.ts';
import { commonFlags, editArgs } from './edit-flags.ts';

/** Makes the copies of the timeline the same. */
export default class DraftEditSync extends BaseCommand {
  static override summary = 'Write the timeline that the app reads over its mirrors';
  static override args = editArgs;
  static override flags = { primary: commonFlags.primary, force: commonFlags.force };

  async run(): Promise<{ files: string[] }> {
    const { args, flags } = await this.parse(DraftEditSync);
    const { syncDraft } = await import('../../../services/edit-draft.ts');
    const choice = { draft: args.draft, primary: flags.primary, folder: process.cwd() };
    const { files, listProblem } = await syncDraft(choice, flags.force);
    if (listProblem !== undefined) await this.sayProblems([listProblem]);
    this.say(files.length > 0 ? this.texts.editDone : this.texts.editNothing);
    for (const file of files) this.log(file);
    return { files };
  }
}
