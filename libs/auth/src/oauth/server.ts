import OAuth2Server from '@node-oauth/oauth2-server';
import type { Caller, TokenCheck } from '../caller.ts';
import { type GrantStore, grantHash } from './grants.ts';
import { createModel, type OauthClient, TOKEN_PREFIX } from './model.ts';

/** What the server gives out tokens with. */
export interface OauthOptions {
  clients: readonly OauthClient[];
  grants: GrantStore;
  /** Unix time in milliseconds. */
  now(): number;
  /** Lifetime of an access token in seconds; default 3600. */
  accessTokenS?: number;
  /** Lifetime of a refresh token in seconds; default 30 days. */
  refreshTokenS?: number;
}

/** An answer to a client or a browser. */
export interface OauthAnswer {
  status: number;
  headers: Record<string, string>;
  /** JSON; empty for a redirect. */
  body: Record<string, unknown>;
}

/** What a person is asked to allow. */
export interface OauthQuestion {
  clientId: string;
  redirectUri: string;
  scopes: string[];
}

/** Parameters of a request, as they came. */
export type OauthParameters = Readonly<Record<string, unknown>>;

/**
 * OAuth 2.0 of our own: authorization code (with PKCE), refresh and client credentials. It knows nothing of HTTP, and
 * who a person is is found out by whoever shows the question.
 */
export interface OauthServer {
  /** What to ask the person about; an answer to the browser when the request is not sound. */
  question(parameters: OauthParameters): Promise<{ question: OauthQuestion } | { refused: OauthAnswer }>;
  /** The redirect that ends the question: with a code for the owner, or with `access_denied`. */
  decide(parameters: OauthParameters, decision: { owner: string } | 'denied'): Promise<OauthAnswer>;
  /** Exchanges a code, a refresh token or the credentials of a client. */
  token(parameters: OauthParameters, authorization: string | undefined): Promise<OauthAnswer>;
  /**
   * Ends an access token, or with a refresh token all that came of the same consent; says the same whether there was one
   * (RFC 7009).
   */
  revoke(text: string): Promise<void>;
  /** Callers by access token. */
  check: TokenCheck;
}

/** Time to exchange a code, in seconds. */
const CODE_S = 60;

