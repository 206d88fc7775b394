import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type Problem, UserError } from '@cozecut/problems';
import { META_NAME } from '../drafts/layout.ts';
import { ENCRYPTED_HINT, type OpenedDraft } from '../drafts/opened-draft.ts';
import { DRAFT_LIMITS } from './draft-source.ts';
import { withLock } from './file-lock.ts';
import {
  type DraftVersion,
  finishSave,
  historyPaths,
  makeHistory,
  readVersion,
  readVersionFile,
  storeVersion,
  trimHistory,
  versionNumbers,
} from './history-files.ts';
import { openDraft } from './open-draft.ts';
import { hashOf, readRegularFile } from './read-file.ts';
import { nameIn, refreshEntry } from './refresh-entry.ts';
import { explainFsError } from './temp.ts';

/** How many former versions of a draft are kept. */
export const KEPT_VERSIONS = 20;
/** How long a save waits for another process. */
const PATIENCE_MS = 10_000;

/** What a save does. */
export interface SaveOptions {
  /** What the history says about it, one phrase. */
  reason: string;
  /** Unix time in milliseconds. */
  now(): number;
}

/** New texts of a draft; what is left out stays. */
export interface DraftTexts {
  timeline?: string | undefined;
  meta?: string | undefined;
  /** Files, relative to the draft, that get the timeline even when they are not there yet. */
  alsoAs?: readonly string[] | undefined;
}

/** What a save did. */
export interface SavedDraft {
  /** The former state, see {@link draftHistory}; `undefined` when nothing was to be written. */
  version: number | undefined;
  /** Files that were written. */
  files: string[];
  /** A warning when the list of the app could not be told about the change. */
  listProblem?: Problem;
}

/**
 * Writes a draft folder: every mirror of the timeline gets the same bytes, and the former files go into the history of
 * the draft; the entry of a draft that is in the list of the app follows. A reader finds each file old or new; a save that is killed is completed by the next one. Of two saves that
 * began with the same state, the second is refused.
 *
 * @param opened - The draft as it was when the texts were made.
 * @throws UserError DRAFT_ENCRYPTED when the app has taken the draft over.
 * @throws UserError DRAFT_MIRRORS_DIFFER when mirrors differ and nobody chose one.
 * @throws UserError DRAFT_CHANGED when a file is no longer what was opened.
 * @throws UserError DRAFT_READ_ONLY when it is a zip.
 * @throws UserError DRAFT_BUSY, DRAFT_UNSAFE, DISK_FULL, FOLDER_NOT_WRITABLE
 */
export async function saveDraft(
  opened: OpenedDraft,
  texts: DraftTexts,
  options: SaveOptions,
): Promise<SavedDraft> {
  assertWritable(opened);
  const wanted = new Map<string, Uint8Array>();
  if (texts.timeline !== undefined) {
    const bytes = Buffer.from(texts.timeline);
    for (const { path, role } of opened.timelines)
      if (role === 'primary' || role === 'mirror') wanted.set(path, bytes);
    for (const path of texts.alsoAs ?? []) wanted.set(path, bytes);
  }
  if (texts.meta !== undefined) wanted.set(META_NAME, Buffer.from(texts.meta));
  return replace(opened.path, wanted, options, (current) => {
    const expected = [...opened.timelines, ...(opened.meta === undefined ? [] : [opened.meta])];
    const known = new Map(expected.map(({ path, sha256 }) => [path, sha256]));
    const changed = [...known.keys(), ...current.keys()].find(
      (path) => current.get(path) !== known.get(path),
    );
    if (changed === undefined) return;
    throw new UserError('DRAFT_CHANGED', `${changed} has changed since the draft was opened`, {
      hint: 'close the editor, open the draft again and repeat the change',
    });
  });
}

/**
 * Former states of a draft folder, the latest first. A save that was killed is completed before.
 *
 * @throws UserError DRAFT_NOT_FOUND when there is no such folder.
 */
export async function draftHistory(folder: string): Promise<DraftVersion[]> {
  const info = await stat(folder).catch(() => undefined);
  if (!info?.isDirectory()) {
    throw new UserError('DRAFT_NOT_FOUND', `there is no draft folder at ${folder}`, {
      hint: 'check the path',
    });
  }
  await recoverDraft(folder);
  const versions: DraftVersion[] = [];
  for (const number of (await versionNumbers(folder)).reverse()) {
    const stored = await readVersion(folder, number);
    if (stored === undefined) continue;
    const { version, at, reason, files } = stored;
    versions.push({ version, at, reason, files });
  }
  return versions;
}

/**
 * Brings a former state of a draft folder back; the state that it replaces goes into the history, so that this can be
 * undone too. Mirrors that the app has made since get the former timeline as well.
 *
 * @param version - Number of the state; default: the latest.
 * @throws UserError VERSION_UNKNOWN, HISTORY_DAMAGED
 * @throws UserError DRAFT_BUSY, DRAFT_UNSAFE, DISK_FULL, FOLDER_NOT_WRITABLE
 */
