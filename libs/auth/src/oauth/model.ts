import { randomBytes } from 'node:crypto';
import OAuth2Server from '@node-oauth/oauth2-server';
import { isSameSecret } from '../bearer.ts';
import { type Grant, type GrantStore, grantHash } from './grants.ts';

/** A program that may act for owners. */
export interface OauthClient {
  id: string;
  /** Without one the client is public: it gets a token by a code with PKCE only. */
  secret?: string;
  /** Addresses that a code may be sent to, compared letter by letter. */
  redirectUris: readonly string[];
  /** What owners may let it do. */
  scopes: readonly string[];
  /** Whose things it works with when it acts for itself (client credentials); without one it may not. */
  owner?: string;
}

/** Tokens start with this: whoever finds one knows what it is, and other texts are not looked up. */
export const TOKEN_PREFIX = 'czo_';

/** What the library hands back to us as the user: who owns what came of a consent, and which. */
interface Consent {
  owner: string;
  family?: string;
  /** Hash of the refresh token that the next one replaces. */
  replaces?: string;
}

/** What the library asks of us. */
type Model = OAuth2Server.AuthorizationCodeModel &
  OAuth2Server.RefreshTokenModel &
  OAuth2Server.ClientCredentialsModel;

/**
 * Tells the OAuth library about our clients and grants.
 *
 * @param options.isTokenRequest - Whether the client has to prove who it is; the browser at the authorization
 *   endpoint cannot.
 */
export function createModel(options: {
  clients: readonly OauthClient[];
  grants: GrantStore;
  now(): number;
  isTokenRequest: boolean;
}): Model {
  const { clients, grants, now, isTokenRequest } = options;
  const newText = async () => TOKEN_PREFIX + randomBytes(32).toString('base64url');

  const clientNamed = (id: string) => clients.find((client) => client.id === id);
  const asClient = ({ id, redirectUris, secret, owner }: OauthClient): OAuth2Server.Client => ({
    id,
    redirectUris: [...redirectUris],
    grants: [
      ...(redirectUris.length > 0 ? ['authorization_code', 'refresh_token'] : []),
      ...(secret !== undefined && owner !== undefined ? ['client_credentials'] : []),
    ],
  });

  async function find(kind: Grant['kind'], text: string) {
    const grant = await grants.get(grantHash(text));
    const client = grant === undefined ? undefined : clientNamed(grant.clientId);
    if (grant?.kind !== kind || client === undefined || grant.expiresAt <= now()) return undefined;
    if (grant.isUsed) {
      // Of the client and whoever comes with the same text one is a thief, and nobody knows which.
      await grants.removeFamily(grant.family);
      return undefined;
    }
    return {
      ...grant,
      client: asClient(client),
      user: { owner: grant.owner, family: grant.family } satisfies Consent,
      expires: new Date(grant.expiresAt),
    };
  }

  return {
    generateAccessToken: newText,
    generateRefreshToken: newText,
    generateAuthorizationCode: newText,

    async getClient(id, secret) {
      const client = clientNamed(id);
      if (client === undefined) return undefined;
      const proves = client.secret === undefined || isSameSecret(secret ?? '', client.secret);
      return !isTokenRequest || proves ? asClient(client) : undefined;
    },

    async validateScope(_user, client, asked) {
      const allowed = clientNamed(client.id)?.scopes ?? [];
      const wanted = asked === undefined || asked.length === 0 ? allowed : asked;
      return wanted.every((scope) => allowed.includes(scope)) ? [...wanted] : false;
    },

    async saveAuthorizationCode(code, client, user) {
      await grants.put(grantHash(code.authorizationCode), {
        kind: 'code',
        clientId: client.id,
        owner: (user as Consent).owner,
        scopes: code.scope ?? [],
        expiresAt: code.expiresAt.getTime(),
        family: newFamily(),
        isUsed: false,
        request: {
          redirectUri: code.redirectUri,
          ...(code.codeChallenge === undefined ? {} : { codeChallenge: code.codeChallenge }),
          ...(code.codeChallengeMethod === undefined
            ? {}
            : { codeChallengeMethod: code.codeChallengeMethod }),
        },
      });
      return { ...code, client, user };
    },

    async getAuthorizationCode(text) {
      const found = await find('code', text);
      if (found?.request === undefined) return undefined;
      const { client, user, scopes, expires, request } = found;
      // A public client has nothing but the verifier to show that the code was meant for it.
      if (clientNamed(client.id)?.secret === undefined && request.codeChallenge === undefined)
        return undefined;
      return { authorizationCode: text, expiresAt: expires, scope: scopes, client, user, ...request };
    },

    revokeAuthorizationCode: ({ authorizationCode }) => grants.use(grantHash(authorizationCode)),

    async saveToken(token, client, user) {
      const { owner, family = newFamily(), replaces } = user as Consent;
      // Of two that come at once only one gets a pair.
      if (replaces !== undefined && !(await grants.use(replaces)))
        throw new OAuth2Server.InvalidGrantError('Invalid grant: refresh token is invalid');
      const common = { clientId: client.id, owner, scopes: token.scope ?? [], family, isUsed: false };
      await grants.put(grantHash(token.accessToken), {
        ...common,
        kind: 'access',
        expiresAt: token.accessTokenExpiresAt!.getTime(),
      });
      if (token.refreshToken !== undefined) {
        await grants.put(grantHash(token.refreshToken), {
          ...common,
          kind: 'refresh',
          expiresAt: token.refreshTokenExpiresAt!.getTime(),
        });
      }
      return { ...token, client, user };
    },

    async getAccessToken(text) {
      const found = await find('access', text);
      if (found === undefined) return undefined;
      const { client, user, scopes, expires } = found;
      return { accessToken: text, accessTokenExpiresAt: expires, scope: scopes, client, user };
    },

    async getRefreshToken(text) {
      const found = await find('refresh', text);
      if (found === undefined) return undefined;
      const { client, scopes, expires } = found;
      const user = { ...found.user, replaces: grantHash(text) } satisfies Consent;
      return { refreshToken: text, refreshTokenExpiresAt: expires, scope: scopes, client, user };
    },

    // Not before there is another one: a request with a scope too many does not cost the token. See `saveToken`.
    revokeToken: async () => true,

    async getUserFromClient({ id }) {
      const owner = clientNamed(id)?.owner;
      return owner === undefined ? undefined : ({ owner } satisfies Consent);
    },
  };
}

function newFamily(): string {
  return randomBytes(16).toString('hex');
}
