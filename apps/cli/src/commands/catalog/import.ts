import * as Args from '@oclif/core/args';
import { BaseCommand } from '../../base-command.ts';
import type { ImportResult } from '../../services/catalog/import.ts';
import { dryRunFlag } from './scope-flags.ts';

/** Resources from files that somebody else made. */
export default class CatalogImport extends BaseCommand {
  static override summary = 'Add the resources of catalog files';
  static override description =
    'PATH is a file in the format draft-catalog/1 (docs/guides/catalog.md), or a folder of such files. All of it is ' +
    'taken, or nothing when a row is wrong. What is imported lies over the built-in catalog.';
  static override examples = [
    '<%= config.bin %> <%= command.id %> ./jianying-filter.json --dry-run',
    '<%= config.bin %> <%= command.id %> ./catalog',
  ];
  static override args = {
    path: Args.string({ description: 'file or folder', required: true }),
  };
  static override flags = dryRunFlag;

  async run(): Promise<ImportResult> {
    const { args, flags } = await this.parse(CatalogImport);
    const { importCatalog } = await import('../../services/catalog/import.ts');
    const result = await importCatalog({
      path: args.path,
      dryRun: flags['dry-run'],
      env: this.environment,
      folder: process.cwd(),
    });
    if (this.jsonEnabled()) return result;
    const { savedLines } = await import('../../services/catalog/rows.ts');
    const [head, ...rows] = savedLines(result.tables, this.texts);
    this.say(head!);
    for (const row of rows) this.log(row);
    if (result.ignoredColumns.length > 0) {
      this.say(`${this.texts.catalogIgnored} ${result.ignoredColumns.join(', ')}`);
    }
    this.say(result.dryRun ? this.texts.catalogDryRun : `${this.texts.catalogSaved} ${result.folder}`);
    return result;
  }
}
