import { Readable } from 'node:stream';
import { UserError } from '@cozecut/problems';
import { type Entry, fromRandomAccessReaderPromise, RandomAccessReader, type ZipFile } from 'yauzl';

/** Bytes of a zip that can be read anywhere, such as those of a bucket. */
export interface ZipBytes {
  bytes: number;
  /** The part from byte `start` up to and including byte `end`. */
  read(range: { start: number; end: number }): Promise<Readable>;
}

/** A file in the zip of a draft. */
export interface PackedFile {
  /** Path in the draft folder, with `/`. */
  path: string;
  /** Size of the content. */
  bytes: number;
  /** CRC-32 of the content. */
  crc32: number;
  /** The content, or the part from byte `start` up to and including byte `end`. */
  open(range?: { start: number; end: number }): Promise<Readable>;
}

/** So much of a zip is read at once where it ends. */
const TAIL_BYTES = 16_384;

/**
 * Lists the files in a zip that `writeDraftZip` has written, in their order there. Only its directory is read; of
 * what was not packed, as media are not, a part is read without what stands before it.
 *
 * @throws UserError ZIP_INVALID when it cannot be read as a zip.
 * @throws whatever `zip.read` throws.
 */
export async function listPackedFiles(zip: ZipBytes): Promise<PackedFile[]> {
  let failure: unknown;
  const tailStart = Math.max(0, zip.bytes - TAIL_BYTES);
  const tail = Buffer.concat(await (await zip.read({ start: tailStart, end: zip.bytes - 1 })).toArray());
  const reader = new (class extends RandomAccessReader {
    /** `end` is the first byte that is not wanted. */
    override _readStreamForRange(start: number, end: number): Readable {
      if (start >= tailStart) return Readable.from([tail.subarray(start - tailStart, end - tailStart)]);
      async function* parts(): AsyncGenerator<Buffer> {
        try {
          yield* await zip.read({ start, end: end - 1 });
        } catch (error) {
          failure ??= error;
          throw error;
        }
      }
      return Readable.from(parts(), { objectMode: false });
    }
  })();
  try {
    const opened = await fromRandomAccessReaderPromise(reader, zip.bytes, { autoClose: false });
    const files: PackedFile[] = [];
    for await (const entry of opened.eachEntry()) {
      // The folder at the top is named after the draft.
      const path = entry.fileName.slice(entry.fileName.indexOf('/') + 1);
      if (path === '' || path.endsWith('/')) continue;
      const { uncompressedSize: bytes, crc32 } = entry;
      files.push({ path, bytes, crc32, open: (range) => openEntry(opened, entry, range) });
    }
    return files;
  } catch (error) {
    throw failure ?? new UserError('ZIP_INVALID', 'the zip of the draft cannot be read', { cause: error });
  }
}

async function openEntry(
  zip: ZipFile,
  entry: Entry,
  range: { start: number; end: number } | undefined,
): Promise<Readable> {
  if (range === undefined) return zip.openReadStreamPromise(entry);
  const { start, end } = range;
  if (entry.compressionMethod === STORED)
    return zip.openReadStreamPromise(entry, { decrypt: null, decompress: null, start, end: end + 1 });
  return Readable.from(part(await zip.openReadStreamPromise(entry), start, end), { objectMode: false });
}

/** Method of what was not packed. */
const STORED = 0;

/** A part of what has to be unpacked from its beginning. */
async function* part(content: AsyncIterable<Buffer>, start: number, end: number): AsyncGenerator<Buffer> {
  let at = 0;
  for await (const chunk of content) {
    const wanted = chunk.subarray(Math.max(0, start - at), Math.max(0, end + 1 - at));
    if (wanted.length > 0) yield wanted;
    at += chunk.length;
    if (at > end) return;
  }
}
