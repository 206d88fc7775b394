import { existsSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { Tool } from '@cozecut/manifest';
import {
  diskFiles,
  type LoadOptions,
  loadManifest,
  type ManifestCache,
  type Plugin,
} from '@cozecut/manifest/loader';
import { closest, type Problem, UserError } from '@cozecut/problems';
import { type Environment, type FoundVariable, findVariable } from '../settings.ts';
import { IS_BUNDLE, packageFolder } from './installed.ts';
import { tellIfLong } from './long-manifest.ts';
import { manifestCache } from './manifest-cache.ts';
import { type SettingFlags, settingsAbove } from './settings-above.ts';

/** Which manifest, which of its deployments, and what stands above it. */
export interface ManifestChoice {
  manifest?: string | undefined;
  deployment?: string | undefined;
  settings?: SettingFlags | undefined;
  /** The one tool that is needed. Of the plugin that comes with the program, which was checked by its build, only this one is read. */
  tool?: string | undefined;
  /**
   * What is needed of the tools when no single one is meant: all of them, all but their schemas, or nothing. It only
   * counts for the plugin that comes with the program.
   */
  needs?: 'tools' | 'names' | 'nothing';
  /** Told of the manifest, by its absolute path, when one has to wait until all of it is read. */
  onLong?: ((file: string) => void) | undefined;
}

/** Where a variable need not be set: only `listen` needs a bot, and it asks for its id when it does. */
export const LENIENT = ['bindings'] as const;

/** Reads the chosen manifest, see {@link findManifest}, with the settings that stand above it. */
export function readManifest(choice: ManifestChoice, env: Environment, folder: string): Plugin {
  const { file, options } = chooseWithSettings(choice, env, folder);
  return loadManifest(file, { ...options, lenient: LENIENT });
}

/**
 * Reads the chosen manifest for a document: no variable has to be set, and no setting changes what the manifest says,
 * so that the document is the same on every machine.
 */
export function readManifestForExport(choice: ManifestChoice, env: Environment, folder: string): Plugin {
  const { file, options } = chooseManifest(choice, env, folder);
  return loadManifest(file, { ...options, lenient: true });
}

/** {@link chooseManifest} with the settings above it. */
export function chooseWithSettings(
  choice: ManifestChoice,
  env: Environment,
  folder: string,
): ReturnType<typeof chooseManifest> {
  // First, because the manifest may refer to the same variables: here a mistake in one of them can be named.
  const settings = settingsAbove(env, folder, choice.settings);
  const { options, ...chosen } = chooseManifest(choice, env, folder);
  return { ...chosen, options: { ...options, settings } };
}

/** Which file is read, why, and how; every variable that is named has to be set. */
function chooseManifest(
  choice: ManifestChoice,
  env: Environment,
  folder: string,
): { file: string; chosenBy: string | undefined; options: LoadOptions } {
  const { file, chosenBy } = findManifest(choice.manifest, env, folder);
  // Where the built-in one is takes a while to find out, and the manifest of this folder is mostly another one.
  const builtIn = file === manifestIn(folder) ? undefined : builtInManifest();
  const parsedAhead = builtIn === undefined ? undefined : readParsedAhead(file, builtIn);
  const cache = parsedAhead === undefined ? ownCache() : { get: () => parsedAhead };
  const { onLong } = choice;
  const files = { ...diskFiles, ...(cache === undefined ? {} : { cache }) };
  return {
    file,
    chosenBy,
    options: {
      ...(choice.deployment === undefined ? {} : { deployment: choice.deployment }),
      // Paths in a manifest are relative to it, but nobody's data belongs into an installed package.
      env: file === builtIn ? { COZECUT_STORE: join(folder, '.cozecut'), ...env } : env,
      ...(onLong === undefined ? files : tellIfLong(files, () => onLong(file))),
      ...(parsedAhead === undefined ? {} : partOf(choice)),
    },
  };
}

/** How much of the plugin is read that was checked by its build. */
function partOf({ tool, needs = 'tools' }: ManifestChoice): Pick<LoadOptions, 'tools' | 'schemas'> {
  if (tool !== undefined) return { tools: [tool] };
  return needs === 'nothing' ? { tools: [] } : { schemas: needs === 'tools' };
}

/** A manifest and what named it: `flag --manifest`, `env COZECUT_CONFIG`, nothing. */
export interface FoundManifest {
  /** Absolute path. */
  file: string;
  chosenBy: string | undefined;
}

/**
 * The manifest that is meant: the flag, else `COZECUT_CONFIG`, else `./plugin.yaml`, else the plugin that comes with the
 * program.
 *
 * @throws UserError CONFIG_INVALID when `COZECUT_CONFIG` or `COZECUT_CONFIG_FILE` does not lead to a file.
 * @throws UserError MANIFEST_UNREADABLE when the flag names a folder.
 */
export function findManifest(chosen: string | undefined, env: Environment, folder: string): FoundManifest {
  if (chosen !== undefined) return { file: namedManifest(chosen, folder), chosenBy: 'flag --manifest' };
  const variable = findVariable(env, ['COZECUT_CONFIG']);
  if (variable !== undefined) {
    return { file: configuredManifest(variable, folder), chosenBy: `env ${variable.name}` };
  }
  const here = manifestIn(folder);
  return { file: existsSync(here) ? here : builtInManifest(), chosenBy: undefined };
}

function namedManifest(chosen: string, folder: string): string {
  const file = resolve(folder, chosen);
  if (!statSync(file, { throwIfNoEntry: false })?.isDirectory()) return file;
  const within = join(chosen, 'plugin.yaml');
  throw new UserError('MANIFEST_UNREADABLE', `the manifest ${file} cannot be read: it is a folder`, {
    hint: existsSync(resolve(folder, within)) ? `did you mean "${within}"?` : 'name a file with --manifest',
  });
}

function manifestIn(folder: string): string {
  return join(folder, 'plugin.yaml');
}

function configuredManifest({ name, text, isOfFile, location }: FoundVariable, folder: string): string {
  const file = resolve(folder, text);
  const isPath = !text.includes('\n');
  if (isPath && statSync(file, { throwIfNoEntry: false })?.isFile()) return file;
  const wanted = isOfFile
    ? 'must name a file that holds the path of a manifest'
    : 'must be the path of a manifest';
  const got = !isPath ? 'a text of several lines' : isOfFile ? 'a path to nothing' : JSON.stringify(text);
  const problem: Problem = {
    code: 'CONFIG_INVALID',
    severity: 'error',
    message: `${name} ${wanted} (got ${got})`,
    hint: isOfFile ? 'set COZECUT_CONFIG to the path of the manifest itself' : `there is no file ${file}`,
    ...(location === undefined ? {} : { location }),
  };
  throw UserError.fromProblems('CONFIG_INVALID', [problem]);
}

/** The sources change while they are worked on: what they found right yesterday they may not find right today. */
function ownCache(): ManifestCache | undefined {
  return IS_BUNDLE ? manifestCache(process.env) : undefined;
}

/** The build parses the built-in manifest ahead. */
function readParsedAhead(manifest: string, builtIn: string): string | undefined {
  if (!IS_BUNDLE) return undefined;
  const file = join(dirname(builtIn), 'dist/plugin.parsed.json');
  const isBuiltIn = existsSync(manifest) && realpathSync(manifest) === realpathSync(builtIn);
  return isBuiltIn && existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}

/** Path of the manifest that comes with the program. */
export function builtInManifest(): string {
  return join(packageFolder('plugin-jianying'), 'plugin.yaml');
}

/** More tools are not listed in a hint. */
const MOST_NAMED = 12;

/**
 * The tool of a name.
 *
 * @throws UserError TOOL_UNKNOWN when the manifest has none, or has it switched off.
 */
export function toolNamed({ tools, file }: Plugin, name: string): Tool {
  const enabled = tools.filter((tool) => tool.enabled);
  const found = enabled.find((tool) => tool.name === name);
  if (found !== undefined) return found;
  const names = enabled.map((tool) => tool.name);
  const [suggestion] = closest(name, names);
  throw new UserError('TOOL_UNKNOWN', `there is no tool ${JSON.stringify(name)}`, {
    hint:
      suggestion !== undefined
        ? `did you mean "${suggestion}"?`
        : file === builtInManifest()
          ? 'there is no plugin.yaml here: `cozecut tool list` names the built-in tools, and --manifest the plugin of another folder'
          : names.length > MOST_NAMED
            ? '`cozecut tool list` names the tools'
            : `the tools are ${names.join(', ')}`,
  });
}
