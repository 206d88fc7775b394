import * as Args from '@oclif/core/args';
import * as Flags from '@oclif/core/flags';
import { BaseCommand, type FindingsOutput, findingFlags } from '../../base-command.ts';

/** The linter of drafts. */
export default class DraftLint extends BaseCommand {
  static override summary = 'Find what is wrong with a draft';
  static override description =
    'Holds a draft folder, or a zip of one, against the rules for drafts of JianYing and CapCut. With --fix, what can ' +
    'be mended with certainty is; the former state can be had back with `draft restore`. A draft that the app has ' +
    'encrypted is named as such. Exit code 0: clean, 3: findings.';
  static override examples = [
    '<%= config.bin %> <%= command.id %> ./my-draft',
    '<%= config.bin %> <%= command.id %> ./my-draft --fix --profile jianying-11-mac',
    '<%= config.bin %> <%= command.id %> my-draft.zip --format github --fail-on warn',
  ];
  static override args = {
    draft: Args.string({ description: 'draft folder or zip', required: true }),
  };
  static override flags = {
    ...findingFlags,
    profile: Flags.string({ description: 'app that opens the draft (default: what the draft says)' }),
    primary: Flags.string({ description: 'timeline file to read; with --fix the others become like it' }),
  };

  async run(): Promise<FindingsOutput> {
    const { args, flags } = await this.parse(DraftLint);
    const { lintDraftAt } = await import('../../services/drafts.ts');
    const { profile, primary, fix } = flags;
    const request = { draft: args.draft, profile, primary, fix, folder: process.cwd() };
    return this.tellFindings(await lintDraftAt(request), flags);
  }
}
