import * as Args from '@oclif/core/args';
import { BaseCommand } from '../../base-command.ts';
import { tellerIn } from '../../messages/teller.ts';
import type { HarvestResult } from '../../services/catalog/harvest.ts';
import { dryRunFlag } from './scope-flags.ts';

/** Resources that a person already used. */
export default class CatalogHarvest extends BaseCommand {
  static override summary = 'Learn the ids of resources from drafts';
  static override description =
    'Reads drafts, or folders of drafts, that the editors wrote without encryption, and keeps the names and ids of ' +
    'the effects, filters, transitions, animations, fonts and masks in them, with the ranges of their parameters. Of ' +
    'templates of texts it keeps all of the look, with the paths of their packages and without the words. Nothing else ' +
    'of a draft is kept, and none is changed.';
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> ./my-drafts --dry-run',
  ];
  static override strict = false;
  static override args = {
    folder: Args.string({ description: 'drafts or folders of drafts (default: those of the editors)' }),
  };
  static override flags = dryRunFlag;

  async run(): Promise<HarvestResult> {
    const { argv, flags } = await this.parse(CatalogHarvest);
    const { harvestDrafts } = await import('../../services/catalog/harvest.ts');
    const result = await harvestDrafts({
      paths: argv as string[],
      dryRun: flags['dry-run'],
      env: this.environment,
      folder: process.cwd(),
    });
    if (this.jsonEnabled()) return result;
    const { texts } = this;
    for (const { file, app, resources } of result.drafts) {
      this.say(`${texts.catalogRead} ${file} (${app}, ${resources})`);
    }
    const teller = await tellerIn(texts.language);
    for (const { file, reason } of result.skipped) {
      this.say(`${texts.catalogSkipped} ${file}: ${teller.text(reason)}`);
    }
    if (result.drafts.length + result.skipped.length === 0) {
      this.say(`${texts.catalogNoDrafts} ${result.sources.join(', ')}`);
    }
    if (result.tables.length > 0) {
      const { savedLines } = await import('../../services/catalog/rows.ts');
      const [head, ...rows] = savedLines(result.tables, texts);
      this.say(head!);
      for (const row of rows) this.log(row);
      this.say(result.dryRun ? texts.catalogDryRun : `${texts.catalogSaved} ${result.folder}`);
    }
    return result;
  }
}
