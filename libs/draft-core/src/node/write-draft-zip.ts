import { createWriteStream } from 'node:fs';
import { mkdtemp, rename, rm } from 'node:fs/promises';
import { dirname, isAbsolute, join } from 'node:path';
import { Readable, Transform, type Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { BugError } from '@cozecut/problems';
import type { CompiledDraft } from '../compile/compiled-draft.ts';
import { draftDocuments } from '../compile/draft-files.ts';
import { jsonChunks } from '../compile/json-chunks.ts';
import { assertDraftName } from './draft-name.ts';
import { filesOf, openMedia } from './media-stream.ts';
import { explainFsError, ownTempPrefix, sweepOrphans, syncFolder } from './temp.ts';

/** Options of {@link writeDraftZip}. */
export interface WriteDraftZipOptions {
  signal?: AbortSignal;
}

/**
 * Writes a draft as a zip that can be unpacked into any draft store: one folder named after the draft, paths with the
 * token that the app replaces. The same draft gives the same bytes. A file is written beside its place and renamed, so
 * that an older one is replaced completely or not at all; a stream is ended, or destroyed on failure.
 *
 * @param target - Absolute path of the zip, in a folder that exists, or a stream.
 * @returns Size of the zip in bytes.
 * @throws UserError DRAFT_NAME_INVALID, MEDIA_UNREADABLE, MEDIA_CHANGED, DISK_FULL, FOLDER_NOT_WRITABLE
 * @throws the reason of `signal` when it is aborted.
 */
export async function writeDraftZip(
  draft: CompiledDraft,
  target: string | Writable,
  { signal }: WriteDraftZipOptions = {},
): Promise<{ bytes: number }> {
  assertDraftName(draft.name);
  signal?.throwIfAborted();
  if (typeof target !== 'string') return { bytes: await writeZip(draft, target, signal) };
  if (!isAbsolute(target)) throw new BugError(`target must be absolute (got ${target})`);
  let temp: string | undefined;
  try {
    await sweepOrphans(dirname(target));
    temp = await mkdtemp(join(dirname(target), ownTempPrefix()));
    const file = join(temp, 'draft.zip');
    const bytes = await writeZip(draft, createWriteStream(file, { flags: 'wx', flush: true }), signal);
    signal?.throwIfAborted();
    await rename(file, target);
    await syncFolder(dirname(target));
    return { bytes };
  } catch (error) {
    signal?.throwIfAborted();
    throw explainFsError(error, target);
  } finally {
    if (temp !== undefined) await rm(temp, { recursive: true, force: true });
  }
}

// Zip times are local and would differ by machine and moment; a fixed one, without the extra UTC field, does not.
const entryOptions = { mtime: new Date(1980, 0, 1), forceDosTimestamp: true, mode: 0o100644 };

async function writeZip(
  draft: CompiledDraft,
  sink: Writable,
  signal: AbortSignal | undefined,
): Promise<number> {
  // Most programs write folders; this brings the compression of Node with it.
  const { ZipFile } = await import('yazl');
  const zip = new ZipFile();
  // A media file that turns out to be another one must fail the whole zip, not only its entry.
  const broken = new AbortController();
  const stop = signal === undefined ? broken.signal : AbortSignal.any([signal, broken.signal]);
  const fail = (error: unknown): void => broken.abort(error);
  zip.on('error', fail);
  for (const { names, document } of draftDocuments(draft, { kind: 'portable' })) {
    for (const name of names) {
      zip.addReadStreamLazy(`${draft.name}/${name}`, entryOptions, (give) => {
        give(null, Readable.from(jsonChunks(document), { objectMode: false }).on('error', fail));
      });
    }
  }
  for (const media of filesOf(draft)) {
    const options = { ...entryOptions, compress: false };
    zip.addReadStreamLazy(`${draft.name}/${media.path}`, options, (give) => {
      openMedia(media).then(({ source, check }) => {
        pipeline(source, check, { signal: stop }).catch(fail);
        give(null, check);
      }, fail);
    });
  }
  zip.end();
  let bytes = 0;
  const count = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      done(null, chunk);
    },
  });
  try {
    await pipeline(zip.outputStream, count, sink, { signal: stop });
  } catch (error) {
    throw stop.aborted ? stop.reason : error;
  }
  return bytes;
}
