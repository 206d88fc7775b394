import type { OpenapiProfile } from '@cozecut/manifest';
import type { Problem } from '@cozecut/problems';
import * as Flags from '@oclif/core/flags';
import { BaseCommand, exportFlags, manifestFlags } from '../../base-command.ts';
import type { FileResult } from '../../services/write-output.ts';

interface Output {
  profile: string;
  document?: Record<string, unknown>;
  files: FileResult[];
  problems: Problem[];
}

/** The OpenAPI document of a plugin, for a file. */
export default class OpenapiExport extends BaseCommand {
  static override summary = 'Export the OpenAPI document of a plugin';
  static override description =
    'Makes the document from the manifest: coze = what a Coze cloud plugin imports (3.0), local = a Coze local ' +
    'plugin, full = the REST interface (3.1). The same manifest gives the same bytes, and no variable has to be set. ' +
    '--check without --out looks at openapi/PROFILE.yaml beside the manifest.';
  static override examples = [
    '<%= config.bin %> <%= command.id %> --profile coze --out openapi.yaml --server-url https://plugin.example.com',
    '<%= config.bin %> <%= command.id %> --profile coze --out openapi.yaml --check',
  ];
  static override flags = {
    ...manifestFlags,
    ...exportFlags,
    profile: Flags.string({
      description: 'reader of the document',
      options: ['coze', 'local', 'full'],
      default: 'coze',
    }),
    out: Flags.string({ description: 'file to write: YAML, or JSON for .json (default: standard output)' }),
  };

  async run(): Promise<Output> {
    const { flags } = await this.parse(OpenapiExport);
    const { exportOpenapiFile } = await import('../../services/export-openapi.ts');
    const { document, text, result, problems } = exportOpenapiFile({
      profile: flags.profile as OpenapiProfile,
      out: flags.out,
      isCheck: flags.check,
      serverUrl: flags['server-url'],
      texts: flags.texts,
      manifest: flags.manifest,
      deployment: flags.deployment,
      onLong: this.onLong,
      env: this.environment,
      folder: process.cwd(),
    });
    await this.sayProblems(problems);
    if (result !== undefined) await this.tellFiles([result]);
    else if (!this.jsonEnabled()) process.stdout.write(text);
    const { profile } = flags;
    return result === undefined
      ? { profile, document, files: [], problems }
      : { profile, files: [result], problems };
  }
}
