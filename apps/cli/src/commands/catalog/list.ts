import { BaseCommand } from '../../base-command.ts';
import type { CatalogCount } from '../../services/catalog/list.ts';

/** What the catalog holds. */
export default class CatalogList extends BaseCommand {
  static override summary = 'List the kinds of resources, how many there are and where they were learnt';
  static override examples = ['<%= config.bin %> <%= command.id %>'];

  async run(): Promise<{ folder: string; tables: CatalogCount[] }> {
    const { listCatalog } = await import('../../services/catalog/list.ts');
    const result = listCatalog(this.environment, process.cwd());
    if (this.jsonEnabled()) return result;
    const { alignRows } = await import('../../services/catalog/rows.ts');
    const { texts } = this;
    const [head, ...rows] = alignRows([
      [texts.catalogApp, texts.catalogKind, texts.catalogRows, 'built-in', 'imported', 'harvested'],
      ...result.tables.map((table) => [
        table.app,
        table.kind,
        ...[table.rows, table['built-in'], table.imported, table.harvested].map(String),
      ]),
    ]);
    this.say(head!);
    for (const row of rows) this.log(row);
    return result;
  }
}
