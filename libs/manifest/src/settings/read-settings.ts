import { resolve } from 'node:path';
import { type Location, type Problem, parseBare, UserError } from '@cozecut/problems';
import { createValidator, violationProblem } from '@cozecut/problems/schema';
import { SETTINGS, type Setting, type SettingSchema } from '../schema/settings.ts';
import type { ValueOrigin } from '../source/node.ts';
import { isAddress } from './is-address.ts';

/** A variable that is set. */
export interface Variable {
  /** Its name; `NAME_FILE` when the text is what that file holds. */
  name: string;
  /** Never blank. */
  text: string;
  isOfFile: boolean;
  /** Where it is written, when that is a file such as `.env`; without the text of that file, which may hold secrets. */
  location?: Location;
}

/** Where settings come from. */
export interface SettingsSource {
  /** The first of some variables that is set, as `NAME` or as `NAME_FILE`. */
  variable(names: readonly string[]): Variable | undefined;
  /** Absolute path of the folder that a relative path in a variable is taken from. */
  folder: string;
  /** Values of flags by the key of a deployment, such as `server.port`; whoever reads the flags has checked them. */
  flags?: Readonly<Record<string, { flag: string; value: unknown } | undefined>>;
}

/** A value above the manifest and what it came from. */
export interface SettingValue extends Pick<Setting, 'key' | 'of'> {
  value: unknown;
  origin: ValueOrigin;
}

/** The values above the manifest, in the order of `SETTINGS`. */
export type Settings = readonly SettingValue[];

/** Settings whose text is a path, unless it is an address. */
const PATHS: ReadonlySet<string> = new Set(['store']);

/**
 * Reads the settings that stand above a manifest: flags, and below them the variables of {@link SETTINGS}.
 *
 * @throws UserError SETTING_INVALID with a problem for each variable whose text the key does not allow.
 */
export function readSettings(source: SettingsSource): Settings {
  return read(SETTINGS, source);
}

/**
 * Reads one setting of a deployment, for a program that does something without a manifest.
 *
 * @param key - Path of a key in a deployment, such as `store`.
 * @returns The value, as the schema of the key has it; `undefined` when it is not set.
 * @throws UserError SETTING_INVALID as {@link readSettings}.
 */
export function readSetting(key: string, source: SettingsSource): unknown {
  const asked = SETTINGS.filter((setting) => setting.of === 'deployment' && setting.key === key);
  return read(asked, source)[0]?.value;
}

function read(asked: readonly Setting[], source: SettingsSource): Settings {
  const settings: SettingValue[] = [];
  const problems: Problem[] = [];
  for (const setting of asked) {
    const { key, of } = setting;
    const given = of === 'deployment' ? source.flags?.[key] : undefined;
    if (given !== undefined) {
      settings.push({ key, of, value: given.value, origin: { name: `flag ${given.flag}` } });
      continue;
    }
    const variable = source.variable(setting.variables);
    if (variable === undefined) continue;
    const { name, location, text } = variable;
    const parsed = parseText(text, setting.schema);
    const found = problemsOf(parsed, setting, variable);
    problems.push(...found);
    if (found.length > 0) continue;
    const value = PATHS.has(key) ? absolute(text, source.folder) : parsed;
    const origin = { name: `env ${name}`, ...(location === undefined ? {} : { location }) };
    settings.push({ key, of, value, origin });
  }
  if (problems.length > 0) throw UserError.fromProblems('SETTING_INVALID', problems);
  return settings;
}

/** The value that a text stands for, by the type of the schema; text that does not fit stays what it is. */
function parseText(text: string, schema: SettingSchema): unknown {
  switch (schema.type) {
    case 'integer':
      return parseBare(text) ?? text;
    case 'boolean':
      return /^(?:true|yes|on|1)$/i.test(text) ? true : /^(?:false|no|off|0)$/i.test(text) ? false : text;
    case 'array':
      return text
        .split(',')
        .map((item) => item.trim())
        .filter((item) => item !== '')
        .map((item) => parseText(item, schema.items ?? {}));
    default:
      return text;
  }
}

function problemsOf(value: unknown, { schema }: Setting, { name, location, isOfFile }: Variable): Problem[] {
  return createValidator(schema)(value).map((violation) => {
    const { pointer: _, ...problem } = violationProblem(
      { ...violation, path: [name, ...violation.path] },
      // The file may be another one than the person meant.
      { top: name, code: 'SETTING_INVALID', ...(isOfFile ? { got: 'what that file holds' } : {}) },
    );
    return { ...problem, ...(location === undefined ? {} : { location }) };
  });
}

function absolute(path: string, folder: string): string {
  return isAddress(path) ? path : resolve(folder, path);
}
