import * as Flags from '@oclif/core/flags';
import { BaseCommand, manifestFlags } from '../../base-command.ts';
import type { ListedTarget } from '../../services/coze/list.ts';
import { readManifest } from '../../services/manifest.ts';
import { regionFlag } from '../auth/region-flag.ts';
import { targetLines } from './target-lines.ts';

/** The bots at Coze. */
export default class BotList extends BaseCommand {
  static override summary = 'List the bots at Coze that the token sees';
  static override description = 'Those that the manifest binds stand with the name of their binding.';
  static override examples = ['<%= config.bin %> <%= command.id %> --all'];
  static override flags = {
    ...manifestFlags,
    ...regionFlag,
    workspace: Flags.string({ description: 'only those of a workspace, by its id' }),
    all: Flags.boolean({ description: 'those that are not published to the API, too' }),
  };

  async run(): Promise<{ bots: ListedTarget[] }> {
    const { flags } = await this.parse(BotList);
    const plugin = readManifest({ ...flags, needs: 'nothing' }, this.environment, process.cwd());
    const { listBots } = await import('../../services/coze/list.ts');
    const { region, workspace, all } = flags;
    const bots = await listBots({ plugin, region, workspace, env: this.environment, onAsk: this.onAsk }, all);
    for (const line of targetLines(bots, this.texts.botUnpublished)) this.log(line);
    if (bots.length === 0) this.say(this.texts.nothingListed);
    return { bots };
  }
}
