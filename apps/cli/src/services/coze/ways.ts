import { join } from 'node:path';
import { baseUrlOf, type CozeAuthMethod, type SignInMethod, tokenKey } from '@cozecut/coze-transport';
import type { CozeAuth, Plugin, Region } from '@cozecut/manifest';
import { isUserError, UserError } from '@cozecut/problems';
import { type Environment, setting } from '../../settings.ts';
import { secretsOf } from '../secrets.ts';
import { userFolder } from '../user-folder.ts';
import { type KeptTokens, type TokenFiles, tokenFiles } from './token-files.ts';

/** Where the API is that is called. */
export interface CozePlace {
  region: Region;
  baseUrl?: string;
}

/** One of the ways to call Coze that a manifest names, and whether it is possible here. */
export interface Way {
  method: CozeAuthMethod;
  /** Whether there is a secret, a key or a sign-in. */
  isReady: boolean;
  /** Why not. */
  missing?: UserError;
  /** The sign-in, where there is one. */
  kept?: KeptTokens;
}

/** Where the browser comes back to, unless the manifest says otherwise. */
const REDIRECT_URL = 'http://127.0.0.1:8901/callback';

/** The address of the environment wins over that of the manifest. @throws UserError COZE_BASE_URL_MISSING */
export function addressOf({ region, baseUrl }: CozePlace, env: Environment): string {
  return baseUrlOf(region, setting(env, 'COZE_BASE_URL', 'COZE_API_URL') ?? baseUrl);
}

/** The sign-ins of this person. */
export function signIns(env: Environment, isSignIn = false): TokenFiles {
  return tokenFiles(join(userFolder(env, process.cwd()), 'sign-ins'), Date.now, isSignIn);
}

/**
 * The ways of `auth.coze` in their order. Where the manifest names no personal token, `COZE_API_TOKEN` is the last one:
 * a secret that it does name is looked up in its place and nowhere else.
 */
export function waysOf(plugin: Plugin, baseUrl: string, env: Environment): Way[] {
  const methods: CozeAuthMethod[] = [];
  for (let auth = plugin.cozeAuth; auth !== undefined; auth = auth.fallback) {
    const method = methodOf(auth, env);
    if (method !== undefined) methods.push(method);
  }
  if (!methods.some(({ type }) => type === 'pat')) {
    methods.push({ type: 'pat', secret: 'secret:COZE_API_TOKEN' });
  }
  const files = signIns(env);
  const secret = secretsOf(plugin, env);
  return methods.map((method) => {
    const reference =
      method.type === 'pat' ? method.secret : method.type === 'oauth-jwt' ? method.privateKey : undefined;
    if (reference !== undefined) return withSecret(method, reference, secret);
    const kept = files.read(tokenKey(baseUrl, method as SignInMethod));
    return kept === undefined
      ? { method, isReady: false, missing: signInMissing(method) }
      : { method, isReady: true, kept };
  });
}

function withSecret(method: CozeAuthMethod, reference: string, secret: (reference: string) => string): Way {
  try {
    secret(reference);
    return { method, isReady: true };
  } catch (error) {
    if (!isUserError(error)) throw error;
    return { method, isReady: false, missing: error as UserError };
  }
}

/** The way as the transport knows it; nothing for a device without an app. */
function methodOf(auth: CozeAuth, env: Environment): CozeAuthMethod | undefined {
  switch (auth.type) {
    case 'pat':
      return { type: 'pat', secret: auth.secret };
    case 'oauth-device': {
      const clientId = auth.clientId ?? setting(env, 'COZE_CLIENT_ID');
      return clientId === undefined ? undefined : { type: 'oauth-device', clientId };
    }
    case 'oauth-pkce': {
      const { clientId, redirectUrl = REDIRECT_URL } = auth;
      return { type: 'oauth-pkce', clientId, redirectUrl };
    }
    case 'oauth-jwt': {
      const { appId, keyId, privateKey, sessionName } = auth;
      const method = { type: 'oauth-jwt', appId, keyId, privateKey } as const;
      return sessionName === undefined ? method : { ...method, sessionName };
    }
  }
}

function signInMissing({ type }: CozeAuthMethod): UserError {
  return new UserError('SIGN_IN_REQUIRED', `nobody has signed in to Coze (${type})`, {
    hint: 'run `cozecut auth login`',
  });
}
