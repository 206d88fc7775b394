import { stat } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join } from 'node:path';
import { BugError, showPath, UserError } from '@cozecut/problems';
import { decodeDraftText } from '../drafts/decode-text.ts';
import { JsonDocument } from '../drafts/json/json-document.ts';
import { Lines } from '../drafts/json/lines.ts';
import { findLayout, INDEX_NAME, META_NAME, PROJECT_NAME, timelineFolder } from '../drafts/layout.ts';
import type { OpenedDraft, SideFile, TimelineFile } from '../drafts/opened-draft.ts';
import type { Profile } from '../profiles/profile.ts';
import { DRAFT_LIMITS, type DraftLimits, type DraftSource } from './draft-source.ts';
import { openFolder } from './folder-source.ts';
import { hashOf, readRegularFile, unsafe } from './read-file.ts';
import { openZip } from './zip-source.ts';

/** Options of {@link openDraft}. */
export interface OpenDraftOptions {
  /** App whose draft it is; default: what the draft says. */
  profile?: Profile;
  /** Timeline file to read, relative to the draft; default: the one that the app reads. */
  primary?: string;
  limits?: Partial<DraftLimits>;
}

/**
 * Opens a draft folder or a zip of one and finds out which of its files the app reads. Nothing is written, no link is
 * followed, no media file is opened. A draft that the app has encrypted is opened without its timeline.
 *
 * @param path - Absolute path.
 * @throws UserError DRAFT_NOT_FOUND when there is no draft.
 * @throws UserError DRAFT_FILE_UNKNOWN when `primary` holds no timeline.
 * @throws UserError DRAFT_TOO_LARGE, DRAFT_UNSAFE, ZIP_INVALID, ZIP_UNSAFE
 * @throws UserError ENCODING_UNSUPPORTED, DRAFT_INVALID, JSON_INVALID, JSON_TOO_DEEP, JSON_TOO_COMPLEX,
 * JSON_DUPLICATE_KEY
 *
 * @example
 * ```ts
 * import { resolve } from 'node:path';
 * import { lintDraft, listDraft } from '@cozecut/draft-core';
 * import { openDraft } from '@cozecut/draft-core/node';
 *
 * const opened = await openDraft(resolve('my-draft')); // a folder, or a zip of one
 * console.log(lintDraft(opened).filter(({ severity }) => severity === 'error')); // => []
 * if (opened.timeline === undefined) throw new Error('the app has encrypted this draft');
 * const [track] = listDraft(opened.timeline).tracks;
 * console.log(track?.type, track?.clips.length); // => text 2
 * ```
 */
export async function openDraft(path: string, options: OpenDraftOptions = {}): Promise<OpenedDraft> {
  const source = await openSource(path, options);
  try {
    return await openDraftIn(source, path, options);
  } finally {
    await source.close();
  }
}

/**
 * Lists the files of a draft folder or zip; the caller closes it.
 *
 * @throws UserError as {@link openDraft}
 */
export async function openSource(path: string, options: OpenDraftOptions): Promise<DraftSource> {
  if (!isAbsolute(path)) throw new BugError(`path must be absolute (got ${path})`);
  const limits = { ...DRAFT_LIMITS, ...options.limits };
  const info = await stat(path).catch((cause: unknown) => {
    throw new UserError('DRAFT_NOT_FOUND', `there is nothing at ${path}`, { hint: 'check the path', cause });
  });
  if (info.isDirectory()) return openFolder(path, limits);
  if (!info.isFile()) throw unsafe(path, 'neither a folder nor a file');
  if (timelineFolder(basename(path)) !== undefined) {
    throw new UserError('DRAFT_NOT_FOUND', `${path} is one file of a draft`, {
      hint: `name its folder, ${dirname(path)}`,
    });
  }
  return openZip(path, limits);
}

/** {@link openDraft} for files that are listed already. */
export async function openDraftIn(
  source: DraftSource,
  path: string,
  options: OpenDraftOptions,
): Promise<OpenedDraft> {
  const { kind } = source;
  const limits = { ...DRAFT_LIMITS, ...options.limits };
  const index = kind === 'folder' ? await readIndex(path, limits) : undefined;
  return { kind, path, index, ...(await readDraft(source, path, options)) };
}

