import { basename } from 'node:path';
import { Readable } from 'node:stream';
import { crc32 } from 'node:zlib';
import { UserError } from '@cozecut/problems';
import { type Entry, getFileNameLowLevel, openPromise, type ZipFile } from 'yauzl';
import { draftFolderOf } from '../drafts/layout.ts';
import type { DraftEntry } from '../drafts/opened-draft.ts';
import { fileUsedAsFolder, foldName, whyUnsafePath } from '../drafts/safe-path.ts';
import type { DraftLimits, DraftSource } from './draft-source.ts';
import { OWN_FOLDER } from './folder-source.ts';
import { tooLarge } from './read-file.ts';

/** Up to this size nobody minds how well the files of a zip were packed. */
const SMALL_TOTAL_BYTES = 64 * 1024 * 1024;

/** A zip that holds a draft, and maybe other files. */
export interface ZipSource extends DraftSource {
  /** Folder of the draft in the zip, with `/` at its end; empty when it is at the top. */
  prefix: string;
  /** Everything in the zip, by its name there; folders end with `/`. */
  packed: ReadonlyMap<string, { modified: Date; open(): Promise<Readable> }>;
}

/**
 * Lists a zip that holds one draft, at its top or in a folder. Nothing is unpacked; a file is inflated into memory when
 * it is read.
 *
 * @throws UserError ZIP_INVALID when it cannot be read as a zip.
 * @throws UserError ZIP_UNSAFE when a name would leave the folder it is unpacked into, is a link or a device, or stands
 * twice; or when it unpacks to far more than it holds.
 * @throws UserError DRAFT_TOO_LARGE, DRAFT_NOT_FOUND
 */
export async function openZip(path: string, limits: DraftLimits): Promise<ZipSource> {
  const file = basename(path);
  const options = { lazyEntries: true, autoClose: false, decodeStrings: false, validateEntrySizes: true };
  const zip = await openPromise(path, options).catch((error: unknown) => {
    throw invalid(file, error);
  });
  try {
    const packed = await listEntries(zip, file, limits);
    const prefix = draftFolder([...packed.keys()], file);
    const entries = new Map<string, DraftEntry>();
    for (const [name, entry] of packed) {
      const inside = name.slice(prefix.length);
      if (!name.startsWith(prefix) || inside === '' || inside.split('/')[0] === OWN_FOLDER) continue;
      const isFolder = inside.endsWith('/');
      const own = inside.replace(/\/$/, '');
      const modifiedMs = entry.getLastModDate().getTime();
      entries.set(own, {
        path: own,
        kind: isFolder ? 'folder' : 'file',
        bytes: entry.uncompressedSize,
        modifiedMs,
      });
    }
    return {
      kind: 'zip',
      entries,
      name: prefix === '' ? file.replace(/\.zip$/i, '') : basename(prefix),
      read: (name) => inflate(zip, packed.get(prefix + name)!, name, limits),
      stream: async (name) => inflating(zip, packed.get(prefix + name)!, name),
      close: async () => zip.close(),
      prefix,
      packed: new Map(
        [...packed].map(([name, entry]) => [
          name,
          { modified: entry.getLastModDate(), open: async () => inflating(zip, entry, name) },
        ]),
      ),
    };
  } catch (error) {
    zip.close();
    throw error;
  }
}

async function listEntries(zip: ZipFile, file: string, limits: DraftLimits): Promise<Map<string, Entry>> {
  if (zip.entryCount > limits.maxEntries) {
    throw new UserError(
      'DRAFT_TOO_LARGE',
      `${file} holds ${zip.entryCount} files, more than ${limits.maxEntries}`,
      {
        hint: 'no draft has that many',
      },
    );
  }
  const entries = new Map<string, Entry>();
  const folded = new Map<string, string>();
  let [packedBytes, totalBytes] = [0, 0];
  try {
    for await (const entry of zip.eachEntry()) {
      const raw = entry.fileName as unknown as Buffer;
      const name = getFileNameLowLevel(entry.generalPurposeBitFlag, raw, entry.extraFields, false);
      const why = whyUnsafePath(name) ?? whyUnsafeEntry(entry, limits);
      if (why !== undefined) throw unsafeEntry(file, name, why);
      const key = foldName(name.replace(/\/$/, ''));
      const other = folded.get(key);
      if (other !== undefined) throw unsafeEntry(file, name, `"${other}" has the same name`);
      folded.set(key, name);
      packedBytes += entry.compressedSize;
      totalBytes += entry.uncompressedSize;
      if (totalBytes > limits.maxTotalBytes)
        throw tooLarge(`${file}, unpacked,`, totalBytes, limits.maxTotalBytes);
      if (totalBytes > SMALL_TOTAL_BYTES && totalBytes > packedBytes * limits.maxRatio)
        throw unsafeEntry(
          file,
          name,
          `with it, the files unpack to more than ${limits.maxRatio} times their size`,
        );
      // More packed bytes than the file has: entries share their data, which is how a small zip unpacks to anything.
      if (packedBytes > zip.fileSize) throw unsafeEntry(file, name, 'it shares its data with other files');
      if (!name.startsWith('__MACOSX/')) entries.set(name, entry);
    }
  } catch (error) {
    throw error instanceof UserError ? error : invalid(file, error);
  }
  const both = fileUsedAsFolder([...entries.keys()].map((path) => ({ path, isFile: !path.endsWith('/') })));
  if (both !== undefined) throw unsafeEntry(file, both, 'it is a file and a folder at once');
  return entries;
}

