import { BaseCommand, manifestFlags } from '../base-command.ts';
import { EXIT } from '../exit-code.ts';
import { tellerIn } from '../messages/teller.ts';
import type { CheckResult } from '../services/doctor/check.ts';

const MARKS = { ok: '✓', warn: '!', fail: '✗', skip: '-' } as const;

/** What is wrong here. */
export default class Doctor extends BaseCommand {
  static override summary = 'Check everything that a plugin needs on this machine';
  static override description =
    'Node, settings, manifest, store, port, secrets, the token and the bots at Coze, the public address, the clock, the ' +
    'draft folders. Each failure comes with the next step; exit code 1 when there is one. What is not configured is not ' +
    'contacted.';
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --deployment cloud --json',
  ];
  static override flags = manifestFlags;

  async run(): Promise<{ checks: CheckResult[] }> {
    const { flags } = await this.parse(Doctor);
    const { examine } = await import('../services/doctor/doctor.ts');
    const { environment: env, texts } = this;
    const teller = await tellerIn(texts.language);
    const checks = await examine({ choice: flags, env, folder: process.cwd(), texts }, (result) => {
      this.log(`${MARKS[result.state]} ${result.id}  ${teller.message(undefined, result.message)}`);
      if (result.next !== undefined) this.log(`  → ${teller.hint(result.next)}`);
    });
    if (checks.some(({ state }) => state === 'fail')) process.exitCode = EXIT.failed;
    return { checks };
  }
}
