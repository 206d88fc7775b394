import type { DraftVersion } from '@cozecut/draft-core/node';
import * as Args from '@oclif/core/args';
import * as Flags from '@oclif/core/flags';
import { BaseCommand } from '../../base-command.ts';
import { tellerIn } from '../../messages/teller.ts';

interface Output {
  restored: DraftVersion;
  /** Where the state that was replaced is kept; none when nothing had to be written. */
  version?: number;
  files: string[];
}

/** Undo. */
export default class DraftRestore extends BaseCommand {
  static override summary = 'Bring back a former state of a draft';
  static override description =
    'Takes the latest state of `draft history`, or the one with the number VERSION. The present state goes into the ' +
    'history, so that a second restore undoes the first. Close the editor before.';
  static override examples = [
    '<%= config.bin %> <%= command.id %> ./my-draft',
    '<%= config.bin %> <%= command.id %> ./my-draft 3',
  ];
  static override args = {
    draft: Args.string({ description: 'draft folder', required: true }),
    version: Args.integer({ description: 'number of the state (default: the latest)', min: 1 }),
  };
  static override flags = {
    force: Flags.boolean({ description: 'write while the app is running' }),
  };

  async run(): Promise<Output> {
    const { args, flags } = await this.parse(DraftRestore);
    this.sayIfLarge(args.draft);
    const { restore } = await import('../../services/drafts.ts');
    const place = { folder: process.cwd(), force: flags.force };
    const { restored, version, files, listProblem } = await restore(args.draft, args.version, place);
    if (listProblem !== undefined) await this.sayProblems([listProblem]);
    const reason = (await tellerIn(this.texts.language)).text(restored.reason);
    this.say(`${this.texts.restored} ${restored.version} (${restored.at}, ${reason})`);
    for (const file of files) this.log(file);
    return { restored, ...(version === undefined ? {} : { version }), files };
  }
}