export async function restoreDraft(
  folder: string,
  version: number | undefined,
  { now }: Pick<SaveOptions, 'now'>,
): Promise<SavedDraft & { restored: DraftVersion }> {
  const versions = await draftHistory(folder);
  const restored = version === undefined ? versions[0] : versions.find((one) => one.version === version);
  if (restored === undefined) {
    const known = versions.map((one) => one.version).join(', ');
    const message =
      version === undefined ? `${folder} has no history` : `there is no version ${version} of ${folder}`;
    throw new UserError('VERSION_UNKNOWN', message, {
      hint: known === '' ? 'nothing was changed by cozecut yet' : `versions: ${known}`,
    });
  }
  const wanted = new Map<string, Uint8Array | undefined>();
  for (const { path, sha256 } of restored.files) {
    const bytes =
      sha256 === null
        ? undefined
        : await readVersionFile(folder, restored.version, sha256, DRAFT_LIMITS.maxFileBytes);
    if (bytes !== undefined && hashOf(bytes) !== sha256) {
      throw new UserError('HISTORY_DAMAGED', `version ${restored.version} is not what was kept`, {
        hint: 'choose another one',
      });
    }
    wanted.set(path, bytes);
  }
  const opened = await openDraft(folder).catch(() => undefined);
  const [main] = restored.files;
  const timeline = main === undefined ? undefined : wanted.get(main.path);
  for (const { path, role } of opened?.timelines ?? []) {
    if ((role === 'primary' || role === 'mirror') && !wanted.has(path)) wanted.set(path, timeline);
  }
  const reason = `restore of version ${restored.version}`;
  return { ...(await replace(folder, wanted, { reason, now }, () => {})), restored };
}

/** Completes a save that was killed. Does nothing in a folder that has no history or cannot be written. */
export async function recoverDraft(folder: string): Promise<void> {
  const { history, lock } = historyPaths(folder);
  const info = await stat(join(history, String((await versionNumbers(folder)).at(-1)), 'after')).catch(
    () => undefined,
  );
  if (info === undefined) return;
  await withLock(lock, PATIENCE_MS, () => finishAll(folder));
}

async function replace(
  folder: string,
  wanted: ReadonlyMap<string, Uint8Array | undefined>,
  { reason, now }: SaveOptions,
  check: (current: ReadonlyMap<string, string>) => void,
): Promise<SavedDraft> {
  let formerMeta: Uint8Array | undefined;
  try {
    await makeHistory(folder);
    const saved = await withLock(historyPaths(folder).lock, PATIENCE_MS, async () => {
      await finishAll(folder);
      const { current, former, modes } = await readCurrent(folder, wanted.keys());
      check(current);
      const writes = [...wanted]
        .map(([path, bytes]) => ({
          path,
          bytes,
          sha256: bytes === undefined ? null : hashOf(bytes),
          mode: modes.get(path) ?? 0o644,
        }))
        .filter(({ path, sha256 }) => (current.get(path) ?? null) !== sha256);
      if (writes.length === 0) return { version: undefined, files: [] };
      const version = ((await versionNumbers(folder)).at(-1) ?? 0) + 1;
      const files = [...new Set([...wanted.keys(), ...current.keys()])].map((path) => ({
        path,
        sha256: current.get(path) ?? null,
      }));
      const at = new Date(now()).toISOString();
      await storeVersion(folder, { version: { version, at, reason, files }, former, writes });
      await finishSave(folder, version);
      await trimHistory(folder, KEPT_VERSIONS);
      formerMeta = former.get(current.get(META_NAME) ?? '');
      return { version, files: writes.map(({ path }) => path) };
    });
    const listProblem =
      saved.version === undefined ? undefined : await refreshEntry(folder, nameIn(formerMeta));
    return listProblem === undefined ? saved : { ...saved, listProblem };
  } catch (error) {
    throw explainFsError(error, folder);
  }
}

async function finishAll(folder: string): Promise<void> {
  const last = (await versionNumbers(folder)).at(-1);
  if (last !== undefined) await finishSave(folder, last);
}

/** The files that make up a state: every timeline file, the file about the draft, and those that will be written. */
async function readCurrent(folder: string, wanted: Iterable<string>) {
  const paths = new Set(wanted);
  const opened = await openDraft(folder).catch(() => undefined);
  for (const { path } of opened?.timelines ?? []) paths.add(path);
  paths.add(META_NAME);
  const current = new Map<string, string>();
  const former = new Map<string, Uint8Array>();
  const modes = new Map<string, number>();
  for (const path of paths) {
    const info = await stat(join(folder, path)).catch(() => undefined);
    if (info === undefined) continue;
    const bytes = await readRegularFile(join(folder, path), path, DRAFT_LIMITS.maxFileBytes);
    current.set(path, hashOf(bytes));
    former.set(hashOf(bytes), bytes);
    modes.set(path, info.mode & 0o777);
  }
  return { current, former, modes };
}

/** @throws UserError DRAFT_ENCRYPTED when the app has encrypted files of a draft. */
export function assertPlain(encrypted: readonly string[]): void {
  if (encrypted.length === 0) return;
  throw new UserError('DRAFT_ENCRYPTED', `the app has encrypted this draft (${encrypted.join(', ')})`, {
    hint: ENCRYPTED_HINT,
  });
}

function assertWritable(opened: OpenedDraft): void {
  const { kind, path, encrypted } = opened;
  if (kind === 'zip') {
    throw new UserError('DRAFT_READ_ONLY', `${path} is a zip, which is only read`, {
      hint: 'unpack it and name the folder',
    });
  }
  assertPlain(encrypted);
  assertOneTimeline(opened);
}

/** @throws UserError DRAFT_MIRRORS_DIFFER when mirrors differ and nobody chose one. */
export function assertOneTimeline({ timelines, primary, isChosen }: OpenedDraft): void {
  const other = timelines.find(({ role, sha256 }) => role === 'mirror' && sha256 !== primary.sha256);
  if (other !== undefined && !isChosen) {
    throw new UserError('DRAFT_MIRRORS_DIFFER', `${primary.path} and ${other.path} differ`, {
      hint: `choose the one to keep: --primary ${primary.path} or --primary ${other.path}`,
    });
  }
}
