import {
  aiPlugin,
  diskFiles,
  emitOpenapi,
  type OpenapiProfile,
  pluginAuth,
  pluginInLanguage,
} from '@cozecut/manifest';
import { UserError } from '@cozecut/problems';
import { type Request, Router } from 'express';
import type { ServerContext } from '../context.ts';
import { serverUrlOf } from '../http/server-url.ts';
import { serverDocument } from '../openapi/document.ts';

const OPENAPI_PROFILES = ['coze', 'local', 'full'] as const satisfies OpenapiProfile[];

/** Documents made from the manifest, and the one of the server itself. */
export function documentRoutes({ host, version, features }: ServerContext): Router {
  const router = Router();
  const { plugin } = host;
  const serverUrl = (request: Request) => serverUrlOf(plugin, request);

  router.get('/openapi.json', (request, response) => {
    const profile = request.query.profile ?? 'coze';
    if (profile === 'server') {
      return void response.json(serverDocument({ url: serverUrl(request), version, features }));
    }
    if (!isProfile(profile)) {
      throw new UserError(
        'PROFILE_UNKNOWN',
        `profile must be one of ${[...OPENAPI_PROFILES, 'server'].join(', ')} (got ${JSON.stringify(profile)})`,
      );
    }
    const { texts } = request.query;
    // Coze takes an address and nothing else: the language is a part of it.
    const said = typeof texts === 'string' ? pluginInLanguage(plugin, texts, diskFiles) : plugin;
    response.json(emitOpenapi(said, { profile, serverUrl: serverUrl(request) }));
  });

  router.get('/.well-known/ai-plugin.json', (request, response) => {
    const address = serverUrl(request);
    const { auth } = pluginAuth(plugin, { serverUrl: address });
    response.json(aiPlugin(plugin, 'coze', auth, `${address}/openapi.json?profile=coze`));
  });
  // The page shows them to people.
  if (features.has('page')) router.get('/docs', (_request, response) => response.redirect('./#/reference'));
  return router;
}

function isProfile(profile: unknown): profile is (typeof OPENAPI_PROFILES)[number] {
  return (OPENAPI_PROFILES as readonly unknown[]).includes(profile);
}
