import { emitOpenapi, type OpenapiProfile } from '@cozecut/manifest';
import { type Request, Router } from 'express';
import type { ServerContext } from '../app.ts';
import { sendProblem } from '../problem-response.ts';

const OPENAPI_PROFILES = ['coze'] as const satisfies OpenapiProfile[];

/** Documents made from the manifest, and the signs of life. */
export function documentRoutes({ host, version }: ServerContext): Router {
  const router = Router();
  const { plugin } = host;

  router.get('/openapi.json', (request, response) => {
    const profile = String(request.query.profile ?? 'coze');
    if (!isProfile(profile)) {
      return sendProblem(response, {
        code: 'PROFILE_UNKNOWN',
        message: `profile must be one of ${OPENAPI_PROFILES.join(', ')} (got ${JSON.stringify(profile)})`,
        problems: [],
      });
    }
    const serverUrl = plugin.deployment.server.publicUrl ?? originOf(request);
    response.json(emitOpenapi(plugin, { profile, serverUrl }));
  });

  router.get(['/api/health', '/livez', '/readyz'], (_request, response) => {
    response.json({
      success: true,
      status: 'ok',
      version,
      plugin: { name: plugin.name, version: plugin.version },
      deployment: plugin.deployment.name,
      modes: plugin.deployment.modes,
    });
  });
  return router;
}

function isProfile(profile: string): profile is (typeof OPENAPI_PROFILES)[number] {
  return (OPENAPI_PROFILES as readonly string[]).includes(profile);
}

function originOf(request: Request): string {
  return `${request.protocol}://${request.get('host')}`;
}
