import { createHash } from 'node:crypto';
import { renameSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { dirname, isAbsolute } from 'node:path';
import { pipeline as connect, Readable, type Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { crc32 } from 'node:zlib';
import { BugError } from '@cozecut/problems';
import type { CompiledDraft, DraftMedia, PathStyle } from '../compile/compiled-draft.ts';
import { draftDocuments } from '../compile/draft-files.ts';
import { assertDraftName } from './draft-name.ts';
import { jsonBytes } from './json-bytes.ts';
import { filesOf, openMedia } from './media-stream.ts';
import { type NewFile, openNewFile } from './new-file.ts';
import { pack } from './pack.ts';
import { explainFsError, syncFolder } from './temp.ts';
import { openWorkPlace, sweepWork } from './work-folder.ts';
import { descriptor, directory, localHeader, type PlacedEntry, type ZipEntry } from './zip-format.ts';

/** A zip that was written. */
export interface WrittenZip {
  bytes: number;
  /** Lower-case hex. */
  sha256: string;
}

/** Options of {@link writeDraftZip}. */
export interface WriteDraftZipOptions {
  /** How files refer to media; default: so that the draft can be unpacked anywhere. */
  pathStyle?: PathStyle | undefined;
  signal?: AbortSignal;
  /**
   * Whether somebody else takes the file over and sees to it that its name survives a power cut; default false. It is made
   * in its place then, where there must be nothing.
   */
  isHandedOver?: boolean;
}

/**
 * Writes a draft as a zip that can be unpacked into any draft store: one folder named after the draft, paths with the
 * token that the app replaces unless another style is asked for. The same draft gives the same bytes. A file is written
 * beside its place and renamed, so that an older one is replaced completely or not at all; a stream is ended, or
 * destroyed on failure.
 *
 * @param target - Absolute path of the zip, in a folder that exists, or a stream.
 * @returns Size of the zip in bytes, and its SHA-256 as lower-case hex.
 * @throws UserError DRAFT_NAME_INVALID, MEDIA_UNREADABLE, MEDIA_CHANGED, DISK_FULL, FOLDER_NOT_WRITABLE
 * @throws the reason of `signal` when it is aborted.
 */
export async function writeDraftZip(
  draft: CompiledDraft,
  target: string | Writable,
  { pathStyle = { kind: 'portable' }, signal, isHandedOver = false }: WriteDraftZipOptions = {},
): Promise<WrittenZip> {
  assertDraftName(draft.name);
  signal?.throwIfAborted();
  if (typeof target !== 'string') return writeToStream(zipParts(draft, pathStyle), target, signal);
  if (!isAbsolute(target)) throw new BugError(`target must be absolute (got ${target})`);
  const parts = zipParts(draft, pathStyle);
  try {
    if (isHandedOver) return await writeInPlace(parts, target, signal);
    await sweepWork(dirname(target));
    await using work = openWorkPlace(dirname(target));
    const written = await writeToFile(parts, work.begin(openNewFile), signal);
    renameSync(work.building, target);
    await syncFolder(dirname(target));
    return written;
  } catch (error) {
    signal?.throwIfAborted();
    throw explainFsError(error, target);
  }
}

async function writeInPlace(
  parts: AsyncIterable<Uint8Array>,
  target: string,
  signal: AbortSignal | undefined,
): Promise<WrittenZip> {
  const file = openNewFile(target);
  try {
    return await writeToFile(parts, file, signal);
  } catch (error) {
    await rm(target, { force: true });
    throw error;
  }
}

async function writeToStream(
  parts: AsyncIterable<Uint8Array>,
  sink: Writable,
  signal: AbortSignal | undefined,
): Promise<WrittenZip> {
  const hash = createHash('sha256');
  let bytes = 0;
  const count = async function* (): AsyncGenerator<Uint8Array> {
    for await (const part of parts) {
      bytes += part.length;
      hash.update(part);
      yield part;
    }
  };
  try {
    const source = Readable.from(count(), { objectMode: false });
    await pipeline(source, sink, signal === undefined ? {} : { signal });
  } catch (error) {
    signal?.throwIfAborted();
    throw error;
  }
  return { bytes, sha256: hash.digest('hex') };
}

async function writeToFile(
  parts: AsyncIterable<Uint8Array>,
  file: NewFile,
  signal: AbortSignal | undefined,
): Promise<WrittenZip> {
  const hash = createHash('sha256');
  let bytes = 0;
  try {
    for await (const part of parts) {
      signal?.throwIfAborted();
      await file.append(part);
      hash.update(part);
      bytes += part.length;
    }
    await file.sync();
    signal?.throwIfAborted();
  } finally {
    file.close();
  }
  return { bytes, sha256: hash.digest('hex') };
}

/** The bytes of the zip: documents, media and directory. */
async function* zipParts(draft: CompiledDraft, style: PathStyle): AsyncGenerator<Uint8Array> {
  const entries: PlacedEntry[] = [];
  let offset = 0;
  for (const { names, document } of draftDocuments(draft, style)) {
    // Packed once for all of its names.
    const { data, ...sizes } = await pack(jsonBytes(document));
    for (const name of names) {
      const entry: ZipEntry = { name: `${draft.name}/${name}`, isPacked: true, isDescribed: false, ...sizes };
      const part = Buffer.concat([localHeader(entry), ...data]);
      entries.push({ ...entry, offset });
      offset += part.length;
      yield part;
    }
  }
  for (const media of filesOf(draft)) {
    const entry = mediaEntry(`${draft.name}/${media.path}`, media);
    const start = offset;
    for await (const part of storedParts(entry, media)) {
      offset += part.length;
      yield part;
    }
    entries.push({ ...entry, offset: start });
  }
  yield directory(entries, offset);
}

/** A file as it is: media are packed already. Its checksum becomes known while it is read. */
function mediaEntry(name: string, { file: { bytes } }: DraftMedia): ZipEntry {
  return { name, isPacked: false, isDescribed: true, crc: 0, packedBytes: bytes, bytes };
}

async function* storedParts(entry: ZipEntry, media: DraftMedia): AsyncGenerator<Uint8Array> {
  yield localHeader(entry);
  const { source, check } = await openMedia(media);
  // What goes wrong with either ends the loop.
  connect(source, check, () => {});
  for await (const part of check as AsyncIterable<Buffer>) {
    entry.crc = crc32(part, entry.crc);
    yield part;
  }
  yield descriptor(entry);
}
