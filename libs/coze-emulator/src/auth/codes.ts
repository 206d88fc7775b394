import { createHash } from 'node:crypto';
import { showValue } from '@cozecut/problems';
import { textOf } from '../text-of.ts';
import type { World } from '../world.ts';
import { OAuthRefusal } from './oauth-refusal.ts';
import type { OAuthApp } from './oauth-state.ts';

const CODE_LIFE_MS = 5 * 60 * 1000;

/**
 * The user agrees in the browser.
 *
 * @returns Where the browser goes next.
 * @throws OAuthRefusal invalid_client, invalid_request
 */
export function authorize(world: World, query: URLSearchParams): string {
  const app = findApp(world, query.get('client_id'));
  if (query.get('response_type') !== 'code')
    throw new OAuthRefusal('invalid_request', 'response_type is code');
  const redirectUri = query.get('redirect_uri') ?? '';
  if (!URL.canParse(redirectUri) || (app.redirectUris && !app.redirectUris.includes(redirectUri))) {
    throw new OAuthRefusal('invalid_request', `redirect_uri ${redirectUri} is not one of the app`);
  }
  const challenge = query.get('code_challenge') ?? undefined;
  if (app.secret === undefined && challenge === undefined) {
    throw new OAuthRefusal('invalid_request', 'an app without a secret needs code_challenge');
  }
  const code = `code_${world.seed}_${world.nextId()}`;
  world.oauth.codes.set(code, {
    clientId: app.id,
    redirectUri,
    challenge,
    method: query.get('code_challenge_method') === 'plain' ? 'plain' : 'S256',
    expiresAtMs: world.clock.nowMs() + CODE_LIFE_MS,
  });
  const target = new URL(redirectUri);
  target.searchParams.set('code', code);
  const state = query.get('state');
  if (state) target.searchParams.set('state', state);
  return target.href;
}

/**
 * Exchanges a code, which works once.
 *
 * @param secret - The client secret, which came as bearer token.
 * @throws OAuthRefusal invalid_client, invalid_request
 */
export function redeemCode(
  world: World,
  body: Record<string, unknown>,
  secret: string | undefined,
): OAuthApp {
  const app = findApp(world, body.client_id);
  const code = world.oauth.codes.get(textOf(body.code));
  world.oauth.codes.delete(textOf(body.code));
  if (code?.clientId !== app.id || world.clock.nowMs() >= code.expiresAtMs) {
    throw new OAuthRefusal('invalid_request', 'the code is not valid');
  }
  if (code.redirectUri !== body.redirect_uri) {
    throw new OAuthRefusal('invalid_request', 'redirect_uri is not that of the code');
  }
  if (code.challenge === undefined) checkSecret(app, secret);
  else if (challengeOf(textOf(body.code_verifier), code.method) !== code.challenge) {
    throw new OAuthRefusal('invalid_request', 'code_verifier does not fit the challenge');
  }
  return app;
}

/** @throws OAuthRefusal invalid_client */
export function findApp(world: World, id: unknown): OAuthApp {
  const app = world.oauth.apps.find((candidate) => candidate.id === id);
  if (!app) throw new OAuthRefusal('invalid_client', `there is no app ${showValue(id)}`);
  return app;
}

/** @throws OAuthRefusal invalid_client */
export function checkSecret(app: OAuthApp, secret: string | undefined): void {
  if (app.secret !== undefined && app.secret !== secret) {
    throw new OAuthRefusal('invalid_client', 'the client secret is wrong');
  }
}

function challengeOf(verifier: string, method: 'S256' | 'plain'): string {
  return method === 'plain' ? verifier : createHash('sha256').update(verifier).digest('base64url');
}
