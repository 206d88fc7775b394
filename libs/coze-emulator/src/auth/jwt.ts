import { verify } from 'node:crypto';
import { showValue } from '@cozecut/problems';
import { OAuthRefusal } from './oauth-refusal.ts';
import type { OAuthApp } from './oauth-state.ts';

/** Claims of a JWT that was checked. */
export interface JwtClaims {
  app: OAuthApp;
  jti: string;
  sessionName: string | undefined;
}

/** What a JWT is checked against. */
export interface JwtCheck {
  apps: readonly OAuthApp[];
  /** Unix seconds. */
  now: number;
  /** Hosts that may be its audience. */
  audiences: readonly string[];
  usedIds: ReadonlySet<string>;
}

/**
 * Checks signature (RS256), issuer, audience, times and id of a JWT.
 *
 * @throws OAuthRefusal invalid_request, invalid_client
 */
export function checkJwt(jwt: string, { apps, now, audiences, usedIds }: JwtCheck): JwtClaims {
  const [head = '', payload = '', signature = '', ...rest] = jwt.split('.');
  const header = decode(head);
  const claims = decode(payload);
  if (!header || !claims || rest.length > 0)
    throw new OAuthRefusal('invalid_request', 'the JWT is malformed');
  if (header.alg !== 'RS256') throw new OAuthRefusal('invalid_request', 'the JWT must be signed with RS256');
  const app = apps.find(({ id }) => id === claims.iss);
  if (!app) throw new OAuthRefusal('invalid_client', `there is no app ${showValue(claims.iss)}`);
  const key = own(app.publicKeys, header.kid);
  if (key === undefined)
    throw new OAuthRefusal('invalid_client', `the app has no key ${showValue(header.kid)}`);
  const signed = Buffer.from(`${head}.${payload}`);
  if (!verify('RSA-SHA256', signed, key, Buffer.from(signature, 'base64url'))) {
    throw new OAuthRefusal('invalid_client', 'the signature of the JWT is not valid');
  }
  if (typeof claims.aud !== 'string' || !audiences.includes(claims.aud)) {
    throw new OAuthRefusal('invalid_request', `aud must be one of ${audiences.join(', ')}`);
  }
  if (typeof claims.exp !== 'number' || claims.exp <= now) {
    throw new OAuthRefusal('invalid_request', 'the JWT has expired');
  }
  const { jti } = claims;
  if (typeof jti !== 'string' || jti === '') throw new OAuthRefusal('invalid_request', 'jti is required');
  if (usedIds.has(jti)) throw new OAuthRefusal('invalid_request', 'the JWT was used before');
  const { session_name: name } = claims;
  return { app, jti, sessionName: typeof name === 'string' ? name : undefined };
}

function decode(part: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

function own(keys: Readonly<Record<string, string>> | undefined, id: unknown): string | undefined {
  return keys && typeof id === 'string' && Object.hasOwn(keys, id) ? keys[id] : undefined;
}
