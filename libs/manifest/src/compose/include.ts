import { basename, dirname, join, relative } from 'node:path';
import { closest, type Problem } from '@cozecut/problems';
import { child, itemsOf, type Node, problemAt, textOf } from '../source/node.ts';
import { expandPattern, isPattern } from './glob.ts';
import type { Reader } from './reader.ts';

/** A file that the manifest includes. */
export interface Included {
  path: string;
  root: Node;
}

/** Finds and parses the files of `include`: in the order of the patterns, sorted within one, each once. */
export function readIncludes(root: Node, file: string, reader: Reader, problems: Problem[]): Included[] {
  const included = new Map<string, Included>();
  const folder = dirname(file);
  for (const [index, pattern] of itemsOf(child(root, 'include')).entries()) {
    const text = textOf(pattern);
    if (text === undefined || text === '') continue;
    const report = (code: string, message: string, suggestions: string[] = []) =>
      problems.push(
        problemAt(root, ['include', index], 'value', { code, severity: 'error', message, suggestions }),
      );
    const paths = isPattern(text)
      ? expandPattern(folder, text, reader.files)
      : existing(join(folder, text), reader);
    if (paths.length === 0) {
      const message = isPattern(text) ? `no file matches "${text}"` : `the file "${text}" is not there`;
      report('INCLUDE_MISSING', message, similarFiles(folder, text, reader));
    }
    for (const path of paths) {
      // A pattern may match the manifest itself.
      if (included.has(path) || (path === file && isPattern(text))) continue;
      const { root: tree, unreadable } = reader.open(path);
      if (unreadable !== undefined) {
        const reason = unreadable instanceof Error ? unreadable.message : String(unreadable);
        report('INCLUDE_MISSING', `the file "${relative(folder, path)}" cannot be read: ${reason}`);
      }
      if (tree !== undefined) included.set(path, { path, root: tree });
    }
  }
  return [...included.values()];
}

function existing(path: string, reader: Reader): string[] {
  return reader.files.exists(path) ? [path] : [];
}

function similarFiles(folder: string, written: string, reader: Reader): string[] {
  const { list, exists } = reader.files;
  const parent = join(folder, dirname(written));
  if (isPattern(written) || list === undefined || !exists.call(reader.files, parent)) return [];
  const prefix = written.slice(0, written.length - basename(written).length);
  return closest(basename(written), list.call(reader.files, parent)).map((name) => `${prefix}${name}`);
}
