import { UserError } from '@cozecut/problems';
import { BaseCommand, manifestFlags } from '../../base-command.ts';

/** The only format there has been: nothing older is to be rewritten. */
const CURRENT = 'cozecut/v1';

/** Brings a manifest to the format of this version. */
export default class ManifestUpgrade extends BaseCommand {
  static override summary = 'Bring a manifest to the current apiVersion';
  static override description =
    `${CURRENT} is the first one, so that there is nothing to rewrite yet; the command says whether a manifest has it.`;
  static override flags = manifestFlags;

  async run(): Promise<{ file: string; api_version: string; changed: boolean }> {
    const { flags } = await this.parse(ManifestUpgrade);
    const { findManifestProblems } = await import('../../services/check-manifest.ts');
    const request = { ...flags, env: this.environment, folder: process.cwd() };
    const { file, problems } = findManifestProblems(request);
    // A manifest that cannot be read may be of any format.
    const errors = problems.filter(({ severity }) => severity === 'error');
    if (errors.length > 0) {
      const hint = '`cozecut manifest check` tells when they are mended';
      throw UserError.fromProblems('MANIFEST_INVALID', errors, hint);
    }
    this.say(`${file}: ${CURRENT}, ${this.texts.manifestCurrent}`);
    return { file, api_version: CURRENT, changed: false };
  }
}
