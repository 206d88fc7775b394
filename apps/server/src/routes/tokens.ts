import { hkdfSync } from 'node:crypto';
import { UserError } from '@cozecut/problems';
import { type ApiToken, tokenParts } from '@cozecut/store';
import { type Request, type Response, Router } from 'express';
import type { ServerContext } from '../context.ts';
import { ADMIN_SCOPE, CALL_SCOPE, callerOf, requireScope } from '../http/caller.ts';
import { onlyKeys } from '../http/json-body.ts';
import { once } from '../http/once.ts';
import { textParam } from '../http/query.ts';

/** A century: what is to last for longer has no end. */
export const MAX_LIFETIME_S = 100 * 366 * 24 * 3_600;

/** API tokens, for callers that may do everything. */
export function tokenRoutes({ store }: ServerContext): Router {
  const router = Router();
  const admin = requireScope(ADMIN_SCOPE);

  router.get('/v1/tokens', admin, async (request, response) => {
    response.json({ tokens: (await store.tokens.list(textParam(request, 'owner'))).map(publicToken) });
  });

  router.post('/v1/tokens', admin, async (request, response) => {
    const body = (request.body ?? {}) as Record<string, unknown>;
    onlyKeys(body, ['name', 'scopes', 'owner', 'expires_in']);
    const { name, scopes = [CALL_SCOPE], owner = callerOf(response).owner, expires_in: seconds } = body;
    const isName = (value: unknown): value is string =>
      typeof value === 'string' && /^[^\p{C}]{1,100}$/u.test(value);
    if (!isName(name)) throw invalid('name must be a text of 1 to 100 characters');
    if (!isName(owner)) throw invalid('owner must be a text of 1 to 100 characters');
    if (!Array.isArray(scopes) || !scopes.every(isName)) throw invalid('scopes must be a list of texts');
    if (seconds !== undefined && !isLifetime(seconds)) {
      throw invalid(`expires_in must be a whole number of seconds from 1 to ${MAX_LIFETIME_S}`);
    }
    const wanted = {
      name,
      owner,
      scopes,
      ...(seconds === undefined ? {} : { expiresAt: Date.now() + (seconds as number) * 1000 }),
    };
    if (request.get('idempotency-key') === undefined)
      return told(response, await store.tokens.create(wanted));
    // The text is kept nowhere: it is made again, of what is kept and the credential of whoever asks.
    const made = await once(store.idempotency, request, response, async (scope) => {
      const seed = scope!.seed;
      const { token } = await store.tokens.create({ ...wanted, entropy: entropyOf(request, seed) });
      return { status: 201, body: { seed, token } };
    });
    const { seed, token } = made.body as { seed: string; token: ApiToken };
    const again = tokenParts(entropyOf(request, seed));
    if (again.id !== token.id) {
      throw new UserError('IDEMPOTENCY_MISMATCH', 'this key came before with another credential', {
        hint: 'use a new key for a new request',
      });
    }
    told(response, { text: again.text, token });
  });

  router.delete('/v1/tokens/:id', admin, async (request, response) => {
    if (!(await store.tokens.revoke(request.params.id as string))) {
      throw new UserError('TOKEN_NOT_FOUND', 'there is no such token');
    }
    response.status(204).end();
  });
  return router;
}

function isLifetime(seconds: unknown): boolean {
  return Number.isInteger(seconds) && (seconds as number) >= 1 && (seconds as number) <= MAX_LIFETIME_S;
}

function publicToken(token: ApiToken) {
  const time = (at: number | undefined) => (at === undefined ? undefined : new Date(at).toISOString());
  return {
    id: token.id,
    name: token.name,
    owner: token.owner,
    scopes: token.scopes,
    created_at: time(token.createdAt),
    expires_at: time(token.expiresAt),
    last_used_at: time(token.lastUsedAt),
    revoked_at: time(token.revokedAt),
  };
}

function told(response: Response, { text, token }: { text: string; token: ApiToken }): void {
  response
    .status(201)
    .set('Cache-Control', 'no-store')
    .json({ token: text, ...publicToken(token) });
}

/** What a token is made of: who reads the store has the seed, but not the credential. */
function entropyOf(request: Request, seed: string): Buffer {
  const credential = request.get('authorization') ?? request.get('htysudoertoken') ?? '';
  const bytes = hkdfSync('sha256', credential, seed, 'cozecut token', 40);
  return Buffer.from(bytes);
}

function invalid(message: string): UserError {
  return new UserError('INPUT_INVALID', message);
}
