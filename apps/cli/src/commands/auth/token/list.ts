import type { ApiToken } from '@cozecut/store';
import * as Flags from '@oclif/core/flags';
import { BaseCommand, manifestFlags } from '../../../base-command.ts';
import { isThere, manifestStore, withStore } from '../../../services/store.ts';

/** The API tokens that were made. */
export default class AuthTokenList extends BaseCommand {
  static override summary = 'List the tokens that were made for callers of the server';
  static override flags = {
    ...manifestFlags,
    owner: Flags.string({ description: 'only those of an owner' }),
  };

  async run(): Promise<{ tokens: Record<string, unknown>[] }> {
    const { flags } = await this.parse(AuthTokenList);
    const choice = manifestStore({ ...flags, onDatabase: this.onDatabase }, this.environment, process.cwd());
    const tokens = isThere(choice) ? await withStore(choice, (store) => store.tokens.list(flags.owner)) : [];
    for (const token of tokens) {
      this.log([token.id, stateOf(token), token.owner, token.scopes.join(','), token.name].join('  '));
    }
    if (tokens.length === 0) this.say(this.texts.tokensNone);
    return {
      tokens: tokens.map((token) => ({
        id: token.id,
        name: token.name,
        owner: token.owner,
        scopes: token.scopes,
        state: stateOf(token),
        created_at: timeOf(token.createdAt),
        expires_at: timeOf(token.expiresAt),
        last_used_at: timeOf(token.lastUsedAt),
      })),
    };
  }
}

function stateOf({ revokedAt, expiresAt }: ApiToken): 'revoked' | 'expired' | 'active' {
  if (revokedAt !== undefined) return 'revoked';
  return expiresAt !== undefined && expiresAt <= Date.now() ? 'expired' : 'active';
}

function timeOf(at: number | undefined): string | undefined {
  return at === undefined ? undefined : new Date(at).toISOString();
}
