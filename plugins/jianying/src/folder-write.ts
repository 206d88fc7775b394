import { lstatSync, statSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type CompiledDraft, type DraftIdentity, mediaSources } from '@cozecut/draft-core';
import {
  draftExists,
  type FolderFacts,
  recogniseFolder,
  sweepDrafts,
  writeDraftFolder,
} from '@cozecut/draft-core/node';
import type { Drafts, ToolContext } from '@cozecut/plugin-host';
import type { Problem } from '@cozecut/problems';
import { openMedia } from './media.ts';
import { isInside } from './place.ts';
import type { SavePlace, ZipStyle } from './save-place.ts';
import { storedTimeline } from './stored-timeline.ts';
import {
  type ArchiveOf,
  type CompiledFrom,
  compile,
  countClips,
  type Finding,
  finding,
  keepArchive,
  type MadeArchive,
  makeArchive,
  withFolder,
} from './write-draft.ts';

/** A draft as the store hands it out. */
export type StoredDraft = Awaited<ReturnType<Drafts['get']>>;

/** What is known of a draft folder that was written: enough to tell it, and to make its archive again. */
export interface WriteFacts extends CompiledFrom {
  /** Version of the plugin. */
  by: string;
  identity: DraftIdentity;
  files: FolderFacts;
  /** Files of this machine that are in the draft. */
  media: { path: string; bytes: number; mtimeMs: number }[];
  /** SHA-256 of the zips that callers got, by the key of their style. */
  archives?: Record<string, string>;
  duration_us: number;
  tracks: number;
  clips: number;
  problems: Finding[];
}

/** A draft folder that was written, as the store keeps it. */
export type FolderWrite = Omit<Awaited<ReturnType<Drafts['writes']>>[number], 'facts'> & {
  facts: WriteFacts;
};

/** What is told of a draft folder. */
export interface SavedFolder extends Pick<WriteFacts, 'duration_us' | 'tracks' | 'clips' | 'problems'> {
  /** State of the draft that is in the folder and in the zip. */
  revision: number;
  archive_url?: string;
  zip_url?: string;
  sha256?: string;
}

/** So many styles of zips are remembered for one write. */
const MOST_STYLES = 8;

/**
 * Which of our writes a folder holds; nothing when there is no folder.
 *
 * @throws UserError DRAFT_EXISTS when it holds something else.
 */
export async function findWrite(
  id: string,
  parent: string,
  name: string,
  { drafts }: ToolContext,
): Promise<FolderWrite | undefined> {
  const folder = join(parent, name);
  await sweepDrafts(parent);
  let writes: FolderWrite[];
  // While others are replacing the folder, only what is found twice is so.
  for (let former: string | undefined; ; ) {
    if (placeOf(folder) === undefined) return undefined;
    writes = (await drafts.writes(id, folder)) as FolderWrite[];
    for (const write of writes) {
      if ((await recogniseFolder(folder, write.facts.files)) === undefined) continue;
      // Its process has ended before it could say so.
      if (!write.isSaved) await drafts.saved(id, folder, write);
      return write;
    }
    const found = JSON.stringify([placeOf(folder), writes.map((write) => write.id)]);
    if (found === former) break;
    former = found;
  }
  if (writes.length === 0) throw draftExists(folder);
  throw draftExists(folder, {
    message: `${folder} has changed since it was saved`,
    hint: 'choose another folder with output_folder, or move the changed draft away first',
  });
}

/** Tells what is at a path from what is there after another rename; nothing when there is nothing. */
function placeOf(path: string): string | undefined {
  const found = lstatSync(path, { throwIfNoEntry: false, bigint: true });
  return found && `${found.ino} ${found.ctimeNs}`;
}

/** Whether writing a draft would give what its folder has. */
export function isCurrent(
  { revision, facts }: FolderWrite,
  draft: StoredDraft,
  { pluginVersion }: ToolContext,
): boolean {
  if (revision < draft.revision || facts.by !== pluginVersion) return false;
  return facts.media.every(({ path, bytes, mtimeMs }) => {
    const now = statSync(path, { throwIfNoEntry: false });
    // What is gone has not become something else.
    return now === undefined || (now.size === bytes && now.mtimeMs === mtimeMs);
  });
}

/**
 * What is told of a folder that is as it was written. A zip that is gone, or was never asked for, is made: of the state
 * that the folder has, which may be newer than the one that the caller has read.
 *
 * @throws UserError DRAFT_REVISION_NOT_FOUND when that state is not kept any more.
 */
export async function tell(
  draft: StoredDraft,
  write: FolderWrite,
  zip: ZipStyle | undefined,
  context: ToolContext,
): Promise<SavedFolder> {
  const { drafts } = context;
  const { facts, folder, revision } = write;
  if (zip === undefined) return answer(write, draft.id, undefined, drafts);
  const known = facts.archives?.[zip.key];
  if (known === undefined || !(await drafts.hasArchive(draft.id, known))) {
    const isSame = revision === draft.revision;
    const timeline = storedTimeline(isSame ? draft.timeline : await drafts.timelineAt(draft.id, revision));
    await using media = await openMedia(mediaSources(timeline), context);
    const { draft: compiled } = compile(timeline, { ...facts, name: draft.name, media }, context);
    const archive = await makeArchive(compiled, zip, context);
    await handOver(draft.id, archive, { revision, style: zip, owner: draft.owner }, context);
    remember(facts, zip, archive);
    await drafts.saved(draft.id, folder, write);
  }
  return answer(write, draft.id, zip, drafts);
}

