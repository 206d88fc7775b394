import * as Flags from '@oclif/core/flags';
import { BaseCommand, exportFlags, manifestFlags } from '../../base-command.ts';
import type { FileResult } from '../../services/write-output.ts';

/** Types that make a handler and its schema one thing. */
export default class ManifestTypegen extends BaseCommand {
  static override summary = 'Make TypeScript types of the tools';
  static override description =
    "Writes a module with the input and output of every tool. A handler declared as ToolHandler<'add_captions'> no " +
    'longer compiles when the schema of its tool changes.';
  static override examples = ['<%= config.bin %> <%= command.id %> --out src/tools.gen.ts'];
  static override flags = {
    ...manifestFlags,
    out: Flags.string({ description: 'file to write (default: standard output)' }),
    check: Flags.boolean({ ...exportFlags.check, dependsOn: ['out'] }),
  };

  async run(): Promise<{ types?: string; files: FileResult[] }> {
    const { flags } = await this.parse(ManifestTypegen);
    const { makeToolTypes } = await import('../../services/tool-types.ts');
    const { text, result } = makeToolTypes({
      out: flags.out,
      isCheck: flags.check,
      manifest: flags.manifest,
      deployment: flags.deployment,
      onLong: this.onLong,
      env: this.environment,
      folder: process.cwd(),
    });
    if (result !== undefined) {
      await this.tellFiles([result]);
      return { files: [result] };
    }
    if (!this.jsonEnabled()) process.stdout.write(text);
    return { types: text, files: [] };
  }
}
