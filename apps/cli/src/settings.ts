import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseEnv } from 'node:util';
import { type Location, UserError } from '@cozecut/problems';

/** Where the variables of a `.env` file are written. */
const FILE_PLACES: unique symbol = Symbol('places in the .env file');

/** Environment variables as the program sees them. */
export type Environment = Readonly<Record<string, string | undefined>> & {
  readonly [FILE_PLACES]?: ReadonlyMap<string, Location>;
};

/**
 * The environment of the process above the `.env` file of the folder. `NAME_FILE` stands for the content of a file
 * wherever `NAME` is not set; it is read when the name is asked for.
 */
export function readEnvironment(processEnv: Environment, folder: string): Environment {
  const file = resolve(folder, '.env');
  if (!existsSync(file)) return processEnv;
  const text = readFileSync(file, 'utf8');
  const below = parseEnv(text);
  // `NAME_FILE` of the process is above `NAME` of the file, too.
  for (const name of Object.keys(processEnv)) delete below[name.replace(/_FILE$/, '')];
  const places = Object.keys(below).map((name): [string, Location] => [
    name,
    { file, start: { line: lineOf(name, text), column: 1 } },
  ]);
  return { ...below, ...processEnv, [FILE_PLACES]: new Map(places) };
}

/** A variable that is set: its text without blanks around it, and where it is. */
export interface FoundVariable {
  /** `NAME_FILE` when the text is what that file holds. */
  name: string;
  text: string;
  isOfFile: boolean;
  /** Where it is written, when that is the `.env` file; without the text of that file. */
  location?: Location;
}

/**
 * The first of some variables that is set: `NAME`, else the content of the file that `NAME_FILE` names; blank counts as
 * unset.
 *
 * @throws UserError SETTING_UNREADABLE when that file cannot be read.
 */
export function findVariable(env: Environment, names: readonly string[]): FoundVariable | undefined {
  // The process is above the file in every spelling.
  const places = env[FILE_PLACES] ?? new Map<string, Location>();
  return (
    findIn(env, names, (name) => !places.has(name)) ?? findIn(env, names, (name) => places.has(name), places)
  );
}

function findIn(
  env: Environment,
  names: readonly string[],
  isMeant: (name: string) => boolean,
  places?: ReadonlyMap<string, Location>,
): FoundVariable | undefined {
  const placed = (name: string) => {
    const location = places?.get(name);
    return location === undefined ? {} : { location };
  };
  for (const name of names) {
    const own = isMeant(name) ? env[name]?.trim() : undefined;
    if (own) return { name, text: own, isOfFile: false, ...placed(name) };
    const file = `${name}_FILE`;
    const text = isMeant(file) ? readSettingFile(file, env[file])?.trim() : undefined;
    if (text) return { name: file, text, isOfFile: true, ...placed(file) };
  }
  return undefined;
}

/**
 * The value of a setting: the variable, else the content of the file that `NAME_FILE` names; blank counts as unset.
 *
 * @throws UserError SETTING_UNREADABLE when that file cannot be read.
 */
export function setting(env: Environment, ...names: string[]): string | undefined {
  return findVariable(env, names)?.text;
}

/** The entries of a setting that is a list, comma-separated. */
export function listOf(text: string | undefined): string[] {
  return (text ?? '')
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

/** The last line that sets a variable is the one that counts. */
function lineOf(name: string, text: string): number {
  const at = text.split(/\r?\n/).findLastIndex((line) => {
    return (
      line
        .replace(/^\s*(?:export\s+)?/, '')
        .split('=', 1)[0]!
        .trim() === name
    );
  });
  return at + 1 || 1;
}

function readSettingFile(name: string, file: string | undefined): string | undefined {
  if (file === undefined || file === '') return undefined;
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    throw new UserError('SETTING_UNREADABLE', `${name} names ${file}, which cannot be read`, { cause });
  }
}
