import { createHash } from 'node:crypto';
import { createReadStream, type Stats } from 'node:fs';
import { realpath, stat } from 'node:fs/promises';
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
  const realRoots = await Promise.all(roots.map((root) => realpath(root).catch(() => resolve(root))));
  const path = await realpath(asked).catch((error: unknown) => {
    // Whether a file outside the roots exists is nobody's business.
    if (![...roots, ...realRoots].some((root) => isInside(root, asked))) throw forbidden(asked, roots);
    throw cannotOpen(asked, error);
  });
  if (!realRoots.some((root) => isInside(root, path))) throw forbidden(asked, roots);
  const stats = await stat(path).catch((error: unknown) => {
    throw cannotOpen(asked, error);
  });
  if (!stats.isFile()) {
    const what = stats.isDirectory() ? 'a folder' : 'a device, socket or pipe';
    throw new UserError('MEDIA_UNSUPPORTED', `expected a media file at ${asked}, found ${what}`);
  }
  return { path, asked, stats };
}

/**
 * SHA-256 of a file, in lower-case hex; the file is streamed.
 *
 * @throws UserError MEDIA_UNSUPPORTED when it cannot be read.
 */
export async function hashFile({ path, asked }: LocalFile, signal: AbortSignal): Promise<string> {
  const hash = createHash('sha256');
  try {
    await pipeline(createReadStream(path), hash, { signal });
  } catch (error) {
    signal.throwIfAborted();
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
