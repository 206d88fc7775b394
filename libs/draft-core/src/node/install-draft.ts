import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { basename, isAbsolute, join } from 'node:path';
import { BugError, type Problem } from '@cozecut/problems';
import type { JsonDocument } from '../drafts/json/json-document.ts';
import { META_NAME } from '../drafts/layout.ts';
import type { DraftEntry } from '../drafts/opened-draft.ts';
import { type DraftPlace, type PlacedDraft, placeDraft, placeTimeline } from '../install/place-draft.ts';
import type { Profile } from '../profiles/profile.ts';
import { copyEntries, copyMedia, plainFiles, syncFolders, writeNew } from './copy-files.ts';
import type { DraftSource } from './draft-source.ts';
import { assertEditorClosed, type ListProcesses } from './editor-process.ts';
import { withLock } from './file-lock.ts';
import { type FolderFacts, lookAt } from './folder-facts.ts';
import type { DraftToRegister } from './index-entry.ts';
import { chooseIdentity, type InstallPlan, type InstallRequest, planInstall } from './install-plan.ts';
import { openSource } from './open-draft.ts';
import { hashOf } from './read-file.ts';
import { isInterrupted, recoverInstall, swapDraft } from './swap-draft.ts';
import { explainFsError, ownTempPrefix, removeEmpty, sweepOrphans, TEMP_PREFIX } from './temp.ts';
import { type ExpectedDraft, verifyDraft } from './verify-draft.ts';
import { sweepWork } from './work-folder.ts';

/** How long another install may be at work in the same draft root; media are copied outside of this time. */
const PATIENCE_MS = 60_000;
const LOCK_NAME = `${TEMP_PREFIX}install-lock`;

/** Options of {@link installDraft}. */
export interface InstallOptions extends InstallRequest {
  /** Whether to find out what would be done, and do nothing. */
  dryRun?: boolean | undefined;
  /** Looks for the running app, unless forced. */
  listProcesses: ListProcesses;
  /** Told of the place and the files before they appear there; what it throws keeps them from doing so. */
  beforePlacing?: ((folder: string, files: FolderFacts) => Promise<void>) | undefined;
  /** Unix time in milliseconds. */
  now(): number;
  /** Told how many bytes of all were copied. */
  onProgress?: ((bytes: number, totalBytes: number) => void) | undefined;
  signal?: AbortSignal | undefined;
}

/** A step of an install, in the order in which they are done. Sizes are in bytes. */
export type InstallStep =
  /** The draft root is made. */
  | { step: 'make-root'; path: string }
  /** Files of the draft are copied. */
  | { step: 'copy-draft'; files: number; bytes: number }
  /** A file that lies elsewhere is copied into the draft. */
  | { step: 'copy-media'; path: string; bytes: number }
  /** Files are written with the paths of the new place. */
  | { step: 'write'; files: string[] }
  /** A draft that has the name makes way. */
  | { step: 'replace'; path: string }
  /** The draft appears in the draft root. */
  | { step: 'place'; path: string }
  /** Every file that the draft names is there. */
  | { step: 'verify'; files: number }
  /** The draft is in the list of the app. */
  | { step: 'list'; path: string };

/** A draft in its draft root. */
export interface InstalledDraft {
  /** Absolute path of the draft folder. */
  folder: string;
  /** Of a dry run that would give the draft a new id, one that is not used. */
  draftId: string;
  name: string;
  /** Absolute path of the draft root. */
  root: string;
  profile: Profile;
  steps: InstallStep[];
  /** What is worth knowing; none is an error. */
  problems: Problem[];
}