async function readDraft(
  source: DraftSource,
  path: string,
  { profile, primary: chosen }: OpenDraftOptions,
): Promise<Omit<OpenedDraft, 'kind' | 'path' | 'index'>> {
  const texts = new Map<string, string>();
  const files: Omit<TimelineFile, 'role'>[] = [];
  for (const entry of source.entries.values()) {
    if (timelineFolder(entry.path) === undefined || entry.kind === 'folder') continue;
    if (entry.kind !== 'file')
      throw unsafe(entry.path, entry.kind === 'link' ? 'a link' : 'not a regular file');
    const bytes = await source.read(entry.path);
    const read = decodeDraftText(bytes, entry.path);
    const sha256 = hashOf(bytes);
    if (read.state === 'plain') texts.set(sha256, read.text);
    const { bytes: size, modifiedMs } = entry;
    files.push({ path: entry.path, state: read.state, bytes: size, sha256, modifiedMs });
  }
  files.sort((a, b) => (a.path < b.path ? -1 : 1));
  const project = await readSide(source, PROJECT_NAME);
  const id = project?.document && valueAt(project.document, ['main_timeline_id']);
  const mainTimelineId = typeof id === 'string' ? id : undefined;
  const documents = new Map<string, JsonDocument>();
  const documentOf = (file: { path: string; sha256: string }): JsonDocument | undefined => {
    const text = texts.get(file.sha256);
    if (text === undefined) return undefined;
    const document = documents.get(file.sha256) ?? readJson(text, file.path);
    documents.set(file.sha256, document);
    return document;
  };
  const layout = findLayout({
    files,
    mainTimelineId,
    profile,
    chosen,
    systemOf: (file) => {
      const document = documentOf(files.find((one) => one.path === file)!);
      const system = document && valueAt(document, ['platform', 'os']);
      return system === 'windows' || system === 'mac' ? system : undefined;
    },
  });
  if (layout === undefined) {
    throw new UserError('DRAFT_NOT_FOUND', `there is no draft in ${path}`, {
      hint: 'a draft has a draft_content.json or draft_info.json',
    });
  }
  const { timelines, reason } = layout;
  const primary = timelines[0]!;
  const meta = await readSide(source, META_NAME);
  const active = timelines.filter(({ role }) => role === 'primary' || role === 'mirror');
  const encrypted = [...active, ...(meta === undefined ? [] : [meta])]
    .filter(({ state }) => state === 'encrypted')
    .map((file) => file.path);
  if (encrypted.length === 0 && primary.state === 'empty') {
    throw new UserError('DRAFT_INVALID', `${primary.path} is empty`, { hint: 'take it from a backup' });
  }
  const timeline = encrypted.length > 0 ? undefined : documentOf(primary);
  const { name, entries } = source;
  const isChosen = chosen !== undefined;
  return { name, entries, timelines, primary, reason, isChosen, timeline, encrypted, mainTimelineId, meta };
}

async function readSide(source: DraftSource, path: string): Promise<SideFile | undefined> {
  const entry = source.entries.get(path);
  if (entry === undefined) return undefined;
  if (entry.kind !== 'file') throw unsafe(path, entry.kind === 'link' ? 'a link' : 'not a regular file');
  return sideFile(path, await source.read(path));
}

/** The list of drafts in the folder that holds the draft; one that cannot be read is not ours to complain about. */
async function readIndex(folder: string, { maxFileBytes }: DraftLimits): Promise<SideFile | undefined> {
  const path = join(dirname(folder), INDEX_NAME);
  try {
    return sideFile(INDEX_NAME, await readRegularFile(path, INDEX_NAME, maxFileBytes));
  } catch {
    return undefined;
  }
}

function sideFile(path: string, bytes: Uint8Array): SideFile {
  const read = decodeDraftText(bytes, path);
  const document = read.state === 'plain' ? readJson(read.text, basename(path)) : undefined;
  return { path, state: read.state, sha256: hashOf(bytes), document };
}

/** Which of two values of a key counts, readers decide differently: what is checked here may not be what is opened. */
function readJson(text: string, name: string): JsonDocument {
  const document = new JsonDocument(text, name);
  const [twice] = document.duplicateKeys();
  if (twice === undefined) return document;
  const { start } = new Lines(document, name).locate(twice.node);
  const key = showPath(twice.path, name).slice(0, 200);
  throw new UserError(
    'JSON_DUPLICATE_KEY',
    `${name}: the key ${key} stands twice, again at line ${start.line}, column ${start.column}`,
    { hint: 'no app writes this; take the draft from a backup, or remove one of the two' },
  );
}

function valueAt(document: JsonDocument, path: string[]): unknown {
  const node = document.at(path);
  return node === undefined ? undefined : document.value(node);
}
