import { BaseCommand } from '../../base-command.ts';
import { tellerIn } from '../../messages/teller.ts';
import type { CatalogCount } from '../../services/catalog/list.ts';

/** Where resources were learnt. */
const ORIGINS = ['built-in', 'imported', 'harvested'] as const;

/** What the catalog holds. */
export default class CatalogList extends BaseCommand {
  static override summary = 'List the kinds of resources, how many there are and where they were learnt';
  static override examples = ['<%= config.bin %> <%= command.id %>'];

  async run(): Promise<{ folder: string; tables: CatalogCount[] }> {
    await this.parse(CatalogList);
    const { listCatalog } = await import('../../services/catalog/list.ts');
    const result = listCatalog(this.environment, process.cwd());
    if (this.jsonEnabled()) return result;
    const { alignRows } = await import('../../services/catalog/rows.ts');
    const { texts } = this;
    const teller = await tellerIn(texts.language);
    const [head, ...rows] = alignRows([
      [texts.catalogApp, texts.catalogKind, texts.catalogRows, ...ORIGINS.map(teller.text)],
      ...result.tables.map((table) => [
        table.app,
        table.kind,
        String(table.rows),
        ...ORIGINS.map((origin) => String(table[origin])),
      ]),
    ]);
    this.say(head!);
    for (const row of rows) this.log(row);
    return result;
  }
}