/**
 * Puts a draft folder, or a zip of one, into the draft root of an app: copied into a temporary folder there, with the
 * paths of its new place, renamed, and put into the list that the app shows. A process that is killed leaves the
 * former state or the new one, and the next install brings the rest into order. Two installs wait for each other.
 *
 * @throws UserError DRAFT_EXISTS when the name is taken and `replace` is not set.
 * @throws UserError MEDIA_NOT_FOUND when media of the draft cannot be used where they are; `force` goes on.
 * @throws UserError DRAFT_ROOT_INVALID when the root is a draft, or lies in one.
 * @throws UserError DRAFT_ROOT_UNKNOWN, APP_UNKNOWN when there is no telling where it goes.
 * @throws UserError EDITOR_RUNNING, PROCESSES_UNKNOWN, DRAFT_ENCRYPTED, DRAFT_NAME_INVALID, INDEX_UNREADABLE
 * @throws UserError INSTALL_INCOMPLETE when the draft is not right afterwards; all is as it was.
 * @throws UserError DRAFT_UNSAFE, ZIP_UNSAFE, DRAFT_TOO_LARGE and all others of `openDraft`
 * @throws UserError DRAFT_BUSY, DISK_FULL, FOLDER_NOT_WRITABLE, INSTALL_JOURNAL_DAMAGED
 * @throws the reason of `signal` when it is aborted.
 *
 * @example
 * ```ts
 * import { randomUUID } from 'node:crypto';
 * import { homedir } from 'node:os';
 * import { resolve } from 'node:path';
 * import { installDraft, listProcesses } from '@cozecut/draft-core/node';
 *
 * const { folder, problems } = await installDraft({
 *   source: resolve('my-draft'),
 *   root: resolve('drafts'), // left out: the app on this machine
 *   system: { platform: process.platform, home: homedir(), localAppData: process.env.LOCALAPPDATA },
 *   listProcesses,
 *   uuid: randomUUID,
 *   now: Date.now,
 * });
 * console.log(folder, problems.length);
 * ```
 */
export async function installDraft(options: InstallOptions): Promise<InstalledDraft> {
  const { root, signal, dryRun } = options;
  if (root !== undefined && !isAbsolute(root)) throw new BugError(`root must be absolute (got ${root})`);
  const source = await openSource(
    options.source,
    options.limits === undefined ? {} : { limits: options.limits },
  );
  try {
    const plan = await planInstall(source, options, async (place, profile) => {
      signal?.throwIfAborted();
      if (!options.force) await assertEditorClosed(profile, options.listProcesses);
      if (!dryRun) await tidy(place);
    });
    if (dryRun) return resultOf(plan);
    return await carryOut(source, plan, options);
  } finally {
    await source.close();
  }
}

/** Brings a draft root into order after installs that were killed. */
async function tidy(root: string): Promise<void> {
  try {
    await sweepOrphans(root);
    await sweepWork(root);
    if (await isInterrupted(root)) await inRoot(root, () => recoverInstall(root));
  } catch (error) {
    throw explainFsError(error, root);
  }
}

function inRoot<T>(root: string, work: () => Promise<T>): Promise<T> {
  return withLock(join(root, LOCK_NAME), PATIENCE_MS, work);
}

async function carryOut(
  source: DraftSource,
  plan: InstallPlan,
  options: InstallOptions,
): Promise<InstalledDraft> {
  const { root, folder, name, media, opened, profile } = plan;
  const { signal, onProgress } = options;
  const files = copiedFiles(plan);
  const total = [...files, ...media.copies].reduce((sum, { bytes }) => sum + bytes, 0);
  let copiedBytes = 0;
  const onBytes = (bytes: number): void => {
    copiedBytes += bytes;
    onProgress?.(copiedBytes, total);
  };
  let firstMade: string | undefined;
  let temp: string | undefined;
  let isDone = false;
  try {
    firstMade = await mkdir(root, { recursive: true });
    await sweepOrphans(root);
    temp = await mkdtemp(join(root, ownTempPrefix()));
    // Inside of the temporary folder, which only its owner may enter, the draft gets the usual permissions.
    const building = join(temp, name);
    await mkdir(building);
    const hashes = await copyEntries(source, opened, files, building, { onBytes, signal });
    const copied = await copyMedia(media.copies, building, { onBytes, signal });
    const result = await inRoot(root, async () => {
      signal?.throwIfAborted();
      await recoverInstall(root);
      const identity = await chooseIdentity(root, name, opened, options);
      const place: DraftPlace = {
        folder,
        root,
        name,
        profile,
        draftId: identity.draftId,
        timelineId: identity.timelineId,
        nowUs: options.now() * 1000,
        copied,
      };
      const written = await writeDocuments(plan, place, building);
      await syncFolders(building, [...opened.entries.keys(), ...written.texts.keys()]);
      const draft = draftOf(plan, place, written.placed);
      const expected = expectedOf(plan, place, written.timeline, copied);
      for (const [path, text] of written.texts) hashes.set(path, hashOf(Buffer.from(text)));
      await options.beforePlacing?.(folder, factsOf(building, hashes, copied));
      if (!options.force) await assertEditorClosed(profile, options.listProcesses);
      await swapDraft({ root, building, draft, former: identity.former }, () => verifyDraft(expected));
      return resultOf({ ...plan, identity });
    });
    isDone = true;
    return result;
  } catch (error) {
    signal?.throwIfAborted();
    throw explainFsError(error, folder);
  } finally {
    if (temp !== undefined) await rm(temp, { recursive: true, force: true });
    if (!isDone && firstMade !== undefined) await removeEmpty(root, firstMade);
  }
}

