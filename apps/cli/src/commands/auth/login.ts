import { BaseCommand, manifestFlags } from '../../base-command.ts';
import { regionFlag } from './region-flag.ts';

/** Signs a person in to Coze. */
export default class AuthLogin extends BaseCommand {
  static override summary = 'Sign in to Coze';
  static override description =
    'In the way that auth.coze of the manifest names: oauth-device shows an address and a code for any browser, ' +
    'oauth-pkce an address for the browser of this machine. The tokens are kept in your own folder (COZECUT_HOME), ' +
    'never in the project, and renewed when they end.';
  static override examples = ['<%= config.bin %> <%= command.id %>'];
  static override flags = { ...manifestFlags, ...regionFlag };

  async run(): Promise<{ type: string; base_url: string; until: string }> {
    const { flags } = await this.parse(AuthLogin);
    const { signIn } = await import('../../services/coze/sign-in.ts');
    const { openPage } = await import('../../services/open-page.ts');
    const { texts } = this;
    const isPerson = process.stdin.isTTY && process.stderr.isTTY;
    const show = (url: string, code?: string) => {
      // With --quiet or --json, too: without it nobody can sign in.
      process.stderr.write(`${texts.signInOpen} ${url}\n`);
      if (code !== undefined) process.stderr.write(`${texts.signInCode} ${code}\n`);
      if (isPerson) openPage(url);
    };
    const done = await signIn(
      { ...flags, env: this.environment, folder: process.cwd() },
      {
        onAsk: this.onAsk,
        onDevice: ({ verificationUrl, userCode }) => show(verificationUrl, userCode),
        onPage: (url) => show(url),
      },
    );
    this.say(`${texts.signInDone} ${done.baseUrl}`);
    return { type: done.type, base_url: done.baseUrl, until: done.until };
  }
}
