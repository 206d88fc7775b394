import { createWriteStream } from 'node:fs';
import { copyFile, link, lstat, mkdtemp, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { UserError } from '@cozecut/problems';
import { ZipFile } from 'yazl';
import { DRAFT_LIMITS, type DraftLimits } from './draft-source.ts';
import { explainFsError, ownTempPrefix, sweepOrphans, syncFolder } from './temp.ts';
import { openZip } from './zip-source.ts';

/** Files that a packer makes smaller; media are packed already. */
const PACKED_WELL = /\.(?:json|tmp|bak|txt|srt|xml)$/i;

/**
 * Writes a zip of a draft anew with other texts in some of its files. The new zip takes the place of the old one in one
 * step; the old one is kept beside it.
 *
 * @param path - Absolute path of the zip.
 * @param texts - New content by path relative to the draft.
 * @returns Absolute path of the former zip.
 * @throws UserError DRAFT_CHANGED when the zip changes meanwhile.
 * @throws UserError DISK_FULL, FOLDER_NOT_WRITABLE, and all that reading the zip throws.
 */
export async function rewriteZip(
  path: string,
  texts: ReadonlyMap<string, string>,
  limits: Partial<DraftLimits> = {},
): Promise<string> {
  const before = await stat(path);
  const source = await openZip(path, { ...DRAFT_LIMITS, ...limits });
  let temp: string | undefined;
  try {
    await sweepOrphans(dirname(path));
    temp = await mkdtemp(join(dirname(path), ownTempPrefix()));
    const zip = new ZipFile();
    const broken = new AbortController();
    const fail = (error: unknown): void => broken.abort(error);
    zip.on('error', fail);
    for (const [name, { modified, open }] of source.packed) {
      const text = name.startsWith(source.prefix) ? texts.get(name.slice(source.prefix.length)) : undefined;
      if (name.endsWith('/')) zip.addEmptyDirectory(name, { mtime: modified });
      else if (text !== undefined) zip.addBuffer(Buffer.from(text), name, { mode: 0o100644 });
      else {
        const options = { mtime: modified, mode: 0o100644, compress: PACKED_WELL.test(name) };
        zip.addReadStreamLazy(name, options, (give) => {
          open().then((stream) => give(null, stream.on('error', fail)), fail);
        });
      }
    }
    zip.end();
    const file = join(temp, 'draft.zip');
    const sink = createWriteStream(file, { flags: 'wx', flush: true, mode: before.mode & 0o777 });
    await pipeline(zip.outputStream, sink, { signal: broken.signal }).catch((error: unknown) => {
      throw broken.signal.aborted ? broken.signal.reason : error;
    });
    const now = await stat(path);
    if (now.size !== before.size || now.mtimeMs !== before.mtimeMs || now.ino !== before.ino)
      throw new UserError('DRAFT_CHANGED', `${path} has changed since it was opened`, {
        hint: 'start again',
      });
    const former = await keepFormer(path);
    await rename(file, path);
    await syncFolder(dirname(path));
    return former;
  } catch (error) {
    throw explainFsError(error, path);
  } finally {
    await source.close();
    if (temp !== undefined) await rm(temp, { recursive: true, force: true });
  }
}

/** Keeps a file under another name that is free. */
async function keepFormer(path: string): Promise<string> {
  const stem = join(dirname(path), basename(path).replace(/\.zip$/i, ''));
  for (let number = 1; ; number++) {
    const former = `${stem}.cozecut-former-${number}.zip`;
    if ((await lstat(former).catch(() => undefined)) !== undefined) continue;
    // Not every file system has links.
    await link(path, former).catch(() => copyFile(path, former));
    return former;
  }
}
