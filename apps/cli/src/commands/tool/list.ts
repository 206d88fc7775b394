import { BaseCommand, manifestFlags } from '../../base-command.ts';
import { readManifest } from '../../services/manifest.ts';

/** The tools of a manifest. */
export default class ToolList extends BaseCommand {
  static override summary = 'List the tools of a plugin';
  static override examples = ['<%= config.bin %> <%= command.id %> --manifest my-plugin/plugin.yaml'];
  static override flags = manifestFlags;

  async run(): Promise<{
    tools: { name: string; summary: string; method: string; path: string; modes: string[] }[];
  }> {
    const { flags } = await this.parse(ToolList);
    const plugin = readManifest(flags, this.environment, process.cwd());
    const tools = plugin.tools
      .filter((tool) => tool.enabled)
      .map(({ name, summary, http, modes }) => ({
        name,
        summary,
        method: http.method,
        path: http.path,
        modes,
      }));
    const width = Math.max(...tools.map((tool) => tool.name.length));
    this.say(`${this.texts.tools} ${plugin.name} ${plugin.version}`);
    for (const tool of tools) this.log(`${tool.name.padEnd(width)}  ${tool.summary}`);
    return { tools };
  }
}
