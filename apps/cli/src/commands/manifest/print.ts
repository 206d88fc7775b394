import * as Flags from '@oclif/core/flags';
import { BaseCommand, manifestFlags, serverFlags, settingFlags } from '../../base-command.ts';
import type { PrintedManifest } from '../../services/print-manifest.ts';

/** What a manifest comes to for one deployment. */
export default class ManifestPrint extends BaseCommand {
  static override summary = 'Print the manifest as one deployment uses it';
  static override description =
    'Inheritance, overrides, included files and variables are applied. What may be a secret is never shown.';
  static override examples = ['<%= config.bin %> <%= command.id %> --deployment cloud --origins'];
  static override flags = {
    ...manifestFlags,
    ...serverFlags,
    origins: Flags.boolean({
      description: 'say behind each value where it comes from: file and line, variable, flag',
    }),
  };

  async run(): Promise<Omit<PrintedManifest, 'text'>> {
    const { flags } = await this.parse(ManifestPrint);
    const { printResolvedManifest } = await import('../../services/print-manifest.ts');
    const { text, ...printed } = printResolvedManifest({
      manifest: flags.manifest,
      deployment: flags.deployment,
      settings: settingFlags(flags),
      origins: flags.origins,
      onLong: this.onLong,
      env: this.environment,
      folder: process.cwd(),
    });
    if (!this.jsonEnabled()) process.stdout.write(text);
    return printed;
  }
}
