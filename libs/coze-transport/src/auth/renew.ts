import { type CozeError, localError } from '../errors.ts';
import { isRefusal, type OAuthEndpoint } from './endpoint.ts';
import type { SignInMethod } from './method.ts';
import type { CozeAuthOptions } from './options.ts';
import type { TokenSet, TokenStore } from './tokens.ts';

/** What renewing needs. */
export interface RenewOptions extends Pick<CozeAuthOptions, 'resolveSecret' | 'log'> {
  endpoint: OAuthEndpoint;
  store: TokenStore;
  isUsable(tokens: TokenSet, refused: string | undefined): boolean;
}

/** Under which tokens are kept. */
export function tokenKey(baseUrl: string, method: SignInMethod): string {
  return `${baseUrl.replace(/\/+$/, '')} ${method.type} ${method.clientId}`;
}

/**
 * Tokens from the store, renewed when they have expired or were refused. A refresh token works once: when another
 * process was faster, its tokens are in the store and are taken.
 *
 * @throws CozeError SIGN_IN_REQUIRED, and what happened on the way to the endpoint.
 */
export async function renewedTokens(
  options: RenewOptions,
  method: SignInMethod,
  refused: string | undefined,
): Promise<TokenSet> {
  const { endpoint, store, isUsable } = options;
  const key = tokenKey(endpoint.baseUrl, method);
  const kept = await store.load(key);
  if (kept && isUsable(kept, refused)) return kept;
  if (kept?.refreshToken === undefined) throw signInRequired('nobody has signed in');
  try {
    const tokens = await refresh(options, method, kept.refreshToken);
    await keep(options, key, tokens);
    return tokens;
  } catch (error) {
    if (!isRefusal(error)) throw error;
    const newer = await store.load(key);
    if (newer && isUsable(newer, refused)) return newer;
    throw signInRequired('the sign-in has expired', error);
  }
}

async function refresh(
  { endpoint, resolveSecret }: RenewOptions,
  method: SignInMethod,
  refreshToken: string,
): Promise<TokenSet> {
  const { refreshOAuthToken } = await import('@coze/api');
  const clientSecret = method.type === 'oauth-web' ? await resolveSecret(method.clientSecret) : '';
  const config = { baseURL: endpoint.baseUrl, clientId: method.clientId, refreshToken, clientSecret };
  const tokens = await endpoint.tokens({ secrets: [refreshToken, clientSecret] }, (call) =>
    refreshOAuthToken(config, call),
  );
  return { refreshToken, ...tokens };
}

/** Tokens that cannot be kept still work in this run. */
async function keep({ store, log }: RenewOptions, key: string, tokens: TokenSet): Promise<void> {
  try {
    await store.save(key, tokens);
  } catch (error) {
    const reason = error instanceof Error ? error.message : 'unknown';
    log?.warn('new tokens could not be kept: the next run has to sign in', { reason });
  }
}

function signInRequired(why: string, cause?: unknown): CozeError {
  const hint = 'Sign in.';
  return localError('SIGN_IN_REQUIRED', `${why}; a person has to sign in`, {
    operation: 'sign in',
    hint,
    cause,
  });
}
