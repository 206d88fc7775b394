import { aiPlugin, emitOpenapi, type OpenapiProfile, pluginAuth } from '@cozecut/manifest';
import { UserError } from '@cozecut/problems';
import { type Request, Router } from 'express';
import type { ServerContext } from '../context.ts';

const OPENAPI_PROFILES = ['coze', 'local', 'full'] as const satisfies OpenapiProfile[];

/** Documents made from the manifest. */
export function documentRoutes({ host }: ServerContext): Router {
  const router = Router();
  const { plugin } = host;
  const serverUrl = (request: Request) => plugin.deployment.server.publicUrl ?? originOf(request);

  router.get('/openapi.json', (request, response) => {
    const profile = request.query.profile ?? 'coze';
    if (!isProfile(profile)) {
      throw new UserError(
        'PROFILE_UNKNOWN',
        `profile must be one of ${OPENAPI_PROFILES.join(', ')} (got ${JSON.stringify(profile)})`,
      );
    }
    response.json(emitOpenapi(plugin, { profile, serverUrl: serverUrl(request) }));
  });

  router.get('/.well-known/ai-plugin.json', (request, response) => {
    const address = serverUrl(request);
    const { auth } = pluginAuth(plugin, { serverUrl: address });
    response.json(aiPlugin(plugin, 'coze', auth, `${address}/openapi.json?profile=coze`));
  });
  return router;
}

function isProfile(profile: unknown): profile is (typeof OPENAPI_PROFILES)[number] {
  return (OPENAPI_PROFILES as readonly unknown[]).includes(profile);
}

function originOf(request: Request): string {
  return `${request.protocol}://${request.get('host')}`;
}
