import { createPrivateKey, type KeyObject, randomBytes, sign } from 'node:crypto';
import { UserError } from '@cozecut/problems';
import { isCozeError } from '../errors.ts';
import { isRefusal, type OAuthEndpoint } from './endpoint.ts';
import type { CozeAuthMethod } from './method.ts';
import type { CozeAuthOptions } from './options.ts';
import type { TokenSet } from './tokens.ts';

type JwtMethod = Extract<CozeAuthMethod, { type: 'oauth-jwt' }>;

/** Life of the signed text itself, which works once, in seconds. */
const JWT_LIFE_S = 600;
const DEFAULT_LIFE_S = 900;

/**
 * Asks for a token with a signed text. When Coze refuses it, signs once more with the time that its answer showed.
 *
 * @throws CozeError
 * @throws UserError COZE_KEY_INVALID
 */
export async function tokenByJwt(
  endpoint: OAuthEndpoint,
  method: JwtMethod,
  resolveSecret: CozeAuthOptions['resolveSecret'],
): Promise<TokenSet> {
  const { _getJWTToken: exchange } = await import('@coze/api');
  const key = readKey(await resolveSecret(method.privateKey), method.privateKey);
  const attempt = () => {
    // The helper of the SDK that signs takes the time of the machine, whatever Coze's clock says.
    const token = signedJwt(endpoint, method, key);
    const config = {
      baseURL: endpoint.baseUrl,
      token,
      durationSeconds: method.durationSeconds ?? DEFAULT_LIFE_S,
      ...(method.accountId === undefined ? {} : { accountId: encodeURIComponent(method.accountId) }),
    };
    return endpoint.tokens({ secrets: [token] }, (options) => exchange(config, options));
  };
  try {
    return await attempt();
  } catch (error) {
    if (!isRefusal(error) || (isCozeError(error) && error.remoteCode === 'invalid_client')) throw error;
    return attempt();
  }
}

function signedJwt(endpoint: OAuthEndpoint, method: JwtMethod, key: KeyObject): string {
  const nowS = Math.floor((endpoint.clock.nowMs() + endpoint.skewMs()) / 1000);
  const head = { alg: 'RS256', typ: 'JWT', kid: method.keyId };
  const claims = {
    iss: method.appId,
    aud: new URL(endpoint.baseUrl).host,
    iat: nowS,
    exp: nowS + JWT_LIFE_S,
    jti: randomBytes(32).toString('hex'),
    session_name: method.sessionName,
  };
  const text = [head, claims]
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .join('.');
  return `${text}.${sign('RSA-SHA256', Buffer.from(text), key).toString('base64url')}`;
}

/** A variable often has the line ends of the key as `\n`. @throws UserError COZE_KEY_INVALID */
function readKey(pem: string, reference: string): KeyObject {
  let key: KeyObject | undefined;
  try {
    key = createPrivateKey(pem.replaceAll('\\n', '\n'));
  } catch {
    // What is wrong with it is not said: the message could hold a part of it.
  }
  if (key?.asymmetricKeyType === 'rsa') return key;
  throw new UserError('COZE_KEY_INVALID', `${reference} is not an RSA private key in PEM`, {
    hint: 'Use the file that Coze gave out with the OAuth app.',
  });
}
