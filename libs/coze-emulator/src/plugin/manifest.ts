import { parseJson } from '../request-body.ts';
import { fieldsOf } from '../routes/fields.ts';
import { textOf } from '../text-of.ts';
import type { CommonParameter, PluginAuth } from './types.ts';

type Json = Record<string, unknown>;
const PLACES = ['header', 'query', 'path', 'body'] as const;

/** How calls are authorized, from a manifest that passed the rules. */
export function authOf(manifest: Json): PluginAuth {
  const auth = manifest.auth as Json;
  if (auth.type === 'oauth') return { type: 'oauth' };
  if (auth.type !== 'service_http') return { type: 'none' };
  // Old manifests have the keys beside the type.
  const payload = typeof auth.payload === 'string' && auth.payload !== '' ? parseJson(auth.payload) : auth;
  const { location, key, service_token } = fieldsOf(payload);
  return {
    type: 'service',
    place: textOf(location).toLowerCase() === 'query' ? 'query' : 'header',
    key: textOf(key),
    token: textOf(service_token),
  };
}

/** The values that go with every call. */
export function commonOf(manifest: Json): CommonParameter[] {
  const all = (manifest.common_params ?? {}) as Record<string, { name: string; value: string }[] | undefined>;
  return PLACES.flatMap((place) => (all[place] ?? []).map(({ name, value }) => ({ place, name, value })));
}
