import { UserError } from '@cozecut/problems';
import type { ApiToken } from '@cozecut/store';
import { Router } from 'express';
import type { ServerContext } from '../context.ts';
import { ADMIN_SCOPE, CALL_SCOPE, callerOf, requireScope } from '../http/caller.ts';
import { textParam } from '../http/query.ts';

/** API tokens, for callers that may do everything. */
export function tokenRoutes({ store }: ServerContext): Router {
  const router = Router();
  const admin = requireScope(ADMIN_SCOPE);

  router.get('/v1/tokens', admin, async (request, response) => {
    response.json({ tokens: (await store.tokens.list(textParam(request, 'owner'))).map(publicToken) });
  });

  router.post('/v1/tokens', admin, async (request, response) => {
    const {
      name,
      scopes = [CALL_SCOPE],
      owner = callerOf(response).owner,
      expires_in: seconds,
    } = (request.body ?? {}) as Record<string, unknown>;
    const isName = (value: unknown): value is string =>
      typeof value === 'string' && /^[^\p{C}]{1,100}$/u.test(value);
    if (!isName(name)) throw invalid('name must be a text of 1 to 100 characters');
    if (!isName(owner)) throw invalid('owner must be a text of 1 to 100 characters');
    if (!Array.isArray(scopes) || !scopes.every(isName)) throw invalid('scopes must be a list of texts');
    if (seconds !== undefined && !(Number.isSafeInteger(seconds) && (seconds as number) > 0)) {
      throw invalid('expires_in must be a number of seconds');
    }
    const { text, token } = await store.tokens.create({
      name,
      owner,
      scopes,
      ...(seconds === undefined ? {} : { expiresAt: Date.now() + (seconds as number) * 1000 }),
    });
    response
      .status(201)
      .set('Cache-Control', 'no-store')
      .json({ token: text, ...publicToken(token) });
  });

  router.delete('/v1/tokens/:id', admin, async (request, response) => {
    if (!(await store.tokens.revoke(request.params.id as string))) {
      throw new UserError('TOKEN_NOT_FOUND', 'there is no such token');
    }
    response.status(204).end();
  });
  return router;
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

function invalid(message: string): UserError {
  return new UserError('INPUT_INVALID', message);
}
