import type { OpenapiProfile, Plugin, Tool } from '../types.ts';
import { cozeDocument, cozeTools } from './coze.ts';
import { fullDocument } from './full.ts';
import { localDocument, localTools } from './local.ts';
import { dropKeywords } from './schemas.ts';

/** What an exported document depends on besides the plugin. */
export interface EmitOptions {
  profile: OpenapiProfile;
  /** Public address of the server; that of the deployment when left out. A local plugin has none. */
  serverUrl?: string;
}

/**
 * Makes the OpenAPI document of a plugin. The same plugin gives the same document, key by key.
 *
 * @example
 * ```ts
 * import { resolve } from 'node:path';
 * import { diskFiles, emitOpenapi, loadManifest, openapiToYaml } from '@cozecut/manifest';
 *
 * const plugin = loadManifest(resolve('plugin.yaml'), { ...diskFiles });
 * const document = emitOpenapi(plugin, { profile: 'coze', serverUrl: 'https://plugin.example.com' });
 * console.log(openapiToYaml(document)); // => openapi: "3.0.1"
 * ```
 */
export function emitOpenapi(plugin: Plugin, { profile, serverUrl }: EmitOptions): Record<string, unknown> {
  const settings = plugin.openapi.profiles[profile];
  const { includeModes } = settings ?? {};
  const tools = profile === 'local' ? localTools(plugin) : cozeTools(plugin);
  const chosen = tools.filter(({ modes }) => includeModes?.some((mode) => modes.includes(mode)) ?? true);
  const document = makeDocument(plugin, chosen, profile, serverUrl);
  if (settings === undefined) return document;
  return {
    ...dropKeywords(document, settings.dropKeywords),
    ...(settings.openapi === undefined ? {} : { openapi: settings.openapi }),
  };
}

function makeDocument(
  plugin: Plugin,
  tools: readonly Tool[],
  profile: OpenapiProfile,
  serverUrl: string | undefined,
): Record<string, unknown> {
  switch (profile) {
    case 'coze':
      return cozeDocument(plugin, tools, serverUrl);
    case 'local':
      return localDocument(plugin, tools);
    case 'full':
      return fullDocument(plugin, tools, serverUrl);
  }
}
