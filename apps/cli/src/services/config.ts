import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { loadManifest } from '@cozecut/manifest/loader';
import { didYouMean, isUserError, type Problem, type UserError } from '@cozecut/problems';
import { allSettings, isSecret, NAMED_SETTINGS, wantedOf } from '../setting-table.ts';
import { type Environment, type FoundVariable, findVariable } from '../settings.ts';
import { chooseWithSettings, findManifest, type ManifestChoice } from './manifest.ts';
import { settingsAbove } from './settings-above.ts';
import { MASK, withoutPassword } from './without-password.ts';

/** A setting as it stands here. */
export interface SettingState {
  name: string;
  /** Key of the manifest that it stands above. */
  key?: string;
  /** Text of the variable; `********` for a secret. Left out when it is not set. */
  value?: string;
  /** `env`, `.env:3`, `env NAME_FILE`, `.env:3 NAME_FILE`, or `default`. */
  origin: string;
  /** What counts where it is not set. */
  default?: string;
  /** Why it cannot be read. */
  problem?: string;
}

/** Every setting with its value and where that comes from. */
export function listSettings(env: Environment): SettingState[] {
  return allSettings().map(({ names, key, kind, default: words }) => {
    const about = {
      name: names[0]!,
      ...(key === undefined ? {} : { key }),
      ...(words === undefined ? {} : { default: words.replaceAll('`', '') }),
    };
    try {
      const found = findVariable(env, names);
      if (found === undefined) return { ...about, origin: 'default' };
      return {
        ...about,
        value: isSecret(kind) ? MASK : withoutPassword(found.text),
        origin: originOf(found, names[0]!),
      };
    } catch (error) {
      if (!isUserError(error)) throw error;
      return { ...about, origin: `env ${names[0]}_FILE`, problem: (error as UserError).message };
    }
  });
}

function originOf({ name, isOfFile, location }: FoundVariable, usual: string): string {
  const place = location === undefined ? 'env' : `.env:${location.start.line}`;
  return isOfFile || name !== usual ? `${place} ${name}` : place;
}

/** Every mistake in the settings, and variables that look like one and are none. */
export function findSettingProblems(env: Environment, folder: string): Problem[] {
  const problems: Problem[] = [];
  const collect = (work: () => void) => {
    try {
      work();
    } catch (error) {
      if (!isUserError(error)) throw error;
      const { code, message, hint, problems: found = [] } = error as UserError;
      const own: Problem = { code, severity: 'error', message, ...(hint === undefined ? {} : { hint }) };
      problems.push(...(found.length > 0 ? found : [own]));
    }
  };
  collect(() => findManifest(undefined, env, folder));
  for (const { name, aliases = [], kind } of NAMED_SETTINGS) {
    // Found by the search for the manifest.
    if (kind === 'file') continue;
    collect(() => {
      const found = findVariable(env, [name, ...aliases]);
      if (found !== undefined) problems.push(...namedProblems(found, kind));
    });
  }
  collect(() => settingsAbove(env, folder));
  return [...problems, ...unknownVariables(env)];
}

function namedProblems(found: FoundVariable, kind: Parameters<typeof wantedOf>[0]): Problem[] {
  const wanted = wantedOf(kind, found.text);
  if (wanted === undefined) return [];
  const got = isSecret(kind) || found.isOfFile ? 'another text' : JSON.stringify(found.text);
  return [
    {
      code: 'SETTING_INVALID',
      severity: 'error',
      message: `${found.name} must be ${wanted} (got ${got})`,
      ...(found.location === undefined ? {} : { location: found.location }),
    },
  ];
}

function unknownVariables(env: Environment): Problem[] {
  const known = new Set(allSettings().flatMap(({ names }) => names));
  return Object.keys(env)
    .filter(
      (name) => name.startsWith('COZECUT_') && !known.has(name) && !known.has(name.replace(/_FILE$/, '')),
    )
    .sort()
    .map((name): Problem => {
      const hint = didYouMean(name, known);
      const { location } = findVariable({ ...env, [name]: env[name] || '-' }, [name]) ?? {};
      return {
        code: 'SETTING_UNKNOWN',
        severity: 'warning',
        message: `there is no setting ${name}`,
        ...(hint === undefined ? {} : { hint }),
        ...(location === undefined ? {} : { location }),
      };
    });
}

/** A file that the program reads, and as what. */
export interface ReadFile {
  path: string;
  /** `.env`, `manifest`, `included`, or the variable that names the file. */
  as: string;
}

/** The files that a command with these flags reads before it does anything. */
export function filesRead(choice: ManifestChoice, env: Environment, folder: string): ReadFile[] {
  const files: ReadFile[] = [];
  const dotEnv = resolve(folder, '.env');
  if (existsSync(dotEnv)) files.push({ path: dotEnv, as: '.env' });
  for (const { names } of allSettings()) {
    const found = attempt(() => findVariable(env, names));
    if (found?.isOfFile) files.push({ path: resolve(folder, env[found.name]!), as: found.name });
  }
  const { file, options } = chooseWithSettings(choice, env, folder);
  const manifest: ReadFile[] = [];
  const readFile = (path: string) => {
    manifest.push({ path, as: path === file ? 'manifest' : 'included' });
    return options.readFile(path);
  };
  const { cache: _, tools: __, ...others } = options;
  // A manifest with mistakes was read all the same.
  attempt(() => loadManifest(file, { ...others, readFile, lenient: true }));
  const isFirst = ({ path }: ReadFile, at: number) =>
    manifest.findIndex((other) => other.path === path) === at;
  return [...files, ...manifest.filter(isFirst)];
}

function attempt<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch (error) {
    if (!isUserError(error)) throw error;
    return undefined;
  }
}
