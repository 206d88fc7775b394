import type { DraftVersion } from '@cozecut/draft-core/node';
import * as Args from '@oclif/core/args';
import { BaseCommand } from '../../base-command.ts';
import { tellerIn } from '../../messages/teller.ts';

/** What `draft restore` can bring back. */
export default class DraftHistory extends BaseCommand {
  static override summary = 'List the former states of a draft';
  static override description =
    'Every change that cozecut makes to a draft keeps the former state inside of the draft folder. The latest is first.';
  static override examples = ['<%= config.bin %> <%= command.id %> ./my-draft'];
  static override args = {
    draft: Args.string({ description: 'draft folder', required: true }),
  };

  async run(): Promise<{ versions: DraftVersion[] }> {
    const { args } = await this.parse(DraftHistory);
    const { historyOf } = await import('../../services/drafts.ts');
    const versions = await historyOf(args.draft, process.cwd());
    const teller = await tellerIn(this.texts.language);
    for (const { version, at, reason } of versions) this.log(`${version}  ${at}  ${teller.text(reason)}`);
    if (versions.length === 0) this.say(this.texts.noHistory);
    return { versions };
  }
}
