import { BaseCommand, manifestFlags } from '../../base-command.ts';
import { regionFlag } from './region-flag.ts';

/** Forgets a sign-in. */
export default class AuthLogout extends BaseCommand {
  static override summary = 'Sign out of Coze on this machine';
  static override description =
    'Removes the tokens of the sign-in from your own folder. Coze accepts those that were given out until they end.';
  static override flags = { ...manifestFlags, ...regionFlag };

  async run(): Promise<{ base_url: string; removed: string[] }> {
    const { flags } = await this.parse(AuthLogout);
    const { forgetSignIn } = await import('../../services/coze/sign-in.ts');
    const request = { ...flags, env: this.environment, folder: process.cwd() };
    const { baseUrl, removed } = await forgetSignIn(request);
    this.say(`${removed.length === 0 ? this.texts.signInNone : this.texts.signInRemoved} ${baseUrl}`);
    return { base_url: baseUrl, removed };
  }
}