function whyUnsafeEntry(entry: Entry, { maxRatio }: DraftLimits): string | undefined {
  const isUnix = entry.versionMadeBy >> 8 === 3 || entry.versionMadeBy >> 8 === 19;
  const type = (entry.externalFileAttributes >>> 16) & 0o170000;
  if (isUnix && type === 0o120000) return 'it is a link';
  if (isUnix && ![0, 0o100000, 0o040000].includes(type)) return 'it is a device, a pipe or a socket';
  // Small files may pack well without harm.
  if (entry.uncompressedSize > 1024 * 1024 && entry.uncompressedSize > entry.compressedSize * maxRatio)
    return `it unpacks to more than ${maxRatio} times its size`;
  return undefined;
}

/** The folder that holds the draft, with `/` at its end. */
function draftFolder(names: readonly string[], file: string): string {
  const folders = names
    .flatMap((name) => draftFolderOf(name) ?? [])
    .filter((folder) => !folder.split('/').includes(OWN_FOLDER));
  const depth = (folder: string): number => folder.split('/').length;
  const least = Math.min(...folders.map(depth));
  const found = [...new Set(folders.filter((folder) => depth(folder) === least))];
  if (found.length === 1) return found[0]!;
  if (found.length === 0) {
    throw new UserError('DRAFT_NOT_FOUND', `there is no draft in ${file}`, {
      hint: 'a draft has a draft_content.json or draft_info.json',
    });
  }
  throw new UserError(
    'DRAFT_NOT_FOUND',
    `there are ${found.length} drafts in ${file}: ${found.slice(0, 5).join(', ')}`,
    {
      hint: 'unpack it and name one of them',
    },
  );
}

async function inflate(zip: ZipFile, entry: Entry, name: string, limits: DraftLimits): Promise<Uint8Array> {
  if (entry.uncompressedSize > limits.maxFileBytes)
    throw tooLarge(name, entry.uncompressedSize, limits.maxFileBytes);
  return Buffer.concat(await inflating(zip, entry, name).toArray());
}

function inflating(zip: ZipFile, entry: Entry, name: string): Readable {
  if (entry.isEncrypted())
    throw new UserError('ZIP_INVALID', `${name} is protected by a password`, {
      hint: 'pack the draft without one',
    });
  async function* chunks(): AsyncGenerator<Buffer> {
    let crc = 0;
    try {
      // Ends with an error as soon as there is more than the entry says.
      for await (const chunk of await zip.openReadStreamPromise(entry)) {
        crc = crc32(chunk as Buffer, crc);
        yield chunk as Buffer;
      }
    } catch (error) {
      throw invalid(name, error);
    }
    if (crc !== entry.crc32) throw invalid(name, new Error('its checksum is wrong'));
  }
  return Readable.from(chunks(), { objectMode: false });
}

function unsafeEntry(file: string, name: string, why: string): UserError {
  const shown = JSON.stringify(name.length > 100 ? `${name.slice(0, 97)}…` : name);
  return new UserError('ZIP_UNSAFE', `${file} has an unsafe file ${shown}: ${why}`, {
    hint: 'do not unpack it; ask its sender for another',
  });
}

function invalid(name: string, cause: unknown): UserError {
  return new UserError('ZIP_INVALID', `${name} cannot be unpacked: ${(cause as Error).message}`, {
    hint: 'it is damaged or no zip',
    cause,
  });
}