/**
 * Gets the media of a draft, compiles it and writes its folder.
 *
 * @param former - What the folder holds.
 * @throws UserError DRAFT_EXISTS when it holds something else by now.
 */
export async function writeAnew(
  stored: StoredDraft,
  former: FolderWrite | undefined,
  { parent, zip }: SavePlace,
  context: ToolContext,
): Promise<SavedFolder> {
  const { drafts, signal } = context;
  const { id, name, revision } = stored;
  const timeline = storedTimeline(stored.timeline);
  await using media = await openMedia(mediaSources(timeline), context);
  const from: CompiledFrom = { ids: context.uuid(), nowMs: context.now() };
  if (former !== undefined) from.identity = former.facts.identity;
  const { draft, problems } = compile(timeline, { ...from, name, media }, context);
  const facts = factsOf({ draft, problems, timeline, from }, context);
  const folder = join(parent, name);
  const write = {
    id: from.ids,
    folder,
    revision,
    facts,
    ...(former === undefined ? {} : { replaces: former.id }),
  };
  context.progress({ phase: 'write', fraction: 0.85, message: `writing ${name}` });
  const listProblem = await withFolder(parent, async () => {
    // Before the folder: what cannot be answered whole changes nothing.
    const archive = zip === undefined ? undefined : await makeArchive(draft, zip, context);
    let isPlaced = false;
    try {
      if (zip !== undefined && archive !== undefined) remember(facts, zip, archive);
      const written = await writeDraftFolder(draft, {
        parentFolder: parent,
        replaces: former?.facts.files,
        signal,
        async beforePlacing(files) {
          facts.files = files;
          if (zip !== undefined && archive !== undefined)
            await keepArchive(id, archive, { revision, style: zip, owner: stored.owner }, context);
          await drafts.writing(id, write);
        },
      });
      isPlaced = true;
      await drafts.saved(id, folder, write);
      return written.listProblem;
    } catch (error) {
      if (archive !== undefined) await rm(archive.file, { force: true });
      if (isPlaced && former === undefined && !(await isTold(write.id)))
        await rm(folder, { recursive: true, force: true });
      throw error;
    }
  });
  const found = listProblem === undefined ? [] : [finding(listProblem)];
  const told = answer(write, id, zip, drafts);
  return { ...told, problems: [...told.problems, ...found] };

  /** Whether another call has found the folder meanwhile, and answers with it. */
  async function isTold(own: string): Promise<boolean> {
    const writes = await drafts.writes(id, folder).catch(() => []);
    return writes.some((one) => one.id === own && one.isSaved);
  }
}

/** What is known of a draft that was compiled; the files come when they are written. */
export function factsOf(
  {
    draft,
    problems,
    timeline,
    from,
  }: { draft: CompiledDraft; problems: readonly Problem[]; timeline: unknown; from: CompiledFrom },
  context: ToolContext,
): WriteFacts {
  const { draftId, timelineId, media, cover } = draft;
  const paths = [...media, ...(cover === undefined ? [] : [cover])].map(({ file }) => file.path);
  const local = new Set(paths.filter((path) => !isInside(path, context.cacheFolder)));
  return {
    ...from,
    by: context.pluginVersion,
    identity: from.identity ?? { draftId, timelineId, createdMs: from.nowMs },
    files: [],
    media: [...local].map((path) => {
      const { size, mtimeMs } = statSync(path);
      return { path, bytes: size, mtimeMs };
    }),
    duration_us: draft.durationUs,
    ...countClips(timeline),
    problems: problems.map(finding),
  };
}

/** A zip that cannot be handed over is not left behind. */
async function handOver(
  draftId: string,
  archive: MadeArchive,
  of: ArchiveOf,
  context: ToolContext,
): Promise<void> {
  try {
    await keepArchive(draftId, archive, of, context);
  } catch (error) {
    await rm(archive.file, { force: true });
    throw error;
  }
}

function remember(facts: WriteFacts, { key }: ZipStyle, { sha256 }: MadeArchive): void {
  const { [key]: _, ...others } = facts.archives ?? {};
  const kept = Object.entries(others).slice(1 - MOST_STYLES);
  facts.archives = Object.fromEntries([...kept, [key, sha256]]);
}

function answer(
  { revision, facts }: Pick<FolderWrite, 'revision' | 'facts'>,
  draftId: string,
  zip: ZipStyle | undefined,
  drafts: Drafts,
): SavedFolder {
  const { duration_us, tracks, clips, problems, archives = {} } = facts;
  const told = { revision, duration_us, tracks, clips, problems };
  const sha256 = zip === undefined ? undefined : archives[zip.key];
  if (sha256 === undefined) return told;
  const url = drafts.archiveUrl(draftId, sha256);
  return { ...told, archive_url: url, zip_url: url, sha256 };
}
