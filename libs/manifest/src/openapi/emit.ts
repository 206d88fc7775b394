import type { Plugin } from '../types.ts';
import { cozeDocument } from './coze.ts';
import { fullDocument } from './full.ts';
import { localDocument } from './local.ts';

/** Which reader a document is for: a Coze cloud plugin, a Coze local plugin, or anybody else. */
export type OpenapiProfile = 'coze' | 'local' | 'full';

/** What an exported document depends on besides the plugin. */
export interface EmitOptions {
  profile: OpenapiProfile;
  /** Public address of the server; that of the deployment when left out. A local plugin has none. */
  serverUrl?: string;
}

/** Makes the OpenAPI document of a plugin. The same plugin gives the same document, key by key. */
export function emitOpenapi(plugin: Plugin, { profile, serverUrl }: EmitOptions): Record<string, unknown> {
  switch (profile) {
    case 'coze':
      return cozeDocument(plugin, serverUrl);
    case 'local':
      return localDocument(plugin);
    case 'full':
      return fullDocument(plugin, serverUrl);
  }
}
