import * as Args from '@oclif/core/args';
import * as Flags from '@oclif/core/flags';
import { BaseCommand, type FindingsOutput, findingFlags } from '../base-command.ts';
import { shownPath } from '../shown-path.ts';

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
    ...findingFlags,
    deployment: Flags.string({ description: 'deployment of a manifest (default: local)' }),
  };

  async run(): Promise<FindingsOutput> {
    const { argv, flags } = await this.parse(Lint);
    const { lint } = await import('../services/lint.ts');
    const result = lint({
      files: argv as string[],
      profile: flags.profile as 'studio' | 'cloud' | 'local' | undefined,
      deployment: flags.deployment,
      fix: flags.fix,
      env: this.environment,
      folder: process.cwd(),
      onFiles: ([first, ...others]) => {
        const more = others.length > 0 ? ` +${others.length}` : '';
        this.sayPhase(this.texts.phaseChecking, `${shownPath(first!)}${more}`);
      },
    });
    return this.tellFindings(result, flags);
  }
}
