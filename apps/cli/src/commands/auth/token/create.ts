import { DEFAULT_SCOPES, KNOWN_SCOPES } from '@cozecut/manifest';
import { didYouMean, showValue, UserError } from '@cozecut/problems';
import * as Flags from '@oclif/core/flags';
import { BaseCommand, manifestFlags } from '../../../base-command.ts';
import { manifestStore, withStore } from '../../../services/store.ts';

const DAY_MS = 24 * 3_600_000;

/** Makes an API token. */
export default class AuthTokenCreate extends BaseCommand {
  static override summary = 'Make a token for callers of the server';
  static override description =
    'The token is printed once and kept as a hash only. Its owner says whose drafts and jobs the caller works with.';
  static override examples = [
    '<%= config.bin %> <%= command.id %> --name coze',
    '<%= config.bin %> <%= command.id %> --name page --owner alice --days 30',
  ];
  static override flags = {
    ...manifestFlags,
    name: Flags.string({ description: 'what the token is for', required: true }),
    owner: Flags.string({ description: 'whose drafts it works with (default: local)' }),
    scope: Flags.string({
      description: `what the caller may do: ${KNOWN_SCOPES.join(', ')}; may be repeated`,
      multiple: true,
      default: [...DEFAULT_SCOPES],
    }),
    days: Flags.integer({ description: 'days until it ends (default: never)', min: 1, max: 36_600 }),
  };

  async run(): Promise<{ token: string; id: string; expires_at?: string }> {
    const { flags } = await this.parse(AuthTokenCreate);
    const { name, scope, days } = flags;
    if (name.trim() === '') throw new UserError('USAGE', '--name must not be empty');
    await this.sayProblems(
      scope
        .filter((one) => one !== '*' && !KNOWN_SCOPES.includes(one))
        .map((one) => ({
          code: 'SCOPE_UNKNOWN',
          severity: 'warning',
          message: `the server asks for no scope ${showValue(one)}: it lets nobody do anything`,
          hint: didYouMean(one, KNOWN_SCOPES) ?? `The server asks for ${KNOWN_SCOPES.join(' and ')}`,
        })),
    );
    const expiresAt = days === undefined ? undefined : Date.now() + days * DAY_MS;
    // Loaded here, because help loads every command.
    const { LOCAL_OWNER } = await import('@cozecut/store');
    const { owner = LOCAL_OWNER } = flags;
    const { text, token } = await withStore(
      manifestStore({ ...flags, onDatabase: this.onDatabase }, this.environment, process.cwd()),
      (store) =>
        store.tokens.create({
          name,
          owner,
          scopes: scope,
          ...(expiresAt === undefined ? {} : { expiresAt }),
        }),
    );
    this.log(text);
    this.say(this.texts.tokenOnce);
    return {
      token: text,
      id: token.id,
      ...(expiresAt === undefined ? {} : { expires_at: new Date(expiresAt).toISOString() }),
    };
  }
}
