import { createWriteStream } from 'node:fs';
import { type FileHandle, mkdir, mkdtemp, open, rename, rm } from 'node:fs/promises';
import { dirname, isAbsolute, join, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { BugError, UserError } from '@cozecut/problems';
import type { CompiledDraft, DraftMedia, PathStyle } from '../compile/compiled-draft.ts';
import { type DraftDocument, draftDocuments } from '../compile/draft-files.ts';
import { assertDraftName } from './draft-name.ts';
import { jsonBytes } from './json-bytes.ts';
import { filesOf, openMedia } from './media-stream.ts';
import { exists, explainFsError, ownTempPrefix, removeEmpty, sweepOrphans, syncFolder } from './temp.ts';

/** Options of {@link writeDraftFolder}. */
export interface WriteDraftFolderOptions {
  /** Absolute path of the folder that gets the draft folder; made when it is missing. */
  parentFolder: string;
  /** How files refer to media; default: absolute, below the written folder. */
  pathStyle?: PathStyle;
  signal?: AbortSignal;
}

/** A draft folder on disk. */
export interface WrittenDraft {
  /** Absolute path. */
  folder: string;
  /** Size of all files. */
  bytes: number;
}

/**
 * Writes a draft as a folder named after it: built beside its place, synced, then renamed, so that it is there
 * completely or not at all. Media are copied into `assets/`, named by the hash of their content.
 *
 * @throws UserError DRAFT_EXISTS when the parent already has an entry of this name; nothing was changed.
 * @throws UserError DRAFT_NAME_INVALID when the name cannot be that of a folder.
 * @throws UserError MEDIA_UNREADABLE, MEDIA_CHANGED when a file is gone or is not the one that was compiled.
 * @throws UserError DISK_FULL, FOLDER_NOT_WRITABLE
 * @throws the reason of `signal` when it is aborted.
 */
export async function writeDraftFolder(
  draft: CompiledDraft,
  { parentFolder, pathStyle, signal }: WriteDraftFolderOptions,
): Promise<WrittenDraft> {
  if (!isAbsolute(parentFolder)) throw new BugError(`parentFolder must be absolute (got ${parentFolder})`);
  assertDraftName(draft.name);
  signal?.throwIfAborted();
  const parent = resolve(parentFolder);
  const folder = join(parent, draft.name);
  if (await exists(folder)) throw draftExists(folder);
  let firstMade: string | undefined;
  let temp: string | undefined;
  let done = false;
  try {
    firstMade = await mkdir(parent, { recursive: true });
    await sweepOrphans(parent);
    temp = await mkdtemp(join(parent, ownTempPrefix()));
    // Inside of the temporary folder, which only its owner may enter, the draft gets the usual permissions.
    const building = join(temp, draft.name);
    await mkdir(building);
    const bytes = await fill(building, draft, pathStyle ?? { kind: 'absolute', folder }, signal);
    signal?.throwIfAborted();
    await place(building, folder);
    done = true;
    await syncFolder(parent);
    return { folder, bytes };
  } catch (error) {
    signal?.throwIfAborted();
    throw explainFsError(error, folder);
  } finally {
    if (temp !== undefined) await rm(temp, { recursive: true, force: true });
    if (!done && firstMade !== undefined) await removeEmpty(parent, firstMade);
  }
}

async function fill(
  folder: string,
  draft: CompiledDraft,
  style: PathStyle,
  signal: AbortSignal | undefined,
): Promise<number> {
  const folders = new Set([folder]);
  let bytes = 0;
  for (const media of filesOf(draft)) {
    const target = join(folder, media.path);
    await mkdir(dirname(target), { recursive: true });
    folders.add(dirname(target));
    await copy(media, target, signal);
    bytes += media.file.bytes;
  }
  for (const document of draftDocuments(draft, style)) {
    signal?.throwIfAborted();
    bytes += await writeDocument(folder, document, signal);
  }
  await Promise.all([...folders].map(syncFolder));
  return bytes;
}

async function copy(media: DraftMedia, target: string, signal: AbortSignal | undefined): Promise<void> {
  const { source, check } = await openMedia(media);
  const sink = createWriteStream(target, { flags: 'wx', flush: true });
  await pipeline(source, check, sink, signal === undefined ? {} : { signal });
}

/** Writes a document under its names, part by part, so that its text is never whole in memory. */
async function writeDocument(
  folder: string,
  { names, document }: DraftDocument,
  signal: AbortSignal | undefined,
): Promise<number> {
  let bytes = 0;
  const handles: FileHandle[] = [];
  // A part is written while the next one is made.
  let writing: Promise<unknown> = Promise.resolve();
  try {
    for (const name of names) handles.push(await open(join(folder, name), 'wx'));
    for (const part of jsonBytes(document)) {
      await writing;
      signal?.throwIfAborted();
      writing = Promise.all(handles.map((handle) => handle.appendFile(part)));
      bytes += part.length * handles.length;
    }
    await writing;
    await Promise.all(handles.map((handle) => handle.sync()));
  } finally {
    await writing.catch(() => {});
    for (const handle of handles) await handle.close();
  }
  return bytes;
}

async function place(building: string, folder: string): Promise<void> {
  // An empty folder would be replaced without a word.
  if (await exists(folder)) throw draftExists(folder);
  await rename(building, folder).catch((error: unknown) => {
    const { code } = error as NodeJS.ErrnoException;
    throw code === 'ENOTEMPTY' || code === 'EEXIST' ? draftExists(folder) : error;
  });
}

/** DR153: the error of a place that is taken; nothing is replaced unasked. */
export function draftExists(
  path: string,
  hint = 'choose another name or folder, or remove it first',
): UserError {
  const message = `there is already something at ${path}`;
  return new UserError('DRAFT_EXISTS', message, {
    hint,
    problems: [{ code: 'DR153', severity: 'error', message, hint }],
  });
}
