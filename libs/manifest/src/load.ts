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
 *
 * @example
 * ```ts
 * import { loadManifest } from '@cozecut/manifest';
 *
 * const text = `
 * apiVersion: cozecut/v1
 * kind: Plugin
 * metadata: { name: texts, version: 1.0.0 }
 * tools:
 *   - name: shout
 *     summary: Write a text in capitals
 *     handler: { http: { url: https://api.example.com/shout } }
 *     input: { type: object, properties: { text: { type: string, description: What to shout } } }
 *     output: { type: object, properties: { text: { type: string, description: In capitals } } }
 * `;
 * // `diskFiles` in place of these two reads the disk.
 * const plugin = loadManifest('/texts/plugin.yaml', { readFile: () => text, exists: () => true });
 * console.log(plugin.name, plugin.tools.map(({ name }) => name)); // => texts [ 'shout' ]
 * ```
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
 *
 * @example
 * ```ts
 * import { checkManifest } from '@cozecut/manifest';
 * import { formatProblems } from '@cozecut/problems';
 *
 * const text = 'apiVersion: cozecut/v1\nkind: Plugin\nmetadata: { name: texts, version: 1.0.0 }\ntool: []\n';
 * const { plugin, problems } = checkManifest('/texts/plugin.yaml', { readFile: () => text, exists: () => true });
 * console.log(plugin); // => undefined
 * console.log(formatProblems(problems)); // => …plugin.yaml:4:1 error unknown key "tool"…
 * ```
 */
export function checkManifest(file: string, options: LoadOptions): Checked {
  const { problems, parts } = readManifest(file, options);
  return parts === undefined ? { problems } : { plugin: pluginOf(parts, file, problems), problems };
}
