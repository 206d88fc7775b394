import type { Rewritten } from '@cozecut/manifest';
import { UserError } from '@cozecut/problems';
import * as Flags from '@oclif/core/flags';
import { BaseCommand, manifestFlags } from '../../base-command.ts';
import { EXIT } from '../../exit-code.ts';

const CURRENT = 'cozecut/v1';

/** Brings a manifest to the format of this version. */
export default class ManifestUpgrade extends BaseCommand {
  static override summary = 'Bring a manifest to the current apiVersion';
  static override description =
    `${CURRENT} is the first format. The command rewrites previews of it and keys and words in another spelling ` +
    '(runs_on, Public-Url, sumary), in the manifest and the files it includes; comments and layout stay. Without ' +
    '--write it only shows what would change.';
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --write',
  ];
  static override flags = {
    ...manifestFlags,
    write: Flags.boolean({ description: 'write the files', exclusive: ['check'] }),
    check: Flags.boolean({ description: 'write nothing; exit code 3 when something would change' }),
  };

  async run(): Promise<{ file: string; api_version: string; changed: boolean; rewritten: Rewritten[] }> {
    const { flags } = await this.parse(ManifestUpgrade);
    const { upgrade } = await import('../../services/upgrade-manifest.ts');
    const { file, rewritten, diff, problems } = upgrade({
      ...flags,
      onLong: this.onLong,
      env: this.environment,
      folder: process.cwd(),
    });
    const changed = rewritten.length > 0;
    if (changed && !this.jsonEnabled()) this.log(diff);
    const errors = problems.filter(({ severity }) => severity === 'error');
    if (errors.length > 0) {
      const hint = '`cozecut manifest check` tells when they are mended';
      throw UserError.fromProblems('MANIFEST_INVALID', errors, hint);
    }
    if (!changed) this.say(`${file}: ${CURRENT}, ${this.texts.manifestCurrent}`);
    else if (flags.write) this.say(`${this.texts.fileWritten} ${file}`);
    else this.say(this.texts.upgradeNext);
    if (changed && flags.check) process.exitCode = EXIT.findings;
    return { file, api_version: CURRENT, changed, rewritten };
  }
}
