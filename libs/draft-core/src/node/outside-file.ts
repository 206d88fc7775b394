import { stat } from 'node:fs/promises';
import type { OutsideFile } from '../install/plan-media.ts';

/** What is at an absolute path that a draft names. No server is asked; a device or a pipe counts as missing. */
export async function lookOutside(path: string): Promise<OutsideFile> {
  if (/^[\\/]{2}/.test(path)) return 'network';
  const isOurs = process.platform === 'win32' ? /^[a-z]:[\\/]/i.test(path) : path.startsWith('/');
  if (!isOurs) return 'foreign';
  const info = await stat(path).catch(() => undefined);
  return info?.isFile() ? { bytes: info.size } : 'missing';
}
