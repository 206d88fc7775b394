import { realpath } from 'node:fs/promises';
import { relative, resolve, sep } from 'node:path';
import { UserError } from '@cozecut/problems';

/** A place that a caller may look at. */
export interface AllowedPath {
  /** As the caller means it. */
  path: string;
  /** Without links; what is opened. */
  realPath: string;
}

/**
 * Finds what a caller names, when it is there and inside of an allowed folder, links followed. Names that begin with a
 * dot are no business of a bot: keys, tokens and settings have such names.
 *
 * @param roots - Absolute paths of the folders that may be looked at; a relative path lies in the first.
 * @throws UserError FILE_FORBIDDEN, FILE_NOT_FOUND
 */
export async function allowedPath(named: string, roots: readonly string[]): Promise<AllowedPath> {
  const [first] = roots;
  if (first === undefined || named.includes('\0')) throw forbidden(named, roots);
  const path = resolve(first, named);
  // Whether something is there is told of allowed folders alone.
  if (!roots.some((root) => isInside(path, root))) throw forbidden(named, roots);
  const realPath = await realpath(path).catch((cause: NodeJS.ErrnoException) => {
    throw new UserError('FILE_NOT_FOUND', `there is nothing at ${JSON.stringify(named)}`, {
      hint: 'list_files shows what is in a folder',
      cause,
    });
  });
  for (const root of roots) {
    const realRoot = await realpath(root).catch(() => undefined);
    if (realRoot !== undefined && isInside(realPath, realRoot)) return { path, realPath };
  }
  throw forbidden(named, roots);
}

/** Whether the names between `root` and `path` lead down, and none of them is hidden. */
function isInside(path: string, root: string): boolean {
  const way = relative(root, path);
  if (/^([a-zA-Z]:|[\\/])/.test(way)) return false;
  return way === '' || way.split(sep).every((name) => !name.startsWith('.'));
}

function forbidden(named: string, roots: readonly string[]): UserError {
  return new UserError('FILE_FORBIDDEN', `${JSON.stringify(named)} may not be looked at`, {
    hint: roots.length === 0 ? 'no folder is allowed here' : `allowed is what lies in ${roots.join(', ')}`,
  });
}
