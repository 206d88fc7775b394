import { join } from 'node:path';
import { BugError } from '@cozecut/problems';
import type { ManifestFiles } from '../files.ts';

/** Folders below the one that a pattern starts in that are looked through at most. */
const MAX_FOLDERS = 1000;

/** Whether a pattern has to be expanded. */
export function isPattern(text: string): boolean {
  return /[*?]/.test(text);
}

/**
 * Files that a pattern matches, sorted: `*` and `?` match within a name, `**` matches folders.
 * Names that start with a dot and `node_modules` are left out.
 */
export function expandPattern(folder: string, pattern: string, files: ManifestFiles): string[] {
  const { list } = files;
  if (list === undefined) throw new BugError('include patterns need `list` in the options of loadManifest');
  const found = new Set<string>();
  let visited = 0;
  const walk = (path: string, rest: readonly string[]): void => {
    const [part, ...tail] = rest;
    if (part === undefined || ++visited > MAX_FOLDERS || !files.exists(path)) return;
    if (part === '.' || part === '..') {
      walk(join(path, part), tail);
      return;
    }
    if (part === '**') walk(path, tail);
    for (const entry of list.call(files, path)) {
      const isFolder = entry.endsWith('/');
      const name = isFolder ? entry.slice(0, -1) : entry;
      if (name.startsWith('.') || name === 'node_modules') continue;
      if (part === '**') {
        if (isFolder) walk(join(path, name), rest);
      } else if (matchesPart(name, part)) {
        if (isFolder) walk(join(path, name), tail);
        else if (tail.length === 0) found.add(join(path, name));
      }
    }
  };
  walk(
    folder,
    pattern
      .split('/')
      .filter((part, index, all) => part !== '' && !(part === '**' && all[index - 1] === '**')),
  );
  return [...found].sort();
}

/** Whether a name is what a part of a pattern says, going back to the last star only. */
function matchesPart(name: string, part: string): boolean {
  const [letters, wanted] = [[...name], [...part]];
  let at = 0;
  let star = -1;
  let resumed = 0;
  for (let index = 0; index < letters.length; ) {
    if (wanted[at] === '*') {
      star = at++;
      resumed = index;
    } else if (wanted[at] === '?' || wanted[at] === letters[index]) {
      at += 1;
      index += 1;
    } else if (star === -1) return false;
    else {
      // The last star takes one letter more; what earlier ones took does not matter.
      at = star + 1;
      index = ++resumed;
    }
  }
  return wanted.slice(at).every((letter) => letter === '*');
}
