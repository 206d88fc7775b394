import { formatProblems, jsonReport, type Problem } from '@cozecut/problems';
import { BaseCommand } from '../../base-command.ts';
import { EXIT } from '../../exit-code.ts';
import { tellerIn } from '../../messages/teller.ts';

/** Everything that is wrong with the settings. */
export default class ConfigCheck extends BaseCommand {
  static override summary = 'Check the settings';
  static override description =
    'Tells every mistake in a variable, and COZECUT_ variables that nothing reads. Exit code 2 when one is an error.';
  static override examples = ['<%= config.bin %> <%= command.id %>'];

  async run(): Promise<{ problems: Problem[] }> {
    await this.parse(ConfigCheck);
    const { findSettingProblems } = await import('../../services/config.ts');
    const problems = findSettingProblems(this.environment, process.cwd());
    if (problems.length > 0) {
      const teller = await tellerIn(this.texts.language);
      this.log(formatProblems(teller.problems(problems), teller.words));
    }
    if (problems.some(({ severity }) => severity === 'error')) process.exitCode = EXIT.usage;
    else this.say(this.texts.settingsFine);
    return { problems: jsonReport(problems).problems };
  }
}
