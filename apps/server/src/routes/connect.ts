import { UserError } from '@cozecut/problems';
import { type RequestHandler, Router } from 'express';
import { fingerprintOf, proofOf } from '../connect/proof.ts';
import { verifyConnection } from '../connect/verify.ts';
import type { ServerContext } from '../context.ts';
import { ok, send } from '../http/answer.ts';
import { once } from '../http/once.ts';
import { publicUrlOf, serverUrlOf } from '../http/server-url.ts';

/** Where the server answers its own question; open to everybody, as it comes from outside. */
export function proofRoute({ store }: ServerContext): Router {
  return Router().get('/v1/connect/proof/:nonce', async (request, response) => {
    const proof = await proofOf(store.events, request.params.nonce);
    if (proof === undefined) throw new UserError('ROUTE_NOT_FOUND', 'nobody has asked this');
    response.set('Cache-Control', 'no-store').json({
      proof,
      authorization: fingerprintOf(request.get('authorization') ?? ''),
    });
  });
}

/** What others need in order to reach the server, and whether they would. */
export function connectRoutes(
  { host, store }: ServerContext,
  options: {
    needsToken: boolean;
    /** Who may have the server call itself. */
    mayVerify: RequestHandler;
    fetchOwn?: ((address: URL) => typeof fetch) | undefined;
  },
): Router {
  const { needsToken, fetchOwn } = options;
  const { plugin } = host;
  const router = Router();

  router.get('/v1/connect', (request, response) => {
    const publicUrl = publicUrlOf(plugin);
    const url = serverUrlOf(plugin, request);
    response.json({
      ...(publicUrl === undefined ? {} : { public_url: publicUrl }),
      openapi_url: `${url}/openapi.json?profile=coze`,
      ai_plugin_url: `${url}/.well-known/ai-plugin.json`,
      needs_token: needsToken,
      tools: host.toolsFor('cloud').length,
    });
  });

  if (fetchOwn === undefined) return router;
  router.post('/v1/connect/verify', options.mayVerify, async (request, response) => {
    const publicUrl = publicUrlOf(plugin);
    const verified = await once(store.idempotency, request, response, async () => {
      const checks = await verifyConnection({
        publicUrl,
        events: store.events,
        needsToken,
        toolPath: host
          .toolsFor('cloud')
          .find(({ http }) => http.method === 'POST' && !http.path.includes('{'))?.http.path,
        fetchOwn,
      });
      return ok({
        ...(publicUrl === undefined ? {} : { public_url: publicUrl }),
        is_reachable: checks.every(({ state }) => state !== 'fail'),
        checks,
      });
    });
    send(response, verified);
  });
  return router;
}
