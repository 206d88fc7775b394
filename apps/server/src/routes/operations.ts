import { Router } from 'express';
import type { ServerContext } from '../context.ts';
import { send } from '../http/answer.ts';
import { ADMIN_SCOPE, requireScope } from '../http/caller.ts';
import { taskResult } from '../sessions/envelope.ts';

/** Who watches over the server asks these without a token; they tell nothing that is worth one. */
export function operationRoutes({ host, store, version, isStopping }: ServerContext): Router {
  const router = Router();
  const { plugin } = host;
  const health = {
    success: true,
    status: 'ok',
    version,
    plugin: { name: plugin.name, version: plugin.version },
    deployment: plugin.deployment.name,
    modes: plugin.deployment.modes,
  };

  router.get(['/api/health', '/livez'], (_request, response) => void response.json(health));
  router.get('/coze/health', (_request, response) => {
    const { status, body } = taskResult(200, { status: health.status, version });
    send(response, { status, body: { ...health, ...(body as object) } });
  });

  router.get('/readyz', async (_request, response) => {
    const isReady = !isStopping() && (await store.status().then(Boolean, () => false));
    const status = isReady ? 'ok' : isStopping() ? 'stopping' : 'store unavailable';
    response.status(isReady ? 200 : 503).json({ ...health, success: isReady, status });
  });
  return router;
}

/** Counters for Prometheus, for callers that may see everything. */
export function metricsRoute({ metrics }: ServerContext): Router {
  return Router().get('/metrics', requireScope(ADMIN_SCOPE), async (_request, response) => {
    const { type, text } = await metrics.text();
    response.type(type).send(text);
  });
}
