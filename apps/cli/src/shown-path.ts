import { join, relative } from 'node:path';

/** A path as a person would write it from here; one that is far away is written as it is. */
export function shownPath(file: string): string {
  const path = relative(process.cwd(), file);
  return path === '' || path.startsWith(join('..', '..')) ? file : path;
}
