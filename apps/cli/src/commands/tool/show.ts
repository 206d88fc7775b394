import type { Tool } from '@cozecut/manifest';
import { diskFiles, readTexts, translateTool } from '@cozecut/manifest/loader';
import * as Args from '@oclif/core/args';
import { BaseCommand, manifestFlags } from '../../base-command.ts';
import { readManifest, toolNamed } from '../../services/manifest.ts';

/** One tool, whole. */
export default class ToolShow extends BaseCommand {
  static override summary = 'Show a tool of a plugin: where it is called, what it takes and gives';
  static override examples = ['<%= config.bin %> <%= command.id %> create_draft'];
  static override args = { tool: Args.string({ required: true, description: 'name of the tool' }) };
  static override flags = manifestFlags;

  async run(): Promise<Omit<Tool, 'location'> & { location: string }> {
    const { args, flags } = await this.parse(ToolShow);
    const { environment: env } = this;
    const folder = process.cwd();
    const plugin = readManifest({ ...flags, tool: args.tool }, env, folder);
    const tool =
      plugin.tools.find(({ enabled, name }) => enabled && name === args.tool) ??
      toolNamed(readManifest({ ...flags, needs: 'names' }, env, folder), args.tool);
    const { http, modes, errors, location } = tool;
    // Programs get it as it is written.
    const inWords = translateTool(tool, readTexts(plugin, this.texts.language, diskFiles));
    const { summary, description, input, output, deprecated } = inWords;
    const schema = (title: string, value: unknown) => `${title}\n${JSON.stringify(value, null, 2)}`;
    this.log(`${tool.name}: ${summary}`);
    for (const text of new Set([description.human, description.model])) {
      if (text && text !== summary) this.log(`\n${text}`);
    }
    if (deprecated !== undefined) this.log(`\n${this.texts.deprecated} ${JSON.stringify(deprecated)}`);
    this.log(`\n${http.method} ${http.path} (${modes.join(', ')})`);
    const place = `${location.file}:${location.start.line}`;
    this.log(place);
    if (errors.length > 0) this.log(`${this.texts.toolErrors} ${errors.join(', ')}`);
    this.log(`\n${schema(this.texts.toolInput, input)}\n\n${schema(this.texts.toolOutput, output)}`);
    return { ...tool, location: place };
  }
}
