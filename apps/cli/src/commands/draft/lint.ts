import { resolve } from 'node:path';
import * as Args from '@oclif/core/args';
import * as Flags from '@oclif/core/flags';
import { BaseCommand, type FindingsOutput, findingFlags } from '../../base-command.ts';
import { inputFlags } from './input-flags.ts';

/** The linter of drafts. */
export default class DraftLint extends BaseCommand {
  static override summary = 'Find what is wrong with a draft or a timeline';
  static override description =
    'Holds a draft folder, a zip of one, or a file that `draft create` reads (- is standard input) against the rules ' +
    'for JianYing and CapCut. With --fix, what can be mended with certainty is, in drafts and in timelines; the ' +
    'former state of a draft can be had back with `draft restore`, that of a zip stays beside it. A draft that the app has encrypted is named as ' +
    'such. Exit code 0: clean, 3: findings.';
  static override examples = [
    '<%= config.bin %> <%= command.id %> ./my-draft',
    '<%= config.bin %> <%= command.id %> ./my-draft --fix --profile jianying-11-mac',
    '<%= config.bin %> <%= command.id %> timeline.json --fix',
    '<%= config.bin %> <%= command.id %> my-draft.zip --format github --fail-on warn',
  ];
  static override args = {
    draft: Args.string({ description: 'draft folder, zip or input file', required: true }),
  };
  static override flags = {
    ...findingFlags,
    ...inputFlags,
    profile: Flags.string({ description: 'app that opens the draft (default: what the draft says)' }),
    primary: Flags.string({ description: 'timeline file to read; with --fix the others become like it' }),
    force: Flags.boolean({ description: 'with --fix: write while the app is running' }),
  };

  async run(): Promise<FindingsOutput> {
    const { args, flags } = await this.parse(DraftLint);
    this.sayIfLarge(args.draft);
    const { lintDraftAt } = await import('../../services/drafts.ts');
    const { lintInput } = await import('../../services/lint-input.ts');
    const { isDraft } = await import('../../services/plan.ts');
    const { profile, primary, fix, force } = flags;
    const [draft, folder, env] = [args.draft, process.cwd(), this.environment];
    const findings =
      draft !== '-' && isDraft(resolve(folder, draft))
        ? await lintDraftAt({ draft, profile, primary, fix, force, env, folder })
        : await lintInput({ file: draft, profile, fix, flags, env, folder });
    if ('former' in findings && findings.former !== undefined)
      this.say(`${this.texts.formerZip} ${findings.former}`);
    return this.tellFindings(findings, flags);
  }
}
