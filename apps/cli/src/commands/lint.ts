import { type JsonReport, PROBLEM_FORMATS, type ProblemFormat } from '@cozecut/problems';
import * as Args from '@oclif/core/args';
import * as Flags from '@oclif/core/flags';
import { BaseCommand } from '../base-command.ts';
import { EXIT } from '../exit-code.ts';

interface Output extends JsonReport {
  files: number;
  fixed: number;
}

/** The linter that authors of Coze plugins lack. */
export default class Lint extends BaseCommand {
  static override summary = 'Say what Coze will say, before it does';
  static override description =
    'Checks plugin manifests (plugin.yaml), any OpenAPI document and ai_plugin.json files against the rules of the ' +
    'Coze import, with place, reason and the predicted message. Exit code 0: clean, 3: findings.';
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> openapi.yaml --profile studio',
    '<%= config.bin %> <%= command.id %> plugin.yaml --format github --fail-on warn',
    '<%= config.bin %> <%= command.id %> openapi.yaml --fix',
  ];
  static override strict = false;
  static override args = {
    file: Args.string({ description: 'files to check (default: ./plugin.yaml, else the built-in plugin)' }),
  };
  static override flags = {
    profile: Flags.string({
      description: 'who imports it (default: cloud; a manifest is checked for all it is used for)',
      options: ['studio', 'cloud', 'local'],
    }),
    format: Flags.string({
      description: 'form of the findings',
      options: [...PROBLEM_FORMATS],
      default: 'codeframe',
    }),
    'fail-on': Flags.string({
      description: 'least severity that fails',
      options: ['error', 'warn'],
      default: 'error',
    }),
    fix: Flags.boolean({ description: 'mend what can be mended with certainty' }),
    deployment: Flags.string({ description: 'deployment of a manifest (default: local)' }),
  };

  async run(): Promise<Output> {
    const { argv, flags } = await this.parse(Lint);
    const { lint } = await import('../services/lint.ts');
    const result = lint({
      files: argv as string[],
      profile: flags.profile as 'studio' | 'cloud' | 'local' | undefined,
      deployment: flags.deployment,
      fix: flags.fix,
      env: this.environment,
      folder: process.cwd(),
    });
    const { jsonReport, printProblems, summaryText } = await import('@cozecut/problems');
    const { summary, problems } = jsonReport(result.problems);
    if (!this.jsonEnabled()) {
      const text = printProblems(result.problems, flags.format as ProblemFormat, { rules: result.rules });
      if (text !== '') this.log(text);
    }
    if (flags.fix) this.say(`${this.texts.mended} ${result.fixed}`);
    this.say(`${summaryText(summary)} (${result.files})`);
    if (summary.errors > 0 || (flags['fail-on'] === 'warn' && summary.warnings > 0)) {
      process.exitCode = EXIT.findings;
    }
    return { files: result.files, fixed: result.fixed, summary, problems };
  }
}
