import * as Flags from '@oclif/core/flags';
import { BaseCommand } from '../../base-command.ts';

/** The JSON Schema that editors read. */
export default class ManifestSchema extends BaseCommand {
  static override summary = 'Print the JSON Schema of plugin.yaml';
  static override description =
    'For editors: put "# yaml-language-server: $schema=FILE" into the first line of a manifest.';
  static override examples = [
    '<%= config.bin %> <%= command.id %> --out plugin.schema.json',
    '<%= config.bin %> <%= command.id %> --kind Tool --out tool.schema.json',
  ];
  static override flags = {
    kind: Flags.string({ description: 'kind of file', options: ['Plugin', 'Tool'], default: 'Plugin' }),
    out: Flags.string({ description: 'file to write (default: standard output)' }),
  };

  async run(): Promise<Record<string, unknown>> {
    const { flags } = await this.parse(ManifestSchema);
    const { publishSchema } = await import('../../services/publish-schema.ts');
    const { manifestJsonSchema } = await import('@cozecut/manifest');
    const schema = manifestJsonSchema(flags.kind as 'Plugin' | 'Tool');
    const { text, result } = publishSchema(schema, { out: flags.out, folder: process.cwd() });
    if (result !== undefined) await this.tellFiles([result]);
    else if (!this.jsonEnabled()) process.stdout.write(text);
    return schema;
  }
}
