import * as Flags from '@oclif/core/flags';
import { BaseCommand, manifestFlags } from '../../base-command.ts';
import type { ListedTarget } from '../../services/coze/list.ts';
import { readManifest } from '../../services/manifest.ts';
import { regionFlag } from '../auth/region-flag.ts';
import { targetLines } from '../bot/target-lines.ts';

/** The workflows at Coze. */
export default class WorkflowList extends BaseCommand {
  static override summary = 'List the published workflows at Coze that the token sees';
  static override description = 'Those that the manifest binds stand with the name of their binding.';
  static override flags = {
    ...manifestFlags,
    ...regionFlag,
    workspace: Flags.string({ description: 'only those of a workspace, by its id' }),
  };

  async run(): Promise<{ workflows: ListedTarget[] }> {
    const { flags } = await this.parse(WorkflowList);
    const plugin = readManifest({ ...flags, needs: 'nothing' }, this.environment, process.cwd());
    const { listWorkflows } = await import('../../services/coze/list.ts');
    const { region, workspace } = flags;
    const { environment: env, onAsk } = this;
    const workflows = await listWorkflows({ plugin, region, workspace, env, onAsk });
    for (const line of targetLines(workflows, this.texts.botUnpublished)) this.log(line);
    if (workflows.length === 0) this.say(this.texts.nothingListed);
    return { workflows };
  }
}
