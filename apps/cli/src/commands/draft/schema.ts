import * as Flags from '@oclif/core/flags';
import { BaseCommand } from '../../base-command.ts';

/** The JSON Schema of timelines, for editors and for programs in other languages. */
export default class DraftSchema extends BaseCommand {
  static override summary = 'Print the JSON Schema of a timeline (draft-timeline/1)';
  static override description = 'For editors: a timeline names the file in its key "$schema".';
  static override examples = ['<%= config.bin %> <%= command.id %> --out draft-timeline.schema.json'];
  static override flags = {
    out: Flags.string({ description: 'file to write (default: standard output)' }),
  };

  async run(): Promise<Record<string, unknown>> {
    const { flags } = await this.parse(DraftSchema);
    const { publishSchema } = await import('../../services/publish-schema.ts');
    const { timelineJsonSchema } = await import('@cozecut/draft-core');
    const schema = timelineJsonSchema();
    const { text, result } = publishSchema(schema, { out: flags.out, folder: process.cwd() });
    if (result !== undefined) await this.tellFiles([result]);
    else if (!this.jsonEnabled()) process.stdout.write(text);
    return schema;
  }
}
