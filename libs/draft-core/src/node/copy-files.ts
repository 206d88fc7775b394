import { createHash, randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, open, realpath, rename, rm } from 'node:fs/promises';
import { dirname, extname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { META_NAME } from '../drafts/layout.ts';
import type { DraftEntry, OpenedDraft } from '../drafts/opened-draft.ts';
import type { MediaCopy } from '../install/plan-media.ts';
import type { DraftSource } from './draft-source.ts';
import { changed, streamRegularFile } from './read-file.ts';
import { exists, syncFolder } from './temp.ts';

/** Told about bytes that were copied. */
export interface CopyOptions {
  onBytes(bytes: number): void;
  signal: AbortSignal | undefined;
}

/** Files of a draft that are copied as they are: all but those that are written anew. */
export function plainFiles({ entries }: OpenedDraft, written: (path: string) => boolean): DraftEntry[] {
  return [...entries.values()].filter(
    ({ kind, path }) => kind === 'file' && path !== META_NAME && !written(path),
  );
}

/**
 * Copies files of a draft, synced, with the folders of the draft.
 *
 * @returns SHA-256 of each file, lower-case hex, by its path.
 */
export async function copyEntries(
  source: DraftSource,
  { entries }: OpenedDraft,
  files: readonly DraftEntry[],
  target: string,
  options: CopyOptions,
): Promise<Map<string, string>> {
  const hashes = new Map<string, string>();
  for (const { path, kind } of entries.values())
    if (kind === 'folder') await mkdir(join(target, path), { recursive: true });
  for (const { path, bytes } of files) {
    options.signal?.throwIfAborted();
    const file = join(target, path);
    await mkdir(dirname(file), { recursive: true });
    if (source.entries.get(path)?.bytes !== bytes) throw changed(path);
    hashes.set(path, await copyStream(await source.stream(path), file, options));
  }
  return hashes;
}

/** Copies files from outside into a draft, named by the hash of their content. */
export async function copyMedia(
  copies: readonly MediaCopy[],
  target: string,
  options: CopyOptions,
): Promise<Map<string, DraftEntry>> {
  const copied = new Map<string, DraftEntry>();
  for (const { written, bytes, folder } of copies) {
    options.signal?.throwIfAborted();
    await mkdir(join(target, folder), { recursive: true });
    const temp = join(target, folder, `.${randomUUID()}`);
    const sha256 = await copyStream(
      await streamRegularFile(await realpath(written), written, bytes),
      temp,
      options,
    );
    const extension = /^\.[a-z0-9]{1,8}$/.exec(extname(written).toLowerCase())?.[0] ?? '';
    const path = `${folder}/${sha256}${extension}`;
    if (await exists(join(target, path))) await rm(temp);
    else await rename(temp, join(target, path));
    copied.set(written, { path, kind: 'file', bytes, modifiedMs: 0 });
  }
  return copied;
}

/** Writes a file that must not be there, synced. */
export async function writeNew(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const handle = await open(path, 'wx');
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Makes sure that the names in the folders of a draft survive a power cut. */
export async function syncFolders(target: string, files: Iterable<string>): Promise<void> {
  const folders = new Set<string>();
  for (const file of files)
    for (let folder = dirname(file); !folders.has(folder); folder = dirname(folder)) folders.add(folder);
  for (const folder of folders) await syncFolder(join(target, folder));
}

async function copyStream(source: Readable, file: string, { onBytes, signal }: CopyOptions): Promise<string> {
  const hash = createHash('sha256');
  const sink = createWriteStream(file, { flags: 'wx', flush: true });
  const tell = async function* (chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    for await (const chunk of chunks) {
      hash.update(chunk);
      onBytes(chunk.length);
      yield chunk;
    }
  };
  await pipeline(source, tell, sink, signal === undefined ? {} : { signal });
  return hash.digest('hex');
}
