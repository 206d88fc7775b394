import { createWriteStream, mkdirSync, renameSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { dirname, isAbsolute, join, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { BugError, UserError } from '@cozecut/problems';
import type { CompiledDraft, DraftMedia, PathStyle } from '../compile/compiled-draft.ts';
import { draftDocuments } from '../compile/draft-files.ts';
import { assertDraftName } from './draft-name.ts';
import { jsonBytes } from './json-bytes.ts';
import { filesOf, openMedia } from './media-stream.ts';
import { type NewFile, openNewFile } from './new-file.ts';
import {
  exists,
  explainFsError,
  makeFolders,
  ownTempName,
  removeEmpty,
  sweepOrphans,
  syncFolder,
} from './temp.ts';

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
  let building: string | undefined;
  try {
    firstMade = await makeFolders(parent);
    await sweepOrphans(parent);
    building = join(parent, ownTempName());
    mkdirSync(building);
    const bytes = await fill(building, draft, pathStyle ?? { kind: 'absolute', folder }, signal);
    signal?.throwIfAborted();
    await place(building, folder);
    [building, firstMade] = [undefined, undefined];
    await syncFolder(parent);
    return { folder, bytes };
  } catch (error) {
    signal?.throwIfAborted();
    throw explainFsError(error, folder);
  } finally {
    if (building !== undefined) await rm(building, { recursive: true, force: true });
    if (firstMade !== undefined) await removeEmpty(parent, firstMade);
  }
}

async function fill(
  folder: string,
  draft: CompiledDraft,
  style: PathStyle,
  signal: AbortSignal | undefined,
): Promise<number> {
  const folders = new Set([folder]);
  const files: NewFile[] = [];
  let bytes = 0;
  for (const media of filesOf(draft)) {
    const target = join(folder, media.path);
    await mkdir(dirname(target), { recursive: true });
    folders.add(dirname(target));
    await copy(media, target, signal);
    bytes += media.file.bytes;
  }
  try {
    for (const { names, document } of draftDocuments(draft, style)) {
      const first = files.length;
      for (const name of names) files.push(openNewFile(join(folder, name)));
      bytes += await writeDocument(files.slice(first), document, signal);
    }
    // All at once: they share the work of the disk.
    await Promise.all([...files.map((file) => file.sync()), ...[...folders].map(syncFolder)]);
  } finally {
    for (const file of files) file.close();
  }
  return bytes;
}

async function copy(media: DraftMedia, target: string, signal: AbortSignal | undefined): Promise<void> {
  const { source, check } = await openMedia(media);
  const sink = createWriteStream(target, { flags: 'wx', flush: true });
  await pipeline(source, check, sink, signal === undefined ? {} : { signal });
}

/** Writes a document to its files, part by part, so that its text is never whole in memory. */
async function writeDocument(
  files: readonly NewFile[],
  document: object,
  signal: AbortSignal | undefined,
): Promise<number> {
  let bytes = 0;
  // A part is written while the next one is made.
  let writing: Promise<unknown> = Promise.resolve();
  try {
    for (const part of jsonBytes(document)) {
      await writing;
      signal?.throwIfAborted();
      writing = Promise.all(files.map((file) => file.append(part)));
      bytes += part.length * files.length;
    }
  } finally {
    await writing;
  }
  return bytes;
}

async function place(building: string, folder: string): Promise<void> {
  // An empty folder would be replaced without a word.
  if (await exists(folder)) throw draftExists(folder);
  try {
    renameSync(building, folder);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw code === 'ENOTEMPTY' || code === 'EEXIST' ? draftExists(folder) : error;
  }
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
