import { createHash } from 'node:crypto';
import { createWriteStream, mkdirSync, renameSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname, isAbsolute, join, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { BugError, type Problem, UserError } from '@cozecut/problems';
import type { CompiledDraft, DraftMedia, PathStyle } from '../compile/compiled-draft.ts';
import { draftDocuments } from '../compile/draft-files.ts';
import { assertDraftName } from './draft-name.ts';
import {
  type FileFacts,
  type FolderFacts,
  isSameLook,
  lookAt,
  lookInto,
  recogniseFolder,
} from './folder-facts.ts';
import { jsonBytes } from './json-bytes.ts';
import { filesOf, openMedia } from './media-stream.ts';
import { type NewFile, openNewFile } from './new-file.ts';
import { refreshEntry } from './refresh-entry.ts';
import { exists, explainFsError, makeFolders, removeEmpty, syncFolder } from './temp.ts';
import { openWorkPlace, sweepWork, type WorkPlace } from './work-folder.ts';

/** Options of {@link writeDraftFolder}. */
export interface WriteDraftFolderOptions {
  /** Absolute path of the folder that gets the draft folder; made when it is missing. */
  parentFolder: string;
  /** How files refer to media; default: absolute, below the written folder. */
  pathStyle?: PathStyle;
  /** What the draft folder holds now, which is replaced; default: there must be none. */
  replaces?: FolderFacts | undefined;
  /** Told of the files before they appear in their place; what it throws keeps them from doing so. */
  beforePlacing?(files: FolderFacts): Promise<void>;
  signal?: AbortSignal;
}

/** A draft folder on disk. */
export interface WrittenDraft {
  /** Absolute path. */
  folder: string;
  /** Size of all files. */
  bytes: number;
  /** A warning when the list of the app could not be told about a draft that was replaced. */
  listProblem?: Problem;
}

/**
 * Writes a draft as a folder named after it: built beside its place, synced, then renamed, so that it is there
 * completely or not at all. Media are copied into `assets/`, named by the hash of their content.
 *
 * A folder that is replaced makes way at the very end. A process that is killed leaves the former draft or the new one:
 * for the moment between two renames neither is in its place, and then {@link sweepDrafts}, which every write begins
 * with, brings the former one back. An entry in the list of the app follows. What somebody else has changed is never replaced.
 *
 * @throws UserError DRAFT_EXISTS when the parent already has an entry of this name, which is not what may be replaced;
 * nothing was changed.
 * @throws UserError DRAFT_NAME_INVALID when the name cannot be that of a folder.
 * @throws UserError MEDIA_UNREADABLE, MEDIA_CHANGED when a file is gone or is not the one that was compiled.
 * @throws UserError DISK_FULL, FOLDER_NOT_WRITABLE
 * @throws the reason of `signal` when it is aborted.
 *
 * @example
 * ```ts
 * import { resolve } from 'node:path';
 * import { buildTimeline, compileDraft } from '@cozecut/draft-core';
 * import { writeDraftFolder } from '@cozecut/draft-core/node';
 *
 * const timeline = buildTimeline({ name: 'Morning', canvas: { width: 1080, height: 1920, fps: 30 } });
 * timeline.captions().cue({ text: 'Out at six', start: 0.5, duration: 1.5 });
 * const { draft, problems } = compileDraft(timeline.build(), {
 *   media: new Map(),
 *   draftName: 'morning',
 *   now: Date.now,
 *   uuid: () => crypto.randomUUID(),
 * });
 * if (draft === undefined) throw new Error(problems.map(({ message }) => message).join('\n'));
 * const { folder } = await writeDraftFolder(draft, { parentFolder: resolve('drafts') });
 * console.log(folder); // => …morning
 * ```
 */
export async function writeDraftFolder(
  draft: CompiledDraft,
  { parentFolder, pathStyle, replaces, beforePlacing, signal }: WriteDraftFolderOptions,
): Promise<WrittenDraft> {
  if (!isAbsolute(parentFolder)) throw new BugError(`parentFolder must be absolute (got ${parentFolder})`);
  assertDraftName(draft.name);
  signal?.throwIfAborted();
  const parent = resolve(parentFolder);
  const folder = join(parent, draft.name);
  let firstMade: string | undefined;
  try {
    await sweepWork(parent);
    if (replaces === undefined && (await exists(folder))) throw draftExists(folder);
    firstMade = await makeFolders(parent);
    await using work = openWorkPlace(parent);
    const style = pathStyle ?? { kind: 'absolute' as const, folder };
    work.begin((building) => mkdirSync(building));
    const { bytes, files } = await fill(work.building, draft, style, signal);
    signal?.throwIfAborted();
    await beforePlacing?.(files);
    if (replaces === undefined) await place(work.building, folder);
    else await replace(work, folder, replaces);
    firstMade = undefined;
    await syncFolder(parent);
    const listProblem = replaces === undefined ? undefined : await refreshEntry(folder, draft.name);
    return { folder, bytes, ...(listProblem === undefined ? {} : { listProblem }) };
  } catch (error) {
    signal?.throwIfAborted();
    throw explainFsError(error, folder);
  } finally {
    if (firstMade !== undefined) await removeEmpty(parent, firstMade);
  }
}

/**
 * Removes what killed processes have left of drafts that they were writing into a folder, and brings back the drafts
 * that they were about to replace. Costs nothing where there are none.
 */
export const sweepDrafts: (parentFolder: string) => Promise<void> = sweepWork;

async function fill(
  folder: string,
  draft: CompiledDraft,
  style: PathStyle,
  signal: AbortSignal | undefined,
): Promise<{ bytes: number; files: FileFacts[] }> {
  const folders = new Set([folder]);
  const written: { path: string; sha256: string }[] = [];
  const files: NewFile[] = [];
  for (const media of filesOf(draft)) {
    const target = join(folder, media.path);
    for (let made = dirname(target); made !== folder; made = dirname(made)) folders.add(made);
    await mkdir(dirname(target), { recursive: true });
    await copy(media, target, signal);
    written.push({ path: media.path, sha256: media.file.sha256 });
  }
  try {
    for (const { names, document } of draftDocuments(draft, style)) {
      const first = files.length;
      for (const name of names) files.push(openNewFile(join(folder, name)));
      const sha256 = await writeDocument(files.slice(first), document, signal);
      for (const name of names) written.push({ path: name, sha256 });
    }
    // All at once: they share the work of the disk.
    await Promise.all([...files.map((file) => file.sync()), ...[...folders].map(syncFolder)]);
  } finally {
    for (const file of files) file.close();
  }
  const facts = written.map((file) => ({ ...file, ...lookAt(join(folder, file.path)) }));
  return { bytes: facts.reduce((sum, { bytes }) => sum + bytes, 0), files: facts };
}

async function copy(media: DraftMedia, target: string, signal: AbortSignal | undefined): Promise<void> {
  const { source, check } = await openMedia(media);
  const sink = createWriteStream(target, { flags: 'wx', flush: true });
  await pipeline(source, check, sink, signal === undefined ? {} : { signal });
}

/**
 * Writes a document to its files, part by part, so that its text is never whole in memory.
 *
 * @returns SHA-256 of the text.
 */
async function writeDocument(
  files: readonly NewFile[],
  document: object,
  signal: AbortSignal | undefined,
): Promise<string> {
  const hash = createHash('sha256');
  // A part is written while the next one is made.
  let writing: Promise<unknown> = Promise.resolve();
  try {
    for (const part of jsonBytes(document)) {
      await writing;
      signal?.throwIfAborted();
      writing = Promise.all(files.map((file) => file.append(part)));
      hash.update(part);
    }
  } finally {
    await writing;
  }
  return hash.digest('hex');
}

async function place(building: string, folder: string): Promise<void> {
  // An empty folder would be replaced without a word.
  if (await exists(folder)) throw draftExists(folder);
  renameInto(building, folder);
}

/** Puts a draft where a former one is that nobody has touched. */
async function replace(work: WorkPlace, folder: string, facts: FolderFacts): Promise<void> {
  const look = await recogniseFolder(folder, facts);
  if (look === undefined) throw draftExists(folder);
  // From here on nothing may wait: the draft is missing.
  let aside: string;
  try {
    aside = work.takeAside(folder);
  } catch (error) {
    throw (error as NodeJS.ErrnoException).code === 'ENOENT' ? draftExists(folder) : error;
  }
  try {
    // Somebody may have saved it after it was looked at.
    if (!isSameLook(look, lookInto(aside))) throw draftExists(folder);
    work.mayGo();
    renameInto(work.building, folder);
    work.settled();
  } catch (error) {
    work.putBack();
    throw error;
  }
}

function renameInto(building: string, folder: string): void {
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
  {
    message = `there is already something at ${path}`,
    hint = 'choose another name or folder, or remove it first',
  }: { message?: string; hint?: string } = {},
): UserError {
  return new UserError('DRAFT_EXISTS', message, {
    hint,
    problems: [{ code: 'DR153', severity: 'error', message, hint }],
  });
}
