import { BaseCommand, manifestFlags } from '../../base-command.ts';
import { TOOL_LIST, type ToolsOutput } from './list-plain.ts';

/** The tools of a manifest. */
export default class ToolList extends BaseCommand {
  static override summary = 'List the tools of a plugin';
  static override examples = ['<%= config.bin %> <%= command.id %> --manifest my-plugin/plugin.yaml'];
  static override flags = manifestFlags;

  async run(): Promise<ToolsOutput> {
    const { flags } = await this.parse(ToolList);
    return TOOL_LIST.run({ flags, args: [] }, this.voice());
  }
}
