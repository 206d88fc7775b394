import type { Plugin } from '@cozecut/manifest';
import { Router } from 'express';
import { callerOf } from '../http/caller.ts';

/** What the page asks first: who it is, and what there is to be shown. */
export function meRoute(options: {
  plugin: Plugin;
  version: string;
  /** Whether callers have to show a token. */
  needsToken: boolean;
  /** Parts of the server that not every server has, such as `sessions`. */
  features: readonly string[];
}): Router {
  const { plugin, version, needsToken, features } = options;
  return Router().get('/v1/me', (_request, response) => {
    const { owner, scopes } = callerOf(response);
    response.json({
      owner,
      scopes,
      needs_token: needsToken,
      features,
      version,
      plugin: { name: plugin.name, version: plugin.version, title: plugin.title },
      deployment: plugin.deployment.name,
      modes: plugin.deployment.modes,
    });
  });
}
