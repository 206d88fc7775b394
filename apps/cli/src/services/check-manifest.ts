import { checkManifest, checkOverlays, diskFiles } from '@cozecut/manifest';
import type { Problem } from '@cozecut/problems';
import type { Environment } from '../settings.ts';
import { chooseWithSettings, type ManifestChoice } from './manifest.ts';

/** What `manifest check` was asked for. */
export interface CheckManifestRequest extends ManifestChoice {
  env: Environment;
  folder: string;
}

/** Reads a manifest and its overlays and tells everything that is wrong with them; no variable has to be set. */
export function findManifestProblems(request: CheckManifestRequest): { file: string; problems: Problem[] } {
  const { file, options } = chooseWithSettings(request, request.env, request.folder);
  const { plugin, problems } = checkManifest(file, { ...options, lenient: true });
  return {
    file,
    problems: plugin === undefined ? problems : [...problems, ...checkOverlays(plugin, diskFiles)],
  };
}
