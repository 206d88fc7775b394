import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseEnv } from 'node:util';
import { UserError } from '@cozecut/problems';

/** Environment variables as the program sees them. */
export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The environment of the process above the `.env` file of the folder. `NAME_FILE` stands for the content of a file
 * wherever `NAME` is not set; it is read when the name is asked for.
 */
export function readEnvironment(processEnv: Environment, folder: string): Environment {
  const file = resolve(folder, '.env');
  if (!existsSync(file)) return processEnv;
  const below = parseEnv(readFileSync(file, 'utf8'));
  // `NAME_FILE` of the process is above `NAME` of the file, too.
  for (const name of Object.keys(processEnv)) delete below[name.replace(/_FILE$/, '')];
  return { ...below, ...processEnv };
}

/**
 * The value of a setting: the variable, else the content of the file that `NAME_FILE` names; blank counts as unset.
 *
 * @throws UserError SETTING_UNREADABLE when that file cannot be read.
 */
export function setting(env: Environment, ...names: string[]): string | undefined {
  for (const name of names) {
    const value = env[name]?.trim() || readSettingFile(`${name}_FILE`, env[`${name}_FILE`])?.trim();
    if (value) return value;
  }
  return undefined;
}

/** Hosts that media may come from, when the environment names them. */
export function egressAllowList(env: Environment): string[] | undefined {
  return setting(env, 'COZECUT_EGRESS_ALLOW')
    ?.split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '');
}

/** Whether a location is an address, such as that of a database, rather than a path. */
export function isAddress(location: string): boolean {
  return /^[a-z][a-z0-9+.-]+:\/\//i.test(location);
}

function readSettingFile(name: string, file: string | undefined): string | undefined {
  if (file === undefined || file === '') return undefined;
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    throw new UserError('SETTING_UNREADABLE', `${name} names ${file}, which cannot be read`, { cause });
  }
}