/** Timeline files that get the text of the one that is read. */
function mirrorsOf({ opened, profile }: InstallPlan): string[] {
  const active = opened.timelines.filter(({ role }) => role === 'primary' || role === 'mirror');
  return [...new Set([...active.map(({ path }) => path), profile.primaryName])];
}

function copiedFiles(plan: InstallPlan): DraftEntry[] {
  const mirrors = mirrorsOf(plan);
  return plainFiles(plan.opened, (path) => plan.documents.has(path) || mirrors.includes(path));
}

async function writeDocuments(plan: InstallPlan, place: DraftPlace, building: string) {
  const { opened, documents } = plan;
  const placed = placeDraft(opened, documents.get(opened.primary.path)!, place);
  const texts = new Map<string, string>([[META_NAME, placed.meta.text]]);
  for (const path of mirrorsOf(plan)) texts.set(path, placed.timeline.text);
  for (const [path, document] of documents) {
    if (!texts.has(path)) texts.set(path, placeOther(document, plan, place));
  }
  for (const [path, text] of texts) await writeNew(join(building, path), text);
  return { placed, timeline: placed.timeline.text, texts };
}

/** Another timeline of the project, or an older state; it keeps its own id. */
function placeOther(document: JsonDocument, { opened }: InstallPlan, place: DraftPlace): string {
  return placeTimeline(document, opened, { ...place, timelineId: undefined }).text;
}

/** What is in a draft that is about to be placed. */
function factsOf(
  building: string,
  hashes: ReadonlyMap<string, string>,
  copied: ReadonlyMap<string, DraftEntry>,
): FolderFacts {
  const media = [...copied.values()].map(({ path }) => [path, basename(path).split('.')[0]!] as const);
  return [...new Map([...hashes, ...media])].map(([path, sha256]) => ({
    path,
    sha256,
    ...lookAt(join(building, path)),
  }));
}

function draftOf(
  { media, profile, folder, name }: InstallPlan,
  { draftId }: DraftPlace,
  { durationUs, createdUs, modifiedUs, mediaBytes }: PlacedDraft,
): DraftToRegister {
  const sizes = [...media.held.values(), ...media.left.values(), ...media.copies.map(({ bytes }) => bytes)];
  const counted = sizes.reduce((sum, bytes) => sum + bytes, 0);
  const times = { durationUs, createdUs, modifiedUs };
  return { folder, name, draftId, profile, mediaBytes: mediaBytes ?? counted, ...times };
}

function expectedOf(
  plan: InstallPlan,
  { folder, draftId }: DraftPlace,
  timeline: string,
  copied: ReadonlyMap<string, DraftEntry>,
): ExpectedDraft {
  const files = new Map<string, number>(plan.media.left);
  for (const { path, bytes } of [...copiedFiles(plan), ...copied.values()])
    files.set(join(folder, path), bytes);
  return { folder, draftId, sha256: hashOf(Buffer.from(timeline)), mirrors: mirrorsOf(plan), files };
}

function resultOf(plan: InstallPlan): InstalledDraft {
  const { root, folder, name, profile, identity, media, isRootMade } = plan;
  const files = copiedFiles(plan);
  const written = [...new Set([META_NAME, ...mirrorsOf(plan), ...plan.documents.keys()])];
  const steps: InstallStep[] = [
    ...(isRootMade ? [{ step: 'make-root' as const, path: root }] : []),
    { step: 'copy-draft', files: files.length, bytes: files.reduce((sum, { bytes }) => sum + bytes, 0) },
    ...media.copies.map(({ written: path, bytes }) => ({ step: 'copy-media' as const, path, bytes })),
    { step: 'write', files: written.sort() },
    ...(identity.former === undefined
      ? []
      : [{ step: 'replace' as const, path: join(root, identity.former) }]),
    { step: 'place', path: folder },
    { step: 'verify', files: files.length + media.copies.length + media.left.size },
    { step: 'list', path: join(root, 'root_meta_info.json') },
  ];
  const problems = [...plan.problems, ...identity.problems];
  return { folder, draftId: identity.draftId, name, root, profile, steps, problems };
}
