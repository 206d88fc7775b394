import type { Problem } from '@cozecut/problems';
import * as Flags from '@oclif/core/flags';
import { BaseCommand, exportFlags, manifestFlags } from '../../base-command.ts';
import type { FileResult } from '../../services/write-output.ts';

interface Output {
  profile: string;
  files: FileResult[];
  problems: Problem[];
}

/** The pair of files for "register by code". */
export default class PluginExport extends BaseCommand {
  static override summary = 'Export the two files that Coze registers a plugin by';
  static override description =
    'Writes ai_plugin.json (plugin.json for a local plugin) and openapi.yaml into the folder DIR. The token of ' +
    'auth.server is a reference in them unless --with-secrets is given.';
  static override examples = [
    '<%= config.bin %> <%= command.id %> --profile coze --out coze --server-url https://plugin.example.com',
    '<%= config.bin %> <%= command.id %> --profile local --out coze --check',
  ];
  static override flags = {
    ...manifestFlags,
    ...exportFlags,
    profile: Flags.string({ description: 'kind of plugin', options: ['coze', 'local'], default: 'coze' }),
    out: Flags.string({ description: 'folder of the files', required: true }),
    'with-secrets': Flags.boolean({
      description: 'write the token itself, readable for the owner only',
      exclusive: ['check'],
    }),
    force: Flags.boolean({ description: 'replace files that are no earlier export of this plugin' }),
  };

  async run(): Promise<Output> {
    const { flags } = await this.parse(PluginExport);
    const { exportPlugin } = await import('../../services/export-plugin.ts');
    const { files, problems } = exportPlugin({
      profile: flags.profile as 'coze' | 'local',
      out: flags.out,
      isCheck: flags.check,
      withSecrets: flags['with-secrets'],
      force: flags.force,
      serverUrl: flags['server-url'],
      texts: flags.texts,
      manifest: flags.manifest,
      deployment: flags.deployment,
      onLong: this.onLong,
      env: this.environment,
      folder: process.cwd(),
    });
    await this.sayProblems(problems);
    await this.tellFiles(files);
    return { profile: flags.profile, files, problems };
  }
}
