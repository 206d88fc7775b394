import { whyUnsafeFileName } from '../file-name.ts';

/** Names of a path, without those that mean nothing. */
export function pathParts(path: string): string[] {
  return path.split('/').filter((part) => part !== '' && part !== '.');
}

/** Why a relative path with `/` cannot be unpacked on every system, in words; nothing when it can. */
export function whyUnsafePath(path: string): string | undefined {
  if (path.startsWith('/')) return 'it is absolute';
  if (path.includes('\\')) return 'it has a backslash';
  for (const part of path.replace(/\/$/, '').split('/')) {
    const why = whyUnsafePart(part);
    if (why !== undefined) return why;
  }
  return undefined;
}

function whyUnsafePart(part: string): string | undefined {
  if (part === '' || part === '.') return 'it has an empty part';
  if (part === '..') return 'it leaves the draft';
  if (part.includes(':')) return 'it has a drive, or a colon that Windows refuses';
  return whyUnsafeFileName(part);
}

/** Key under which two names are the same file on some system: Unicode form and case do not count. */
export function foldName(path: string): string {
  return path.normalize('NFC').toUpperCase().toLowerCase().normalize('NFC');
}
