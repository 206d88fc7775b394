import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import type { Tool } from '@cozecut/manifest';
import { diskFiles, type LoadOptions, loadManifest, type Plugin } from '@cozecut/manifest/loader';
import { closest, UserError } from '@cozecut/problems';
import type { Environment } from '../settings.ts';

/** Which manifest and which of its deployments. */
export interface ManifestChoice {
  manifest?: string | undefined;
  deployment?: string | undefined;
}

/** Reads the chosen manifest: the flag, else `./plugin.yaml`, else the plugin that comes with the program. */
export function readManifest(choice: ManifestChoice, env: Environment, folder: string): Plugin {
  const { file, options } = chooseManifest(choice, env, folder);
  // Only `listen` needs a bot, and it asks for its id when it does.
  return loadManifest(file, { ...options, lenient: ['bindings'] });
}

/** Reads the chosen manifest for a document: no variable has to be set. */
export function readManifestForExport(choice: ManifestChoice, env: Environment, folder: string): Plugin {
  const { file, options } = chooseManifest(choice, env, folder);
  return loadManifest(file, { ...options, lenient: true });
}

/** Which file is read and how; every variable that is named has to be set. */
export function chooseManifest(
  choice: ManifestChoice,
  env: Environment,
  folder: string,
): { file: string; options: LoadOptions } {
  const file = findManifest(choice.manifest, folder);
  const parsedAhead = readParsedAhead(file);
  return {
    file,
    options: {
      ...(choice.deployment === undefined ? {} : { deployment: choice.deployment }),
      // Paths in a manifest are relative to it, but nobody's data belongs into an installed package.
      env: file === builtInManifest() ? { COZECUT_STORE: join(folder, '.cozecut'), ...env } : env,
      ...diskFiles,
      ...(parsedAhead === undefined ? {} : { parsedAhead }),
    },
  };
}

/** Absolute path of the manifest that is meant. */
export function findManifest(chosen: string | undefined, folder: string): string {
  if (chosen !== undefined) return resolve(folder, chosen);
  const here = join(folder, 'plugin.yaml');
  return existsSync(here) ? here : builtInManifest();
}

/** The build parses the built-in manifest ahead; the sources change while they are worked on, and do without. */
function readParsedAhead(manifest: string): string | undefined {
  if (import.meta.url.endsWith('.ts')) return undefined;
  const file = join(dirname(builtInManifest()), 'dist/plugin.parsed.json');
  const isBuiltIn = existsSync(manifest) && realpathSync(manifest) === realpathSync(builtInManifest());
  return isBuiltIn && existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}

/** Path of the manifest that comes with the program. */
export function builtInManifest(): string {
  const require = createRequire(import.meta.url);
  return join(dirname(require.resolve('@cozecut/plugin-jianying/package.json')), 'plugin.yaml');
}

/**
 * The tool of a name.
 *
 * @throws UserError TOOL_UNKNOWN when the manifest has none, or has it switched off.
 */
export function toolNamed({ tools }: Plugin, name: string): Tool {
  const enabled = tools.filter((tool) => tool.enabled);
  const found = enabled.find((tool) => tool.name === name);
  if (found !== undefined) return found;
  const names = enabled.map((tool) => tool.name);
  const [suggestion] = closest(name, names);
  throw new UserError('TOOL_UNKNOWN', `there is no tool ${JSON.stringify(name)}`, {
    hint: suggestion === undefined ? `the tools are ${names.join(', ')}` : `did you mean "${suggestion}"?`,
  });
}
