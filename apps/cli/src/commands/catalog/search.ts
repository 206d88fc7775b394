import * as Args from '@oclif/core/args';
import * as Flags from '@oclif/core/flags';
import { BaseCommand } from '../../base-command.ts';
import type { SearchResult } from '../../services/catalog/find.ts';
import { scopeFlags } from './scope-flags.ts';

/** Resources by a part of their name. */
export default class CatalogSearch extends BaseCommand {
  static override summary = 'Search effects, filters, transitions, animations, fonts and masks';
  static override description =
    'TEXT is a part of a name or of an id; case, blanks and underscores do not count. Where several resources have ' +
    'the same name, it is shown as name#last4, with the end of the id; a timeline may use that form, or the id.';
  static override examples = [
    '<%= config.bin %> <%= command.id %> 闪黑 --app jianying --kind transition',
    '<%= config.bin %> <%= command.id %> --kind filter --no-vip --limit 20',
    '<%= config.bin %> <%= command.id %> zoom --json',
  ];
  static override args = {
    text: Args.string({ description: 'part of a name or an id (default: everything)' }),
  };
  static override flags = {
    ...scopeFlags,
    vip: Flags.boolean({
      description: 'only what needs a membership; --no-vip: only what needs none',
      allowNo: true,
    }),
    limit: Flags.integer({ description: 'most rows to show', default: 50, min: 1 }),
  };

  async run(): Promise<SearchResult> {
    const { args, flags } = await this.parse(CatalogSearch);
    const { searchCatalog } = await import('../../services/catalog/find.ts');
    const result = searchCatalog({
      text: args.text,
      app: flags.app,
      kinds: flags.kind,
      vip: flags.vip,
      limit: flags.limit,
      env: this.environment,
      folder: process.cwd(),
    });
    if (this.jsonEnabled()) return result;
    const { alignRows, summaryCells, summaryHead } = await import('../../services/catalog/rows.ts');
    const { total, entries, close } = result;
    if (total === 0) {
      this.say(this.texts.catalogNothing);
      if (close.length > 0) this.say(`${this.texts.catalogClose} ${close.join(', ')}`);
      return result;
    }
    const [head, ...rows] = alignRows([
      summaryHead(this.texts),
      ...entries.map((entry) => summaryCells(entry, this.texts)),
    ]);
    this.say(head!);
    for (const row of rows) this.log(row);
    if (total > entries.length) this.say(`… ${total - entries.length} ${this.texts.catalogMore}`);
    return result;
  }
}
