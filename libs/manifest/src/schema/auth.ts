import type { TSchema } from 'typebox';
import { closed, HttpUrl, Name, SecretRef } from './scalars.ts';
import { Type } from './type.ts';

/** What a caller may do when the manifest does not say: call tools, and see the drafts and jobs of its owner. */
export const DEFAULT_SCOPES: readonly string[] = ['tools:call'];

/** How many ways in a row may be tried after the first one. */
const MAX_FALLBACKS = 1;

function cozeAuth(fallbacks: number) {
  const fallback: Record<string, TSchema> =
    fallbacks === 0 ? {} : { fallback: Type.Optional(cozeAuth(fallbacks - 1)) };
  return Type.Union(
    [
      Type.Object({ type: kind('pat', 'A personal access token'), secret: SecretRef, ...fallback }, closed),
      Type.Object(
        {
          type: kind('oauth-device', 'A code that a person confirms in a browser'),
          clientId: Type.Optional(Type.String({ description: 'Id of the OAuth app' })),
          ...fallback,
        },
        closed,
      ),
      Type.Object(
        {
          type: kind('oauth-pkce', 'A login in a browser of this machine'),
          clientId: Type.String({ description: 'Id of the OAuth app' }),
          redirectUrl: Type.Optional(
            HttpUrl(
              'Address of this machine that the app sends the browser back to; http://127.0.0.1:8901/callback when left out',
            ),
          ),
          ...fallback,
        },
        closed,
      ),
      Type.Object(
        {
          type: kind('oauth-jwt', 'A key of a server, no person'),
          appId: Type.String({ minLength: 1, description: 'Id of the OAuth app' }),
          keyId: Type.String({ minLength: 1, description: 'Id of the public key' }),
          privateKey: SecretRef,
          sessionName: Type.Optional(
            Type.String({
              minLength: 1,
              description:
                'Whose conversations these are: what is made with one name is seen with that name only',
            }),
          ),
          ...fallback,
        },
        closed,
      ),
    ],
    { description: 'How Coze is called; the fallback is used when the first way has no credentials' },
  );
}

/** What tells the ways apart. */
function kind<Name extends string>(name: Name, description: string) {
  return Type.Literal(name, { description });
}

const ServerAuth = Type.Union(
  [
    Type.Object(
      {
        id: Name('Name of this caller'),
        type: kind('bearer', 'A token in the header Authorization'),
        secret: SecretRef,
        scopes: scopes('What the caller may do'),
      },
      closed,
    ),
    Type.Object(
      {
        id: Name('Name of the issuer; its people are other owners than those of another one'),
        type: kind('jwt', 'JSON Web Tokens that somebody else signs'),
        issuer: Type.String({ minLength: 1, description: 'What a token says in iss' }),
        audience: Type.String({ minLength: 1, description: 'What a token says in aud, among others' }),
        jwksUrl: HttpUrl('Address of the public keys of the issuer'),
        ownerClaim: Type.Optional(
          Type.String({ minLength: 1, default: 'sub', description: 'Claim that names the owner' }),
        ),
        scopesClaim: Type.Optional(
          Type.String({
            minLength: 1,
            default: 'scope',
            description: 'Claim with further scopes: a list, or one text with blanks between them',
          }),
        ),
        scopes: scopes('What everybody with such a token may do'),
      },
      closed,
    ),
    Type.Object(
      {
        id: Name('Id of the client (client_id)'),
        type: kind(
          'oauth',
          'A program that gets tokens from this server by OAuth 2.0, such as a plugin of Coze',
        ),
        secret: Type.Optional(SecretRef),
        redirectUrls: Type.Optional(
          Type.Array(HttpUrl('Address that the browser is sent back to, compared letter by letter'), {
            uniqueItems: true,
            default: [],
            description: 'Where the client gets its codes; without one no person can allow it anything',
          }),
        ),
        owner: Type.Optional(
          Type.String({
            minLength: 1,
            description: 'Whose drafts it works with for itself (client credentials); without one it cannot',
          }),
        ),
        scopes: scopes('What people may let the client do'),
      },
      closed,
    ),
  ],
  { description: 'One way to be let in' },
);

/** What a caller may do. */
function scopes(description: string) {
  return Type.Optional(
    Type.Array(Type.String({ pattern: '^[!#-\\[\\]-~]+$', minLength: 1 }), {
      uniqueItems: true,
      default: [...DEFAULT_SCOPES],
      description: `${description}: tools:call, admin`,
    }),
  );
}

/** Who may call us, and how we call Coze. */
export const Auth = Type.Object(
  {
    server: Type.Optional(Type.Array(ServerAuth, { description: 'Who may call the tools over HTTP' })),
    coze: Type.Optional(cozeAuth(MAX_FALLBACKS)),
  },
  { ...closed, description: 'Who may call us, and how we call Coze' },
);
