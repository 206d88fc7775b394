import type { IncomingHttpHeaders } from 'node:http';
import {
  createAuthenticator,
  createHeaderCheck,
  createJwtCheck,
  createOauthServer,
  createSharedTokenCheck,
  type OauthClient,
} from '@cozecut/auth';
import type { Plugin, ServerAuth } from '@cozecut/manifest';
import { createGuardedFetch } from '@cozecut/media';
import type { Log } from '@cozecut/plugin-host';
import { UserError } from '@cozecut/problems';
import { CALL_SCOPE, type ServerOptions } from '@cozecut/server';
import type { ApiToken, Store } from '@cozecut/store';
import { type Environment, listOf, setting } from '../settings.ts';
import { secretsOf } from './secrets.ts';

type EntryOf<Kind extends ServerAuth['type']> = Extract<ServerAuth, { type: Kind }>;

/**
 * Who may call: whom the manifest names in `auth.server`, whoever has an API token of the store, and the gateway of the
 * settings.
 *
 * @throws UserError AUTH_REQUIRED when that is nobody.
 * @throws UserError SECRET_MISSING when a secret of `auth.server` is not set.
 */
export async function callersOf(
  plugin: Plugin,
  env: Environment,
  store: Store,
  log: Log,
): Promise<Pick<ServerOptions, 'authorise' | 'oauth'>> {
  const byHeaders = gatewayCheck(env);
  const isKnown = plugin.serverAuth.length > 0 || byHeaders !== undefined;
  if (!isKnown && !(await store.tokens.list()).some(isUsable)) {
    throw authRequired(
      `${plugin.file} has no auth.server and no API token was made`,
      'run cozecut auth token create, or add auth.server: [{ id: service, type: bearer, secret: "secret:PLUGIN_TOKEN" }] and set PLUGIN_TOKEN',
    );
  }
  const secret = secretsOf(plugin, env);
  const entries = <Kind extends ServerAuth['type']>(kind: Kind) =>
    plugin.serverAuth.filter((entry): entry is EntryOf<Kind> => entry.type === kind);
  const shared = entries('bearer').map(({ id, scopes, secret: reference }) => ({
    id,
    owner: id,
    scopes,
    token: secret(reference),
  }));
  const clients = entries('oauth').map((entry) => clientOf(entry, secret));
  const oauth =
    clients.length === 0 ? undefined : createOauthServer({ clients, grants: store.grants, now: Date.now });
  const byToken = createAuthenticator([
    createSharedTokenCheck(shared),
    async (text) => {
      const token = await store.tokens.verify(text);
      return token === undefined ? undefined : { ...token, id: `token:${token.id}` };
    },
    ...entries('jwt').map((entry) => jwtCheck(entry, log)),
    ...(oauth === undefined ? [] : [oauth.check]),
  ]);
  return {
    authorise: async (headers: IncomingHttpHeaders) => byHeaders?.(headers) ?? byToken(headers.authorization),
    ...(oauth === undefined ? {} : { oauth }),
  };
}

/** A server that others can reach has somebody who may call it. */
export function authRequired(why: string, hint: string): UserError {
  return new UserError('AUTH_REQUIRED', `a server that others can reach needs a token, but ${why}`, { hint });
}

function isUsable({ expiresAt = Infinity, revokedAt }: ApiToken): boolean {
  return revokedAt === undefined && expiresAt > Date.now();
}

function clientOf(entry: EntryOf<'oauth'>, secret: (reference: string) => string): OauthClient {
  const { id, scopes, redirectUrls, owner } = entry;
  return {
    id,
    scopes,
    redirectUris: redirectUrls,
    ...(entry.secret === undefined ? {} : { secret: secret(entry.secret) }),
    ...(owner === undefined ? {} : { owner }),
  };
}

function jwtCheck({ type: _, ...entry }: EntryOf<'jwt'>, log: Log) {
  return createJwtCheck({
    ...entry,
    // The address is the operator's own, so it may be inside the network.
    fetch: createGuardedFetch({ allow: [], denyPrivate: false, ...KEYS_LIMITS }),
    now: Date.now,
    onKeysUnavailable: (error) =>
      log.error('the keys of an issuer cannot be fetched; its tokens are refused', {
        id: entry.id,
        url: entry.jwksUrl,
        error: error.message,
      }),
  });
}

/** Keys of an issuer are a few thousand bytes. */
const KEYS_LIMITS = { maxBytes: 1024 * 1024, totalTimeoutMs: 5_000 };

function gatewayCheck(env: Environment): ReturnType<typeof createHeaderCheck> | undefined {
  const token = setting(env, 'HTY_SUDOER_TOKEN');
  if (token === undefined) return undefined;
  return createHeaderCheck({ token, hosts: listOf(setting(env, 'HTY_HOSTS')), scopes: [CALL_SCOPE] });
}
