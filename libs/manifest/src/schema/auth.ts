import type { TSchema } from 'typebox';
import { closed, HttpUrl, Name, SecretRef } from './scalars.ts';
import { Type } from './type.ts';

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

const ServerAuth = Type.Object(
  {
    id: Name('Name of this kind of caller'),
    type: kind('bearer', 'A token in the header Authorization'),
    secret: SecretRef,
    scopes: Type.Optional(
      Type.Array(Type.String({ minLength: 1 }), {
        uniqueItems: true,
        default: [],
        description: 'What the caller may do, as the full document says it',
      }),
    ),
  },
  closed,
);

/** Who may call us, and how we call Coze. */
export const Auth = Type.Object(
  {
    server: Type.Optional(Type.Array(ServerAuth, { description: 'Who may call the tools over HTTP' })),
    coze: Type.Optional(cozeAuth(MAX_FALLBACKS)),
  },
  { ...closed, description: 'Who may call us, and how we call Coze' },
);
