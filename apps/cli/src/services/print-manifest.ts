import { printManifest, resolveManifest, shownManifest, showPlace } from '@cozecut/manifest';
import type { Environment } from '../settings.ts';
import { chooseManifest, type ManifestChoice } from './manifest.ts';

/** What `manifest print` was asked for. */
export interface PrintManifestRequest extends ManifestChoice {
  origins: boolean;
  env: Environment;
  folder: string;
}

/** A resolved manifest, as text and as data. */
export interface PrintedManifest {
  text: string;
  manifest: unknown;
  /** Pointer to `file:line`; a value that is not there is built in. */
  origins: Record<string, string>;
  /** Pointers of the values that came from the environment. */
  fromEnvironment: string[];
}

/** Resolves a manifest for one deployment; variables that are not set stay as they are written. */
export function printResolvedManifest(request: PrintManifestRequest): PrintedManifest {
  const { env, folder } = request;
  const { file, options } = chooseManifest(request, env, folder);
  const resolved = resolveManifest(file, { ...options, lenient: true });
  const places = [...resolved.origins].map(([pointer, location]) => [pointer, showPlace(location, folder)]);
  return {
    text: printManifest(resolved, { origins: request.origins, folder }),
    manifest: shownManifest(resolved),
    origins: Object.fromEntries(places) as Record<string, string>,
    fromEnvironment: [...resolved.fromEnvironment],
  };
}
