import { type Problem, UserError } from '@cozecut/problems';
import { type LoadOptions, pluginOf, readManifest } from './read.ts';
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
  return parts === undefined ? { problems } : { plugin: pluginOf(parts, file, problems), problems };
}
