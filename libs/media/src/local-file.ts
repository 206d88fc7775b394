import { createHash } from 'node:crypto';
import { constants, type Stats } from 'node:fs';
import { type FileHandle, lstat, open, readlink, realpath, stat } from 'node:fs/promises';
import { isAbsolute, relative, resolve, sep } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { UserError } from '@cozecut/problems';

/** A file that may be read. */
export interface LocalFile {
  /** Absolute path without symbolic links. */
  path: string;
  /** As the user wrote it, made absolute. */
  asked: string;
  stats: Stats;
}

/**
 * Finds the file that `source` (absolute path, path relative to the first root, or `file:` URL) means and makes sure
 * that it lies under one of `roots`, symbolic links resolved.
 *
 * @throws UserError MEDIA_FORBIDDEN outside the roots, or when there are none.
 * @throws UserError MEDIA_NOT_FOUND when nothing is there.
 * @throws UserError MEDIA_UNSUPPORTED for a folder, a device or a file without content.
 */
export async function findLocalFile(source: string, roots: readonly string[]): Promise<LocalFile> {
  const [first] = roots;
  if (first === undefined) {
    throw new UserError('MEDIA_FORBIDDEN', `local files may not be opened here (got "${source}")`, {
      hint: 'Give an http: or https: address.',
    });
  }
  const asked = resolve(first, source.startsWith('file:') ? pathOfFileUrl(source) : source);
  const realRoots = await realPaths(roots);
  const path = await realpath(asked).catch((error: unknown) => {
    // Whether a file outside the roots exists is nobody's business.
    if (![...roots, ...realRoots].some((root) => isInside(root, asked))) throw forbidden(asked, roots);
    throw cannotOpen(asked, error);
  });
  if (!realRoots.some((root) => isInside(root, path))) throw forbidden(asked, roots);
  const stats = await stat(path).catch((error: unknown) => {
    throw cannotOpen(asked, error);
  });
  assertFile(asked, stats);
  return { path, asked, stats };
}

/**
 * Opens a file that was found and runs `work` on it. What was opened is held against the roots once more: between
 * the look and the opening somebody may have put a link in its place.
 *
 * @throws UserError MEDIA_FORBIDDEN when what was opened is not a file under one of `roots`.
 * @throws UserError MEDIA_UNSUPPORTED when it cannot be opened or read.
 */
export async function withLocalFile<T>(
  { path, asked }: LocalFile,
  roots: readonly string[],
  work: (file: FileHandle) => Promise<T>,
): Promise<T> {
  // Without O_NONBLOCK a pipe that took the place of the file would be waited for.
  const flags = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);
  const file = await open(path, flags).catch((error: unknown) => {
    throw cannotOpen(asked, error);
  });
  try {
    const real = await pathOf(file, path);
    const realRoots = await realPaths(roots);
    if (real === undefined || !realRoots.some((root) => isInside(root, real))) throw forbidden(asked, roots);
    assertFile(asked, await file.stat());
    return await work(file);
  } finally {
    await file.close();
  }
}

/** Where an open file lies, or nothing when that cannot be said; `path` is where it was opened. */
async function pathOf(file: FileHandle, path: string): Promise<string | undefined> {
  try {
    // Linux tells it of the descriptor itself, whatever has happened to the path.
    return await readlink(`/proc/self/fd/${file.fd}`);
  } catch {
    const real = await realpath(path).catch(() => undefined);
    const [opened, there] = await Promise.all([file.stat(), lstat(real ?? path).catch(() => undefined)]);
    return there?.ino === opened.ino && there.dev === opened.dev ? real : undefined;
  }
}

function realPaths(roots: readonly string[]): Promise<string[]> {
  return Promise.all(roots.map((root) => realpath(root).catch(() => resolve(root))));
}

function assertFile(asked: string, stats: Stats): void {
  if (stats.isFile()) return;
  const what = stats.isDirectory() ? 'a folder' : 'a device, socket or pipe';
  throw new UserError('MEDIA_UNSUPPORTED', `expected a media file at ${asked}, found ${what}`);
}

/**
 * SHA-256 of an open file, in lower-case hex; the file is streamed and stays open.
 *
 * @param asked - What to call it in messages.
 * @throws UserError MEDIA_UNSUPPORTED when it cannot be read.
 */
export async function hashFile(file: FileHandle, asked: string, signal?: AbortSignal): Promise<string> {
  const hash = createHash('sha256');
  try {
    await pipeline(file.createReadStream({ start: 0, autoClose: false }), hash, {
      ...(signal === undefined ? {} : { signal }),
    });
  } catch (error) {
    signal?.throwIfAborted();
    throw cannotOpen(asked, error);
  }
  return hash.digest('hex');
}

function pathOfFileUrl(source: string): string {
  try {
    return fileURLToPath(source);
  } catch (error) {
    throw new UserError(
      'MEDIA_ADDRESS_INVALID',
      `expected a file: address of this machine (got "${source}")`,
      {
        cause: error,
      },
    );
  }
}

function isInside(root: string, path: string): boolean {
  const way = relative(root, path);
  return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

function forbidden(path: string, roots: readonly string[]): UserError {
  return new UserError('MEDIA_FORBIDDEN', `${path} is outside the folders that media may be read from`, {
    hint: `Put the file into ${roots.join(' or ')}.`,
  });
}

function cannotOpen(path: string, error: unknown): UserError {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
  if (code === 'ENOENT' || code === 'ENOTDIR') {
    return new UserError('MEDIA_NOT_FOUND', `there is no file at ${path}`, { cause: error });
  }
  return new UserError('MEDIA_UNSUPPORTED', `${path} cannot be read (${code})`, { cause: error });
}
