import type { DraftList } from '@cozecut/draft-core';
import { BaseCommand } from '../../../base-command.ts';
import { commonFlags, editArgs } from './edit-flags.ts';

/** What edits can name. */
export default class DraftEditList extends BaseCommand {
  static override summary = 'List the clips of a draft, with the names that edits use';
  static override description =
    'One line a clip: TRACK#INDEX, start, length, what it shows, and its id. With --json all that is known.';
  static override args = editArgs;
  static override flags = { primary: commonFlags.primary };

  async run(): Promise<DraftList> {
    const { args, flags } = await this.parse(DraftEditList);
    const { listOf } = await import('../../../services/edit-draft.ts');
    const { describeList } = await import('../../../services/describe-list.ts');
    const list = await listOf({ draft: args.draft, primary: flags.primary, folder: process.cwd() });
    for (const line of describeList(list)) this.log(line);
    return list;
  }
}
