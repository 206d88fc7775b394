import { formatProblems, type Problem } from '@cozecut/problems';
import { BaseCommand, manifestFlags } from '../../base-command.ts';
import { EXIT } from '../../exit-code.ts';
import { tellerIn } from '../../messages/teller.ts';

/** Everything that is wrong with a manifest. */
export default class ManifestCheck extends BaseCommand {
  static override summary = 'Check a manifest';
  static override description =
    'Tells every mistake with file, line and column. Exit code 2 when one of them is an error. No variable has to be set.';
  static override examples = ['<%= config.bin %> <%= command.id %> --manifest my-plugin/plugin.yaml'];
  static override flags = manifestFlags;

  async run(): Promise<{ file: string; problems: Problem[] }> {
    const { flags } = await this.parse(ManifestCheck);
    const { findManifestProblems } = await import('../../services/check-manifest.ts');
    const checked = findManifestProblems({
      ...flags,
      onLong: this.onLong,
      env: this.environment,
      folder: process.cwd(),
    });
    const { file, problems } = checked;
    if (problems.length > 0) {
      const teller = await tellerIn(this.texts.language);
      this.log(formatProblems(teller.problems(problems), teller.words));
    }
    if (problems.some(({ severity }) => severity === 'error')) process.exitCode = EXIT.usage;
    else this.say(`${this.texts.manifestFine} ${file}`);
    return checked;
  }
}
