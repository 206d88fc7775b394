import { OAUTH_PATHS } from '../export/plugin-auth.ts';
import type { Say } from '../texts/translate.ts';
import type { ServerAuth } from '../types.ts';

/** What the scopes of the server allow. */
const SCOPES: Readonly<Record<string, string>> = {
  'tools:call': 'Call tools, and see the drafts and jobs of the owner',
  admin: 'See the things of everybody, and make tokens',
};

/** The scopes that the server asks for. */
export const KNOWN_SCOPES: readonly string[] = Object.keys(SCOPES);

/** One entry of `auth.server` as OpenAPI says it. */
export function securityScheme(entry: ServerAuth, server: string, say: Say): Record<string, unknown> {
  switch (entry.type) {
    case 'bearer':
      return { type: 'http', scheme: 'bearer' };
    case 'jwt':
      return { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' };
    case 'oauth': {
      const tokenUrl = server + OAUTH_PATHS.token;
      const scopes = Object.fromEntries(entry.scopes.map((scope) => [scope, say(SCOPES[scope] ?? scope)]));
      const code = {
        authorizationUrl: server + OAUTH_PATHS.authorize,
        tokenUrl,
        refreshUrl: tokenUrl,
        scopes,
      };
      return {
        type: 'oauth2',
        flows: {
          ...(entry.redirectUrls.length === 0 ? {} : { authorizationCode: code }),
          ...(entry.owner === undefined ? {} : { clientCredentials: { tokenUrl, scopes } }),
        },
      };
    }
  }
}