/** Makes the server for some clients. */
export function createOauthServer(options: OauthOptions): OauthServer {
  const { clients, grants, now, accessTokenS = 3_600, refreshTokenS = 30 * 24 * 3_600 } = options;
  const asking = new OAuth2Server({
    model: createModel({ clients, grants, now, isTokenRequest: false }),
    allowEmptyState: false,
    authorizationCodeLifetime: CODE_S,
  });
  const giving = new OAuth2Server({
    model: createModel({ clients, grants, now, isTokenRequest: true }),
    accessTokenLifetime: accessTokenS,
    refreshTokenLifetime: refreshTokenS,
    // Public clients have no secret; the model holds those that have one against it.
    requireClientAuthentication: { authorization_code: false, refresh_token: false },
  });

  function soundQuestion(parameters: OauthParameters): OauthQuestion | OauthAnswer {
    const {
      client_id: id,
      redirect_uri: uri,
      response_type: type,
      scope,
      state,
      code_challenge: challenge,
      code_challenge_method: method,
    } = textsOf(parameters);
    const repeated = repeatedOf(parameters);
    if (repeated !== undefined) return refusal('invalid_request', `${repeated} may be there once`);
    const client = clients.find((candidate) => candidate.id === id);
    // Nothing is sent to an address that is not the client's, not even an error.
    if (client === undefined) return refusal('invalid_client', 'there is no client of this id');
    const redirectUri = uri ?? (client.redirectUris.length === 1 ? client.redirectUris[0] : undefined);
    if (redirectUri === undefined || !client.redirectUris.includes(redirectUri)) {
      return refusal('invalid_request', 'redirect_uri is not one of the client');
    }
    if (type !== 'code') return refusal('unsupported_response_type', 'response_type must be code');
    if (client.secret === undefined && challenge === undefined) {
      return refusal('invalid_request', 'a client without a secret needs code_challenge');
    }
    // The library would refuse these as well, but after the person was asked.
    if (challenge !== undefined && method !== 'S256') {
      return sentBack(redirectUri, state, 'invalid_request', 'code_challenge_method must be S256');
    }
    const scopes = scope?.split(' ').filter(Boolean) ?? [];
    if (!scopes.every((asked) => client.scopes.includes(asked))) {
      return sentBack(redirectUri, state, 'invalid_scope', 'scope has more than the client may be allowed');
    }
    return { clientId: client.id, redirectUri, scopes: scopes.length > 0 ? scopes : [...client.scopes] };
  }

  return {
    async question(parameters) {
      const question = soundQuestion(parameters);
      return 'status' in question ? { refused: question } : { question };
    },

    async decide(parameters, decision) {
      const question = soundQuestion(parameters);
      if ('status' in question) return question;
      const texts = { ...textsOf(parameters), redirect_uri: question.redirectUri };
      const query = decision === 'denied' ? { ...texts, allowed: 'false' } : texts;
      const user = { owner: decision === 'denied' ? '' : decision.owner };
      return answered((request, response) =>
        asking.authorize(request, response, { authenticateHandler: { handle: () => user } }),
      )({ headers: {}, method: 'GET', query, body: {} });
    },

    async token(parameters, authorization) {
      const repeated = repeatedOf(parameters);
      if (repeated !== undefined) return refusal('invalid_request', `${repeated} may be there once`);
      const headers = {
        'content-type': 'application/x-www-form-urlencoded',
        'content-length': '1',
        ...(authorization === undefined ? {} : { authorization }),
      };
      return answered((request, response) => giving.token(request, response))({
        headers,
        method: 'POST',
        query: {},
        body: textsOf(parameters),
      });
    },

    async revoke(text) {
      const grant = await grants.get(grantHash(text));
      if (grant?.kind === 'refresh') await grants.removeFamily(grant.family);
      else if (grant?.kind === 'access') await grants.remove(grantHash(text));
    },

    async check(text): Promise<Caller | undefined> {
      if (!text.startsWith(TOKEN_PREFIX)) return undefined;
      const grant = await grants.get(grantHash(text));
      if (grant?.kind !== 'access' || grant.expiresAt <= now()) return undefined;
      if (!clients.some((client) => client.id === grant.clientId)) return undefined;
      return {
        id: `oauth:${grant.clientId}`,
        owner: grant.owner,
        scopes: grant.scopes,
        isDelegated: true,
      };
    },
  };
}

interface RequestParts {
  headers: Record<string, string>;
  method: string;
  query: Record<string, string>;
  body: Record<string, string>;
}

/** Turns a call of the library into an answer, whether it throws or not. */
function answered(
  call: (request: OAuth2Server.Request, response: OAuth2Server.Response) => Promise<unknown>,
): (parts: RequestParts) => Promise<OauthAnswer> {
  return async (parts) => {
    const response = new OAuth2Server.Response({ headers: {} });
    try {
      await call(new OAuth2Server.Request(parts), response);
    } catch (error) {
      const { name, message, code } = error as { name?: string; message: string; code?: number };
      const isRedirect = response.status === 302;
      if (!(error instanceof OAuth2Server.OAuthError) || (code ?? 500) >= 500) throw error;
      if (!isRedirect) {
        const refused = refusal(name ?? 'invalid_request', message);
        return { ...refused, status: code ?? 400, headers: { ...response.headers } };
      }
    }
    const { status = 200, headers = {}, body = {} } = response;
    return { status, headers: { ...headers }, body: status === 302 ? {} : (body as Record<string, unknown>) };
  };
}

/** The client is told by way of the browser. */
function sentBack(redirectUri: string, state: string | undefined, error: string, why: string): OauthAnswer {
  const location = new URL(redirectUri);
  location.searchParams.set('error', error);
  location.searchParams.set('error_description', why);
  if (state !== undefined) location.searchParams.set('state', state);
  return { status: 302, headers: { location: location.href }, body: {} };
}

function refusal(error: string, description: string): OauthAnswer {
  return { status: 400, headers: {}, body: { error, error_description: description } };
}

/** The name of a parameter that is not one text: without it the rest would mean less than its sender has said. */
function repeatedOf(parameters: OauthParameters): string | undefined {
  const isOther = (value: unknown) => value !== undefined && typeof value !== 'string';
  return Object.keys(parameters).find((name) => isOther(parameters[name]));
}

/** The parameters that are texts. */
function textsOf(parameters: OauthParameters): Record<string, string> {
  return Object.fromEntries(
    Object.entries(parameters).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}
