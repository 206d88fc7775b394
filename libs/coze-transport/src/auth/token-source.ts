import type { TokenRequest } from '../ports.ts';
import { oauthEndpoint } from './endpoint.ts';
import { tokenByJwt } from './jwt.ts';
import type { CozeAuthMethod } from './method.ts';
import type { CozeAuthOptions } from './options.ts';
import { renewedTokens } from './renew.ts';
import { memoryTokenStore, type TokenSet } from './tokens.ts';

const MARGIN_MS = 60_000;

/**
 * A token source for a client. Tokens are asked for when they are needed and used until shortly before their end;
 * however many calls want a new one at the same time, one is asked for.
 *
 * The function throws CozeError SIGN_IN_REQUIRED when a person has to sign in, what the OAuth endpoint reports, and
 * what `resolveSecret` throws.
 *
 * @example
 * ```ts
 * import { createCozeClient, createTokenSource } from '@cozecut/coze-transport';
 *
 * const baseUrl = 'https://api.coze.cn';
 * const resolveSecret = () => process.env.COZE_API_TOKEN!; // your place for secrets
 * const token = createTokenSource({ type: 'pat', secret: 'secret:COZE_API_TOKEN' }, { baseUrl, resolveSecret });
 * const client = createCozeClient({ baseUrl, token });
 * ```
 */
export function createTokenSource(
  method: CozeAuthMethod,
  options: CozeAuthOptions,
): (request: TokenRequest) => Promise<string> {
  // Looked up each time: whoever replaces the file of a token need not restart anything.
  if (method.type === 'pat') return async () => options.resolveSecret(method.secret);
  const endpoint = oauthEndpoint(options);
  const store = options.store ?? memoryTokenStore();
  const marginMs = options.expiryMarginMs ?? MARGIN_MS;
  const isUsable = (tokens: TokenSet, refused: string | undefined) =>
    tokens.accessToken !== refused && tokens.expiresAtMs - marginMs > endpoint.clock.nowMs();
  let current: TokenSet | undefined;
  let pending: Promise<TokenSet> | undefined;

  const renew = async (refused: string | undefined): Promise<TokenSet> => {
    current =
      method.type === 'oauth-jwt'
        ? await tokenByJwt(endpoint, method, options.resolveSecret)
        : await renewedTokens({ ...options, endpoint, store, isUsable }, method, refused);
    return current;
  };
  return async ({ refresh, refused }) => {
    const bad = refresh ? (refused ?? current?.accessToken) : undefined;
    // What others are waiting for may turn out to be the token that was refused.
    for (;;) {
      const isJoined = pending !== undefined;
      if (!isJoined && current && isUsable(current, bad)) return current.accessToken;
      pending ??= renew(bad).finally(() => {
        pending = undefined;
      });
      const { accessToken } = await pending;
      if (!isJoined || accessToken !== bad) return accessToken;
    }
  };
}
