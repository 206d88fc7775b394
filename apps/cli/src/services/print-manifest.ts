import { relative } from 'node:path';
import { printManifest, resolveManifest, shownManifest, showOrigin, showPlace } from '@cozecut/manifest';
import type { Environment } from '../settings.ts';
import { chooseWithSettings, type ManifestChoice } from './manifest.ts';

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
  /** The manifest, as `path` or `path (env COZECUT_CONFIG)`. */
  file: string;
  /** Pointer to `file:line`, `env NAME` or `flag --name`; a value that is not there is built in. */
  origins: Record<string, string>;
  /** Pointers of the values that came from the environment. */
  fromEnvironment: string[];
}

/** Resolves a manifest for one deployment; variables that are not set stay as they are written. */
export function printResolvedManifest(request: PrintManifestRequest): PrintedManifest {
  const { env, folder } = request;
  const { file: path, chosenBy, options } = chooseWithSettings(request, env, folder);
  const resolved = resolveManifest(path, { ...options, lenient: true });
  const file = `${relative(folder, path) || path}${chosenBy === undefined ? '' : ` (${chosenBy})`}`;
  const text = printManifest(resolved, { origins: request.origins, folder });
  const places = [...resolved.origins].map(([pointer, location]) => [pointer, showPlace(location, folder)]);
  const above = [...resolved.above].map(([pointer, origin]) => [pointer, showOrigin(origin, folder)]);
  return {
    file,
    text: request.origins ? `# ${file}\n${text}` : text,
    manifest: shownManifest(resolved),
    origins: Object.fromEntries([...places, ...above]) as Record<string, string>,
    fromEnvironment: [...resolved.fromEnvironment],
  };
}
