import type { Placeholder } from '@cozecut/draft-core';
import { BaseCommand } from '../../../base-command.ts';
import { templateArgs, templateFlags } from './template-flags.ts';

/** What a template asks for. */
export default class DraftTemplateList extends BaseCommand {
  static override summary = 'List the placeholders of a draft that is a template';
  static override description =
    'A placeholder is {{name}} in a text, or as the name of a file in the app. --colors names colours of the draft ' +
    'that are placeholders, too.';
  static override args = templateArgs;
  static override flags = templateFlags;

  async run(): Promise<{ placeholders: Placeholder[] }> {
    const { args, flags } = await this.parse(DraftTemplateList);
    this.sayIfLarge(args.draft);
    const { placeholdersOf } = await import('../../../services/draft-template.ts');
    const placeholders = await placeholdersOf({ ...flags, draft: args.draft, folder: process.cwd() });
    for (const { name, kind, uses } of placeholders)
      this.log(`${kind.padEnd(6)} ${String(uses).padStart(4)}  ${name}`);
    return { placeholders };
  }
}
