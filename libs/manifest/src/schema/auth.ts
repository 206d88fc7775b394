import { type TSchema, Type } from 'typebox';
import { closed, Name, SecretRef } from './scalars.ts';

/** How many ways in a row may be tried after the first one. */
const MAX_FALLBACKS = 1;

function cozeAuth(fallbacks: number) {
  const fallback: Record<string, TSchema> =
    fallbacks === 0 ? {} : { fallback: Type.Optional(cozeAuth(fallbacks - 1)) };
  return Type.Union(
    [
      Type.Object({ type: Type.Literal('pat'), secret: SecretRef, ...fallback }, closed),
      Type.Object(
        { type: Type.Literal('oauth-device'), clientId: Type.Optional(Type.String()), ...fallback },
        closed,
      ),
      Type.Object({ type: Type.Literal('oauth-pkce'), clientId: Type.String(), ...fallback }, closed),
      Type.Object(
        {
          type: Type.Literal('oauth-jwt'),
          appId: Type.String({ minLength: 1 }),
          keyId: Type.String({ minLength: 1 }),
          privateKey: SecretRef,
          ...fallback,
        },
        closed,
      ),
    ],
    { description: 'How Coze is called; the fallback is used when the first way has no credentials' },
  );
}

const ServerAuth = Type.Object(
  {
    id: Name('Name of this kind of caller'),
    type: Type.Literal('bearer'),
    secret: SecretRef,
    scopes: Type.Optional(Type.Array(Type.String({ minLength: 1 }), { uniqueItems: true })),
  },
  closed,
);

/** Who may call us, and how we call Coze. */
export const Auth = Type.Object(
  {
    server: Type.Optional(Type.Array(ServerAuth, { description: 'Who may call the tools over HTTP' })),
    coze: Type.Optional(cozeAuth(MAX_FALLBACKS)),
  },
  closed,
);
