import { existsSync, mkdirSync } from 'node:fs';
import { rm, rmdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { CompiledDraft, CompileOptions, DraftIdentity } from '@cozecut/draft-core';
import { compileDraft } from '@cozecut/draft-core';
import {
  draftExists,
  type FolderFacts,
  makeFolders,
  writeDraftFolder,
  writeDraftZip,
} from '@cozecut/draft-core/node';
import type { ToolContext } from '@cozecut/plugin-host';
import { type Problem, UserError } from '@cozecut/problems';
import type { ZipStyle } from './save-place.ts';
import { seededIds } from './seeded-ids.ts';
import type { GenerateDraftOutput } from './tools.gen.ts';

/** What a caller is told about a finding. */
export type Finding = GenerateDraftOutput['problems'][number];

/** What makes two drafts that are compiled from one timeline the same, byte for byte. */
export interface CompiledFrom {
  /** What the ids in the draft come from. */
  ids: string;
  /** When it was compiled, as Unix time in milliseconds. */
  nowMs: number;
  identity?: DraftIdentity;
}

/** How to compile a timeline. */
export interface CompileRequest
  extends Pick<CompileOptions, 'media' | 'markerGeneration' | 'seed'>,
    CompiledFrom {
  name: string;
  /** Whether findings must name the draft, since their places are those inside of it. */
  isOneOfSeveral?: boolean;
}

/**
 * Compiles a timeline; findings that are no errors come back with the draft.
 *
 * @throws UserError DRAFT_INVALID with all findings when one of them is an error.
 */
export function compile(
  timeline: unknown,
  { name, isOneOfSeveral, media, markerGeneration, seed, ids, nowMs, identity }: CompileRequest,
  context: ToolContext,
): { draft: CompiledDraft; problems: Problem[] } {
  const { draft, problems: found } = compileDraft(timeline, {
    media,
    markerGeneration,
    seed,
    identity,
    draftName: name,
    now: () => nowMs,
    uuid: seededIds(ids),
    // Who has a membership is not known here; the app says what it will not export.
    allowVip: true,
    ...(context.catalog === undefined ? {} : { catalog: context.catalog }),
  });
  const problems =
    isOneOfSeveral === true
      ? found.map((problem) => ({ ...problem, message: `draft ${JSON.stringify(name)}: ${problem.message}` }))
      : found;
  if (draft === undefined) throw UserError.fromProblems('DRAFT_INVALID', problems);
  return { draft, problems };
}

/**
 * Writes drafts as folders, all or none: when one cannot be written, or what has to follow fails, they are taken away
 * again.
 *
 * @param then - What has to succeed before the drafts count as written; gets the absolute paths, and what is in the
 * folders, in order.
 * @returns What `then` gives.
 * @throws UserError DRAFT_EXISTS when a folder of that name is there.
 */
export async function writeFolders<T>(
  drafts: readonly CompiledDraft[],
  parent: string,
  context: ToolContext,
  then: (written: { folder: string; files: FolderFacts }[]) => Promise<T>,
): Promise<T> {
  for (const draft of drafts) {
    const folder = join(parent, draft.name);
    if (existsSync(folder)) throw draftExists(folder);
  }
  return withFolder(parent, async () => {
    const written: { folder: string; files: FolderFacts }[] = [];
    try {
      for (const [index, draft] of drafts.entries()) {
        context.progress({
          phase: 'write',
          fraction: 0.85 + (0.15 * index) / drafts.length,
          message: `writing ${draft.name}`,
        });
        written.push(await writeFolder(draft, parent, context));
      }
      return await then(written);
    } catch (error) {
      for (const { folder } of written) await rm(folder, { recursive: true, force: true });
      throw error;
    }
  });
}

async function writeFolder(
  draft: CompiledDraft,
  parentFolder: string,
  { signal }: ToolContext,
): Promise<{ folder: string; files: FolderFacts }> {
  let files: FolderFacts = [];
  const { folder } = await writeDraftFolder(draft, {
    parentFolder,
    signal,
    async beforePlacing(facts) {
      files = facts;
    },
  });
  return { folder, files };
}

/** Makes a folder for `work`; when that fails, what was made is taken away again. */
export async function withFolder<T>(folder: string, work: () => Promise<T>): Promise<T> {
  const firstMade = await makeFolders(folder).catch((cause: NodeJS.ErrnoException) => {
    throw unusable(folder, cause);
  });
  try {
    return await work();
  } catch (error) {
    if (firstMade !== undefined) await removeEmpty(folder, firstMade);
    throw error;
  }
}

/** Removes the folders that were made on the way to `folder`: only empty ones, another call may have used them. */
async function removeEmpty(folder: string, firstMade: string): Promise<void> {
  for (let one = folder; one !== dirname(firstMade); one = dirname(one)) {
    const isRemoved = await rmdir(one).then(
      () => true,
      () => false,
    );
    if (!isRemoved) return;
  }
}

/** A zip of a draft that nobody can download yet. */
export interface MadeArchive {
  /** Absolute path. */
  file: string;
  /** Lower-case hex. */
  sha256: string;
  bytes: number;
}

/** Makes a zip that a caller downloads; paths in it do not name this machine. */
export async function makeArchive(
  draft: CompiledDraft,
  { pathsOf }: ZipStyle,
  { drafts, signal }: ToolContext,
): Promise<MadeArchive> {
  const file = drafts.archiveFile();
  if (!existsSync(dirname(file))) mkdirSync(dirname(file), { recursive: true });
  const { sha256, bytes } = await writeDraftZip(draft, file, {
    pathStyle: pathsOf(draft.name),
    signal,
    isHandedOver: true,
  });
  return { file, sha256, bytes };
}

/** What a zip is of. */
export interface ArchiveOf {
  /** State of the draft. */
  revision: number;
  style: ZipStyle;
  /** Whose draft it is. */
  owner: string;
}

/** Lets a caller download a zip. */
export async function keepArchive(
  draftId: string,
  archive: MadeArchive,
  { revision, style, owner }: ArchiveOf,
  { drafts }: ToolContext,
): Promise<void> {
  await drafts.keepArchive(draftId, { ...archive, revision, isPortable: style.isPortable, owner });
}

/** Counts for people: how much is in a timeline. */
export function countClips(timeline: unknown): { tracks: number; clips: number } {
  const { tracks } = timeline as { tracks: { clips: unknown[] }[] };
  return { tracks: tracks.length, clips: tracks.reduce((sum, track) => sum + track.clips.length, 0) };
}

/** The part of a problem that leaves the tool. */
export function finding({ code, severity, message, pointer, hint }: Problem): Finding {
  return {
    code,
    severity,
    message,
    ...(pointer === undefined ? {} : { pointer }),
    ...(hint === undefined ? {} : { hint }),
  };
}

function unusable(folder: string, cause: NodeJS.ErrnoException): UserError {
  const isInTheWay = cause.code === 'EEXIST' || cause.code === 'ENOTDIR';
  const why = isInTheWay ? 'part of the path is a file' : cause.message;
  return new UserError('FOLDER_NOT_WRITABLE', `cannot make the folder ${folder}: ${why}`, {
    hint: 'choose another folder',
    cause,
  });
}
