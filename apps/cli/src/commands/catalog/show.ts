import * as Args from '@oclif/core/args';
import { BaseCommand } from '../../base-command.ts';
import type { LabelledEntry } from '../../services/catalog/find.ts';
import { scopeFlags } from './scope-flags.ts';

/** Everything that is known about a resource. */
export default class CatalogShow extends BaseCommand {
  static override summary = 'Show all that is known about a resource';
  static override description =
    'RESOURCE is an id, a name or name#last4. Several are shown when it stands for several apps, kinds or resources.';
  static override examples = [
    '<%= config.bin %> <%= command.id %> 信号故障 --app jianying',
    '<%= config.bin %> <%= command.id %> 6724845717472416269 --json',
  ];
  static override args = {
    resource: Args.string({ description: 'id or name', required: true }),
  };
  static override flags = scopeFlags;

  async run(): Promise<{ entries: LabelledEntry[] }> {
    const { args, flags } = await this.parse(CatalogShow);
    const { showResources } = await import('../../services/catalog/find.ts');
    const entries = showResources({
      word: args.resource,
      app: flags.app,
      kinds: flags.kind,
      env: this.environment,
      folder: process.cwd(),
    });
    if (!this.jsonEnabled()) {
      const { detailLines } = await import('../../services/catalog/rows.ts');
      this.log(entries.map((entry) => detailLines(entry, this.texts).join('\n')).join('\n\n'));
    }
    return { entries };
  }
}
