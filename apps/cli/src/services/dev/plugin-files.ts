import { existsSync, readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { diskFiles, loadManifest, type Plugin } from '@cozecut/manifest/loader';
import type { Environment } from '../../settings.ts';
import { chooseWithSettings, LENIENT, type ManifestChoice } from '../manifest.ts';

/** What a plugin is made of. Other files may lie beside it: stores, drafts, what a tool writes. */
export interface PluginFiles {
  /** Whether a file is a part of the plugin, or would be when it were there. */
  has(path: string): boolean;
}

/**
 * Reads the chosen manifest, and tells of every file that it was read from or should have been.
 *
 * @returns The plugin, or why there is none.
 */
export function readWithFiles(
  choice: ManifestChoice,
  env: Environment,
  folder: string,
): { plugin: Plugin | Error; files: PluginFiles } {
  const asked = new Set<string>([resolve(folder, '.env')]);
  const listed = new Set<string>();
  const files: PluginFiles = { has: (path) => asked.has(path) || listed.has(dirname(path)) };
  try {
    const { file, options } = chooseWithSettings(choice, env, folder);
    asked.add(file).add(resolve(dirname(file), 'package.json'));
    const plugin = loadManifest(file, {
      ...options,
      readFile(path) {
        asked.add(path);
        return diskFiles.readFile(path);
      },
      exists(path) {
        asked.add(path);
        return diskFiles.exists(path);
      },
      list(path) {
        listed.add(path);
        return diskFiles.list!(path);
      },
      lenient: LENIENT,
    });
    for (const { handler } of plugin.tools) {
      if (handler.kind === 'file') addModule(resolve(dirname(file), handler.file), asked);
    }
    return { plugin, files };
  } catch (error) {
    return { plugin: error as Error, files };
  }
}

/** Ends that `require` adds by itself. */
const ENDS = ['', '.js', '.cjs', '.json', '/index.js'];

/** Adds a module and all that it names by a path of its own: what it imports, and what it reads beside itself. */
function addModule(path: string, known: Set<string>, visited = new Set<string>()): void {
  known.add(path);
  if (visited.has(path) || !/\.[cm]?[jt]sx?$/.test(path) || !existsSync(path)) return;
  visited.add(path);
  for (const [, name] of readFileSync(path, 'utf8').matchAll(/['"`](\.\.?\/[^'"`\n]*)['"`]/g)) {
    for (const end of ENDS) addModule(resolve(dirname(path), `${name}${end}`), known, visited);
  }
}
