import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseEnv } from 'node:util';

/** Environment variables as the program sees them. */
export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The environment of the process above the `.env` file of the folder. `NAME_FILE` stands for the content of a file
 * wherever `NAME` is not set; it is read when the name is asked for.
 */
export function readEnvironment(processEnv: Environment, folder: string): Environment {
  const file = resolve(folder, '.env');
  return existsSync(file) ? { ...parseEnv(readFileSync(file, 'utf8')), ...processEnv } : processEnv;
}

/** The value of a setting: the variable, else the content of the file that `NAME_FILE` names; blank counts as unset. */
export function setting(env: Environment, ...names: string[]): string | undefined {
  for (const name of names) {
    const file = env[`${name}_FILE`];
    const value = env[name] ?? (file === undefined ? undefined : readFileSync(file, 'utf8'));
    if (value !== undefined && value.trim() !== '') return value.trim();
  }
  return undefined;
}
