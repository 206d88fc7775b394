import { showValue } from '@cozecut/problems';
import { authorize, checkSecret, findApp, redeemCode } from '../auth/codes.ts';
import { beginDevice, pollDevice } from '../auth/devices.ts';
import { checkJwt } from '../auth/jwt.ts';
import { OAuthRefusal } from '../auth/oauth-refusal.ts';
import type { OAuthApp } from '../auth/oauth-state.ts';
import type { World } from '../world.ts';
import type { Answer, Call } from './route.ts';

const DEFAULT_LIFE_S = 900;
const MAX_LIFE_S = 86_399;
const REFRESH_LIFE_MS = 30 * 24 * 60 * 60 * 1000;

/** `POST /api/permission/oauth2/token` and the same below `account/:id` */
export function oauthToken(call: Call): Answer {
  const { world } = call;
  const body = (call.body ?? {}) as Record<string, unknown>;
  switch (body.grant_type) {
    case 'urn:ietf:params:oauth:grant-type:jwt-bearer':
      return jwtToken(call, body);
    case 'urn:ietf:params:oauth:grant-type:device_code':
      return refreshable(world, findApp(world, pollDevice(world, body.device_code)));
    case 'authorization_code':
      return refreshable(world, redeemCode(world, body, call.token));
    case 'refresh_token':
      return refresh(call, body);
    default:
      throw new OAuthRefusal(
        'unsupported_grant_type',
        `grant_type ${showValue(body.grant_type)} is not known`,
      );
  }
}

/** `POST /api/permission/oauth2/device/code` */
export function deviceCode({ world, body }: Call): Answer {
  const { client_id: clientId } = (body ?? {}) as { client_id?: unknown };
  return { kind: 'raw', status: 200, body: beginDevice(world, clientId) };
}

/** `GET /api/permission/oauth2/authorize`: the user agrees at once. */
export function authorizePage({ world, query }: Call): Answer {
  return { kind: 'raw', status: 302, headers: { Location: authorize(world, query) }, body: {} };
}

function jwtToken({ world, token, host }: Call, body: Record<string, unknown>): Answer {
  const lifeS = body.duration_seconds ?? DEFAULT_LIFE_S;
  if (typeof lifeS !== 'number' || lifeS < DEFAULT_LIFE_S || lifeS > MAX_LIFE_S) {
    throw new OAuthRefusal('invalid_request', `duration_seconds must be ${DEFAULT_LIFE_S} to ${MAX_LIFE_S}`);
  }
  const { oauth } = world;
  const claims = checkJwt(token ?? '', {
    apps: oauth.apps,
    now: world.now() + world.takeSkewMs() / 1000,
    audiences: [world.dialect.apiHost, host],
    usedIds: oauth.usedJwtIds,
  });
  oauth.usedJwtIds.add(claims.jti);
  const user = claims.sessionName === undefined ? claims.app.id : `${claims.app.id}/${claims.sessionName}`;
  return tokenAnswer(world, claims.app, user, lifeS);
}

function refresh({ world, token }: Call, body: Record<string, unknown>): Answer {
  const { refresh_token: old } = body;
  const app = findApp(world, body.client_id);
  checkSecret(app, token);
  const isValid = typeof old === 'string' && world.tokens.find(old) !== undefined;
  if (!isValid || world.oauth.refreshTokens.get(old) !== app.id) {
    throw new OAuthRefusal('invalid_request', 'refresh_token is not valid');
  }
  world.oauth.refreshTokens.delete(old);
  return refreshable(world, app);
}

function refreshable(world: World, app: OAuthApp): Answer {
  const { token } = world.tokens.issue('refresh', {
    user: app.id,
    // It opens nothing by itself.
    scopes: [],
    expiresAtMs: world.clock.nowMs() + REFRESH_LIFE_MS,
  });
  world.oauth.refreshTokens.set(token, app.id);
  return tokenAnswer(world, app, app.id, DEFAULT_LIFE_S, { refresh_token: token });
}

/** `expires_in` is a moment, not a length of time. */
function tokenAnswer(world: World, app: OAuthApp, user: string, lifeS: number, more: object = {}): Answer {
  const expiresAt = world.now() + lifeS;
  const { token } = world.tokens.issue('access', {
    user,
    scopes: app.scopes,
    expiresAtMs: expiresAt * 1000,
  });
  const body = { access_token: token, expires_in: expiresAt, token_type: 'Bearer', ...more };
  return { kind: 'raw', status: 200, body };
}
