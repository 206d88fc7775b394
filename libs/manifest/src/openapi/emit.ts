import type { Plugin } from '../types.ts';
import { cozeDocument } from './coze.ts';

/** Which reader a document is for. */
export type OpenapiProfile = 'coze' | 'local' | 'full';

/** What an exported document depends on besides the plugin. */
export interface EmitOptions {
  profile: OpenapiProfile;
  /** Public address of the server; that of the deployment when left out. */
  serverUrl?: string;
}

/** Makes the OpenAPI document of a plugin. The same plugin gives the same document, key by key. */
export function emitOpenapi(plugin: Plugin, { profile, serverUrl }: EmitOptions): Record<string, unknown> {
  if (profile === 'coze') return cozeDocument(plugin, serverUrl);
  throw new Error(profile);
}
