import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { type Environment, setting } from '../settings.ts';

/**
 * Absolute path of the folder of this person, for what belongs to no project: `COZECUT_HOME`, else `cozecut` in the
 * place that the system has for such folders.
 */
export function userFolder(env: Environment, folder: string): string {
  const chosen = setting(env, 'COZECUT_HOME');
  if (chosen !== undefined) return resolve(folder, chosen);
  if (process.platform === 'win32' && env.APPDATA) return join(env.APPDATA, 'cozecut');
  return join(env.XDG_CONFIG_HOME || join(homedir(), '.config'), 'cozecut');
}
