import { randomBytes } from 'node:crypto';
import { localError } from '../errors.ts';
import { asNumber, asObject, asText } from '../json.ts';
import { oauthEndpoint } from './endpoint.ts';
import type { CozeAuthMethod, SignInMethod } from './method.ts';
import type { CozeAuthOptions } from './options.ts';
import { pollDevice } from './poll-device.ts';
import { tokenKey } from './renew.ts';
import type { TokenSet, TokenStore } from './tokens.ts';

/** Signing in needs a place for the tokens. */
export interface SignInOptions extends CozeAuthOptions {
  store: TokenStore;
}

/** What a person needs in order to agree on another screen. */
export interface DevicePrompt {
  userCode: string;
  /** Page to open; where Coze gives one, with the code already in it. */
  verificationUrl: string;
  /** Unix milliseconds. */
  expiresAtMs: number;
}

type DeviceMethod = Extract<CozeAuthMethod, { type: 'oauth-device' }>;
type BrowserMethod = Exclude<SignInMethod, DeviceMethod>;

const DEVICE_LIFE_S = 300;
const INTERVAL_S = 5;

/**
 * Signs a person in on another screen and keeps the tokens.
 *
 * @throws CozeError COZE_SIGN_IN_REFUSED, COZE_SIGN_IN_EXPIRED, ABORTED, …
 */
export async function signInWithDevice(
  method: DeviceMethod,
  options: SignInOptions,
  prompt: { onPrompt(prompt: DevicePrompt): void; signal?: AbortSignal },
): Promise<void> {
  const { getDeviceCode } = await import('@coze/api');
  const endpoint = oauthEndpoint(options);
  const { baseUrl, clock } = endpoint;
  const { clientId, workspaceId } = method;
  const call = prompt.signal ? { signal: prompt.signal } : {};
  const config = { baseURL: baseUrl, clientId, ...encodedWorkspace(workspaceId) };
  const operation = 'POST /api/permission/oauth2/device/code';
  const answer = asObject(
    await endpoint.run(operation, { secrets: [], ...call }, (sdk) => getDeviceCode(config, sdk)),
  );
  const deviceCode = asText(answer?.device_code);
  if (deviceCode === '') throw localError('BAD_RESPONSE', 'expected a device_code', { operation });
  const expiresAtMs = clock.nowMs() + (asNumber(answer?.expires_in) ?? DEVICE_LIFE_S) * 1000;
  prompt.onPrompt({
    userCode: asText(answer?.user_code),
    verificationUrl: asText(answer?.verification_url) || asText(answer?.verification_uri),
    expiresAtMs,
  });
  const intervalMs = (asNumber(answer?.interval) ?? INTERVAL_S) * 1000;
  const tokens = await pollDevice(endpoint, { clientId, deviceCode, intervalMs, expiresAtMs }, prompt.signal);
  await options.store.save(tokenKey(baseUrl, method), tokens);
}

/** A sign-in that goes on in a browser. */
export interface BrowserSignIn {
  /** Page to open. */
  url: string;
  /**
   * Takes the address that the browser came back to, and keeps the tokens. Works once.
   *
   * @throws CozeError COZE_SIGN_IN_REFUSED, COZE_OAUTH_INVALID, …
   */
  finish(callbackUrl: string, call?: { signal?: AbortSignal }): Promise<void>;
}

/** Begins a sign-in in the browser of this machine. */
export async function beginBrowserSignIn(
  method: BrowserMethod,
  options: SignInOptions,
): Promise<BrowserSignIn> {
  const sdk = await import('@coze/api');
  const endpoint = oauthEndpoint(options);
  const { baseUrl } = endpoint;
  const { clientId, redirectUrl, workspaceId } = method;
  const state = randomBytes(32).toString('hex');
  const page = { baseURL: baseUrl, clientId, redirectUrl, state, ...encodedWorkspace(workspaceId) };
  const pkce = method.type === 'oauth-pkce' ? await sdk.getPKCEAuthenticationUrl(page) : undefined;
  return {
    url: pkce?.url ?? sdk.getWebAuthenticationUrl(page),
    async finish(callbackUrl, call = {}) {
      const code = readCallback(callbackUrl, state);
      const shared = { baseURL: baseUrl, clientId, redirectUrl, code };
      let tokens: TokenSet;
      if (method.type === 'oauth-web') {
        const clientSecret = await options.resolveSecret(method.clientSecret);
        tokens = await endpoint.tokens({ secrets: [code, clientSecret], ...call }, (axios) =>
          sdk.getWebOAuthToken({ ...shared, clientSecret }, axios),
        );
      } else {
        const codeVerifier = pkce?.codeVerifier ?? '';
        tokens = await endpoint.tokens({ secrets: [code, codeVerifier], ...call }, (axios) =>
          sdk.getPKCEOAuthToken({ ...shared, codeVerifier }, axios),
        );
      }
      await options.store.save(tokenKey(baseUrl, method), tokens);
    },
  };
}

/** Forgets the tokens of a sign-in. They stay valid until they expire. */
export async function signOut(
  method: SignInMethod,
  options: Pick<SignInOptions, 'baseUrl' | 'store'>,
): Promise<void> {
  await options.store.clear(tokenKey(options.baseUrl, method));
}

/** The code in the address; another `state` means that somebody else sent the browser here. @throws CozeError */
function readCallback(callbackUrl: string, state: string): string {
  const operation = 'sign in';
  const query = URL.canParse(callbackUrl) ? new URL(callbackUrl).searchParams : new URLSearchParams();
  if (query.get('state') !== state) {
    throw localError('BAD_RESPONSE', 'the browser came back with another state; sign in again', {
      operation,
    });
  }
  const code = query.get('code');
  if (code) return code;
  const reason = query.get('error') ?? 'no code';
  throw localError('SIGN_IN_REQUIRED', `the sign-in did not succeed: ${reason.slice(0, 100)}`, { operation });
}

/** The SDK does not encode it. */
function encodedWorkspace(workspaceId: string | undefined): { workspaceId?: string } {
  return workspaceId === undefined ? {} : { workspaceId: encodeURIComponent(workspaceId) };
}
