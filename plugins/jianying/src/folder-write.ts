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
import { storedTimeline } from './stored-timeline.ts';
import {
  type CompiledFrom,
  compile,
  countClips,
  type Finding,
  finding,
  withFolder,
  writeArchive,
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
  /** Lower-case hex, where a distant caller got one. */
  archiveSha256?: string;
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
  archive_url?: string;
  sha256?: string;
}

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

/** What is told of a folder that is as it was written. An archive that is gone, or was never asked for, is made. */
export async function tell(
  draft: StoredDraft,
  write: FolderWrite,
  context: ToolContext,
): Promise<SavedFolder> {
  const { facts, folder } = write;
  if (context.mode !== 'cloud') return answer(facts);
  const { archiveSha256 } = facts;
  if (archiveSha256 === undefined || (await context.drafts.archiveSha256(draft.id)) !== archiveSha256) {
    const timeline = storedTimeline(draft.timeline);
    await using media = await openMedia(mediaSources(timeline), context);
    const { draft: compiled } = compile(timeline, { ...facts, name: draft.name, media }, context);
    facts.archiveSha256 = await writeArchive(compiled, draft.id, context);
    await context.drafts.saved(draft.id, folder, write);
  }
  return answer(facts, context.drafts.archiveUrl(draft.id));
}

/**
 * Gets the media of a draft, compiles it and writes its folder.
 *
 * @param former - What the folder holds.
 * @throws UserError DRAFT_EXISTS when it holds something else by now.
 */
export async function writeAnew(
  stored: StoredDraft,
  parent: string,
  former: FolderWrite | undefined,
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
    const written = await writeDraftFolder(draft, {
      parentFolder: parent,
      replaces: former?.facts.files,
      signal,
      async beforePlacing(files) {
        facts.files = files;
        await drafts.writing(id, write);
      },
    });
    try {
      if (context.mode === 'cloud') facts.archiveSha256 = await writeArchive(draft, id, context);
      await drafts.saved(id, folder, write);
    } catch (error) {
      if (former === undefined && !(await isTold(write.id)))
        await rm(folder, { recursive: true, force: true });
      throw error;
    }
    return written.listProblem;
  });
  const found = listProblem === undefined ? [] : [finding(listProblem)];
  const told = answer(facts, facts.archiveSha256 === undefined ? undefined : drafts.archiveUrl(id));
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

function answer(
  { duration_us, tracks, clips, problems, archiveSha256 }: WriteFacts,
  archiveUrl?: string,
): SavedFolder {
  const told = { duration_us, tracks, clips, problems };
  if (archiveUrl === undefined || archiveSha256 === undefined) return told;
  return { ...told, archive_url: archiveUrl, sha256: archiveSha256 };
}
