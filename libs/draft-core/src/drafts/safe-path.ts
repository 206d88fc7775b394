import { whyUnsafeFileName } from '../file-name.ts';

/** Names of a path, without those that mean nothing. */
export function pathParts(path: string): string[] {
  return path.split('/').filter((part) => part !== '' && part !== '.');
}

/** No system opens longer ones. */
const MAX_PATH = 1000;

/** Why a relative path with `/` cannot be unpacked on every system, in words; nothing when it can. */
export function whyUnsafePath(path: string): string | undefined {
  if (path.length > MAX_PATH) return `it is longer than ${MAX_PATH} characters`;
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

/** A file whose path is also that of a folder, because others lie below it; on some system at least. */
export function fileUsedAsFolder(entries: Iterable<{ path: string; isFile: boolean }>): string | undefined {
  const files = new Map<string, string>();
  const folders = new Set<string>();
  for (const { path, isFile } of entries) {
    const folded = foldName(path.replace(/\/$/, ''));
    if (isFile) files.set(folded, path);
    for (let at = folded.lastIndexOf('/'); at > 0; at = folded.lastIndexOf('/', at - 1)) {
      const parent = folded.slice(0, at);
      // What is above it is known then, too.
      if (folders.has(parent)) break;
      folders.add(parent);
    }
  }
  for (const [folded, path] of files) if (folders.has(folded)) return path;
  return undefined;
}
