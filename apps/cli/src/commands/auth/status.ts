import { BaseCommand, manifestFlags } from '../../base-command.ts';
import { EXIT } from '../../exit-code.ts';
import { type Teller, tellerIn } from '../../messages/teller.ts';
import type { WayState } from '../../services/coze/sign-in.ts';
import { regionFlag } from './region-flag.ts';

/** How Coze is called. */
export default class AuthStatus extends BaseCommand {
  static override summary = 'Say how Coze is called from here';
  static override description =
    'The ways of auth.coze in their order: which one is used, since when, until when. No token is shown and nothing is ' +
    'contacted. Exit code 4 when no way is possible.';
  static override flags = { ...manifestFlags, ...regionFlag };

  async run(): Promise<{ base_url: string; ways: WayState[] }> {
    const { flags } = await this.parse(AuthStatus);
    const { signInStatus } = await import('../../services/coze/sign-in.ts');
    const request = { ...flags, env: this.environment, folder: process.cwd() };
    const { baseUrl, ways } = signInStatus(request);
    this.say(baseUrl);
    const teller = await tellerIn(this.texts.language);
    for (const way of ways) this.log(this.line(way, teller));
    if (!ways.some(({ used, state }) => used && state === 'ready')) process.exitCode = EXIT.authentication;
    return { base_url: baseUrl, ways };
  }

  private line({ type, used, state, since, until, renewed, reason }: WayState, teller: Teller): string {
    const { texts } = this;
    const words = { ready: texts.signInReady, missing: texts.signInMissing, expired: texts.signInExpired };
    return [
      `${used ? '*' : ' '} ${type}`,
      words[state],
      ...(since === undefined ? [] : [`${texts.since} ${since}`]),
      ...(until === undefined
        ? []
        : [`${texts.until} ${until}${renewed ? ` (${texts.signInRenewed})` : ''}`]),
      ...(reason === undefined ? [] : [teller.text(reason)]),
    ].join('  ');
  }
}
