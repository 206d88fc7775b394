import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, parse, resolve } from 'node:path';
import { openCatalog } from '@cozecut/catalog/node';
import {
  applyDraftEdits,
  type ClipTarget,
  type DraftList,
  type EditPorts,
  editSources,
  listDraft,
  type MediaFile,
  type OpenedDraft,
} from '@cozecut/draft-core';
import {
  editDraftFolder,
  listProcesses,
  openDraft,
  recoverDraft,
  registerDraftFolder,
  renameDraft,
  type SavedDraft,
  type SavedEdits,
  syncMirrors,
} from '@cozecut/draft-core/node';
import { createGuardedFetch, createMediaLibrary, type MediaLibrary } from '@cozecut/media';
import { UserError } from '@cozecut/problems';
import type { Environment } from '../settings.ts';
import { catalogFolders } from './catalog/folder.ts';
import { assertClosedFor } from './editor-closed.ts';
import { interruptible } from './interrupt.ts';
import { settingAbove } from './settings-above.ts';

/** Which draft, and from where a person names it. */
export interface DraftChoice {
  /** Folder, as the person named it. */
  draft: string;
  /** Timeline file to read; default: the one that the app reads. */
  primary?: string | undefined;
  /** Folder that relative paths resolve against. */
  folder: string;
}

/** What `draft edit` was asked for. */
export interface EditRequest extends DraftChoice {
  /** Edits; a clip may be text, as `readClipTarget` reads it. */
  edits: unknown;
  dryRun: boolean;
  /** Whether to write while the app may be running. */
  force: boolean;
  env: Environment;
}

const clock = { now: () => Date.now(), uuid: () => crypto.randomUUID() };

/** Opens a draft; a save that was killed is completed before. */
export async function openChosen({ draft, primary, folder }: DraftChoice): Promise<OpenedDraft> {
  const path = resolve(folder, draft);
  await recoverDraft(path).catch(() => {});
  return openDraft(path, primary === undefined ? {} : { primary });
}

/** What is in a draft, as edits name it. */
export async function listOf(choice: DraftChoice): Promise<DraftList> {
  const { timeline, encrypted } = await openChosen(choice);
  if (timeline === undefined)
    throw new UserError('DRAFT_ENCRYPTED', `the app has encrypted this draft (${encrypted.join(', ')})`);
  return listDraft(timeline);
}

/** Makes edits and saves the draft, or only says what would be done. */
export async function editDraft(request: EditRequest): Promise<SavedEdits> {
  const { folder, env, dryRun, force } = request;
  const opened = await openChosen(request);
  if (!dryRun && !force) await assertClosedFor(opened);
  const edits = withClips(request.edits, opened);
  return interruptible(async (signal) =>
    withMedia(env, folder, async (library) => {
      const ports = await portsFor(edits, library, { env, folder, signal });
      if (!dryRun) return editDraftFolder(opened, edits, ports);
      const { problems, summary } = applyDraftEdits(opened, edits, ports);
      if (problems.some(({ severity }) => severity === 'error'))
        throw UserError.fromProblems('DRAFT_EDIT_FAILED', problems);
      return { version: undefined, files: [], summary, problems };
    }),
  );
}

/** Writes the timeline that the app reads over its mirrors. */
export async function syncDraft(choice: DraftChoice, force: boolean): Promise<SavedDraft> {
  const opened = await openChosen(choice);
  if (!force) await assertClosedFor(opened);
  return syncMirrors(opened, clock);
}

/** Renames a draft; gives its new folder. */
export async function rename(choice: DraftChoice, name: string, force: boolean): Promise<string> {
  return renameDraft(await openChosen(choice), name, { ...clock, ...(force ? {} : { listProcesses }) });
}

/** Puts a draft into the list of its app. */
export async function register(choice: DraftChoice, force: boolean): Promise<string> {
  const opened = await openChosen(choice);
  await registerDraftFolder(opened, { ...clock, ...(force ? {} : { listProcesses }) });
  return opened.path;
}

/** Gives a media library that lives as long as some work. */
export async function withMedia<Result>(
  env: Environment,
  folder: string,
  work: (library: MediaLibrary) => Promise<Result>,
): Promise<Result> {
  const cacheFolder = mkdtempSync(join(tmpdir(), 'cozecut-'));
  try {
    await using library = createMediaLibrary({
      fetch: createGuardedFetch({
        allow: settingAbove<string[]>('egress.allow', env, folder) ?? ['*'],
        denyPrivate: settingAbove<boolean>('egress.denyPrivate', env, folder) ?? true,
        maxBytes: settingAbove<number>('egress.maxBytes', env, folder) ?? 2_000_000_000,
      }),
      mediaRoots: [folder, parse(folder).root],
      cacheFolder,
      uuid: clock.uuid,
    });
    return await work(library);
  } finally {
    rmSync(cacheFolder, { recursive: true, force: true });
  }
}

/** What edits need from outside of their draft. */
export function editPorts(env: Environment, folder: string): EditPorts {
  return { ...clock, catalog: openCatalog(catalogFolders(env, folder)) };
}

async function portsFor(
  edits: unknown,
  library: MediaLibrary,
  { env, folder, signal }: { env: Environment; folder: string; signal: AbortSignal },
): Promise<EditPorts> {
  const sources = editSources(edits);
  const media = new Map<string, MediaFile>();
  for (const source of sources.media) media.set(source, await library.open(source, { signal }));
  const drafts = new Map<string, OpenedDraft>();
  for (const name of sources.drafts) drafts.set(name, await openDraft(resolve(folder, name)));
  return { ...editPorts(env, folder), media, drafts };
}

function withClips(edits: unknown, { timeline }: OpenedDraft): unknown {
  if (!Array.isArray(edits) || timeline === undefined) return edits;
  let list: DraftList | undefined;
  return edits.map((edit: unknown) => {
    const { clip } = (edit ?? {}) as { clip?: unknown };
    if (typeof clip !== 'string') return edit;
    list ??= listDraft(timeline);
    return { ...(edit as object), clip: readClipTarget(clip, list) };
  });
}

/** A clip as a person names it: `TRACK#INDEX`, `TRACK@TIME`, `id:ID`, `name:NAME`, or an id or a name. */
export function readClipTarget(text: string, { tracks }: DraftList): ClipTarget {
  const [, kind, rest] = /^(id|name):(.+)$/s.exec(text) ?? [];
  if (kind !== undefined) return { [kind]: rest };
  if (tracks.some(({ clips }) => clips.some(({ id }) => id === text))) return { id: text };
  if (tracks.some(({ clips }) => clips.some(({ name }) => name === text))) return { name: text };
  const [, track, sign, place = ''] = /^(.+)([#@])([^#@]+)$/s.exec(text) ?? [];
  if (track === undefined) return { name: text };
  return sign === '#' && /^\d+$/.test(place) ? { track, index: Number(place) } : { track, at: place };
}
