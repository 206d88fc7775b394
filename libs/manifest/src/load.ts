import { type Problem, UserError } from '@cozecut/problems';
import { overlayFiles } from './build/overlays.ts';
import { buildPlugin } from './build/plugin.ts';
import { type LoadOptions, readManifest } from './read.ts';
import type { Plugin } from './types.ts';

/** What came out of reading a manifest. */
export interface Checked {
  /** The plugin, when no problem is an error. */
  plugin?: Plugin;
  /** Everything that was found, in the order of the files. */
  problems: Problem[];
}

/**
 * Reads a manifest for one deployment.
 *
 * @param file - Absolute path of `plugin.yaml`.
 * @throws UserError MANIFEST_NOT_FOUND when the file is not there, MANIFEST_UNREADABLE when it cannot be read.
 * @throws UserError MANIFEST_INVALID with every problem that was found, when one of them is an error.
 */
export function loadManifest(file: string, options: LoadOptions): Plugin {
  const { plugin, problems } = checkManifest(file, options);
  if (plugin === undefined) throw UserError.fromProblems('MANIFEST_INVALID', problems);
  return plugin;
}

/**
 * Reads a manifest for one deployment and reports what is wrong with its content instead of throwing.
 *
 * @param file - Absolute path of `plugin.yaml`.
 * @throws UserError MANIFEST_NOT_FOUND when the file is not there, MANIFEST_UNREADABLE when it cannot be read.
 */
export function checkManifest(file: string, options: LoadOptions): Checked {
  const { problems, parts } = readManifest(file, options);
  if (parts === undefined) return { problems };
  const { composed, raw, tools, deployment } = parts;
  const { deployments } = composed;
  const built = tools.map(({ tool }) => tool);
  const overlays = overlayFiles(composed.root, file);
  return {
    plugin: buildPlugin(raw, { file, tools: built, deployment, deployments, overlays, problems }),
    problems,
  };
}
