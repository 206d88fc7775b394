import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { checkDraftName, readInput, toTimelines } from '@cozecut/draft-core';
import type { ToolContext } from '@cozecut/plugin-host';
import { type Problem, UserError } from '@cozecut/problems';
import { convertOptions } from './convert-options.ts';
import { factsOf } from './folder-write.ts';
import { openMedia } from './media.ts';
import { folderName, freeName, parentFolder } from './place.ts';
import {
  checkPlaces,
  findSeeds,
  finish,
  type Placement,
  profileOf,
  refuseTakenZips,
  refuseWhileRunning,
} from './placement.ts';
import { profileId } from './profile-name.ts';
import { withOtherFindings } from './refused-media.ts';
import { PORTABLE } from './save-place.ts';
import type { GenerateDraftInput, PlaceDraftOutput } from './tools.gen.ts';
import {
  compile,
  countClips,
  finding,
  keepArchive,
  type MadeArchive,
  makeArchive,
  writeFolders,
} from './write-draft.ts';

/** What is said of a draft: where it went, and where else. */
export type GeneratedDraft = PlaceDraftOutput['drafts'][number] & {
  draft_url?: string;
  archive_url?: string;
  zip_url?: string;
  sha256?: string;
};

/**
 * A whole export in, draft folders out: read, get the media, convert, compile, write. Nothing is written before all is
 * right.
 */
export async function generate(
  input: GenerateDraftInput,
  context: ToolContext,
  placement: Placement,
): Promise<{ drafts: GeneratedDraft[]; problems: ReturnType<typeof finding>[] }> {
  const read = readInput(input.content, {
    from: input.from === 'auto' ? undefined : input.from,
    fileName: input.file_name,
    rows: input.rows,
  });
  refuseErrors('EXPORT_INVALID', read.problems);
  const place = await choosePlace(input, read.names, context);
  const planned = place.names.map((name) => ({ draftId: context.uuid(), folder: join(place.parent, name) }));
  context.progress({
    phase: 'read',
    fraction: 0.05,
    message: planned.length === 1 ? 'read 1 draft' : `read ${planned.length} drafts`,
    drafts: planned,
  });

  await using media = await openMedia(read.mediaSources, context, read.mediaPlaces).catch(
    (error: unknown) => {
      throw withOtherFindings(error, read, input, context);
    },
  );
  const facts = new Map([...media].map(([source, file]) => [source, file.facts]));
  const { timelines: converted, problems } = toTimelines(read, { ...convertOptions(input, context), facts });

  refuseErrors('EXPORT_INVALID', problems);
  const timelines = converted.map((timeline) =>
    input.profile === undefined ? timeline : { ...timeline, profile: profileId(input.profile) },
  );
  const profiles = timelines.flatMap((timeline) => profileOf(timeline) ?? []);
  await refuseWhileRunning(profiles, placement);
  const folders = place.names.map((name) => join(place.parent, name));
  refuseTakenZips(folders, placement);
  const seeds = await findSeeds(profiles, placement, context);
  const compiled = timelines.map((timeline, index) => {
    const from = { ids: context.uuid(), nowMs: context.now() };
    const options = {
      ...from,
      name: place.names[index]!,
      media,
      markerGeneration: placement.markerGeneration,
      seed: seeds.byApp.get(profileOf(timeline)?.app),
      isOneOfSeveral: timelines.length > 1,
    };
    const made = compile(timeline, options, context);
    return { ...made, known: factsOf({ ...made, timeline, from }, context) };
  });
  const drafts = compiled.map(({ draft }) => draft);
  const written = await writeFolders(drafts, place.parent, context, (inFolders) =>
    finish(drafts, folders, place.parent, placement, context, async (zips) => {
      const archives: MadeArchive[] = [];
      await using _ = removing(archives);
      for (const [index, { draft, known }] of compiled.entries()) {
        known.files = inFolders[index]!.files;
        if (context.mode !== 'cloud') continue;
        const archive = await makeArchive(draft, PORTABLE, context);
        known.archives = { [PORTABLE.key]: archive.sha256 };
        archives.push(archive);
      }
      const results: GeneratedDraft[] = [];
      const toCome = {
        drafts: timelines.length - 1,
        bytes: sumOf([...timelines.slice(1).map(bytesOf), ...archives.map(({ bytes }) => bytes)]),
      };
      for (const [index, { draft, known }] of compiled.entries()) {
        const { draftId } = planned[index]!;
        const timeline = timelines[index]!;
        const folder = folders[index]!;
        const { revision, owner } = await context.drafts.create(timeline, {
          name: draft.name,
          id: draftId,
          // Where there is no room for all of them there is none at all.
          ...(index === 0 ? { toCome } : {}),
        });
        const archive = archives[index];
        if (archive !== undefined)
          await keepArchive(draftId, archive, { revision, style: PORTABLE, owner }, context);
        await context.drafts.saved(draftId, folder, {
          id: known.ids,
          folder,
          revision,
          facts: known,
        });
        results.push({
          draft_id: draftId,
          name: draft.name,
          folder_path: folder,
          duration_us: draft.durationUs,
          ...countClips(timeline),
          draft_url: context.drafts.draftUrl(draftId),
          ...(archive === undefined ? {} : archiveAt(draftId, archive, context)),
          ...(zips[index] === undefined ? {} : { zip_path: zips[index] }),
        });
      }
      return results;
    }),
  );
  const found: Problem[] = [
    ...place.problems,
    ...problems,
    ...seeds.problems,
    ...compiled.flatMap((one) => one.problems),
    ...checkPlaces(drafts, folders, placement),
  ];
  return { drafts: written, problems: found.map(finding) };
}

/** What was handed over is not there any more; what was not must not stay. */
function removing(archives: readonly MadeArchive[]): AsyncDisposable {
  return {
    async [Symbol.asyncDispose]() {
      for (const { file } of archives) await rm(file, { force: true });
    },
  };
}

function sumOf(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0);
}

function bytesOf(timeline: unknown): number {
  return Buffer.byteLength(JSON.stringify(timeline));
}

function archiveAt(draftId: string, { sha256 }: MadeArchive, { drafts }: ToolContext) {
  const url = drafts.archiveUrl(draftId, sha256);
  return { archive_url: url, zip_url: url, sha256 };
}

function refuseErrors(code: string, problems: Problem[]): void {
  if (problems.some((problem) => problem.severity === 'error')) throw UserError.fromProblems(code, problems);
}

/** Names of the folders and where they go. Names of an export are free text, so they are made safe and told apart. */
async function choosePlace(
  input: GenerateDraftInput,
  titles: readonly string[],
  context: ToolContext,
): Promise<{ parent: string; names: string[]; problems: Problem[] }> {
  if (input.name !== undefined) refuseErrors('INPUT_INVALID', checkDraftName(input.name));
  const base = await parentFolder(input.output_folder, context);
  const isSingle = titles.length === 1;
  // Several drafts under one name: a folder of that name with the drafts in it.
  const parent = input.name === undefined || isSingle ? base : join(base, input.name);
  const nobodyChose = input.output_folder === undefined && !context.drafts.rootIsChosen;
  const problems: Problem[] = [];
  const taken = new Set<string>();
  const names = titles.map((title) => {
    const wanted = isSingle && input.name !== undefined ? input.name : folderName(title);
    if (wanted !== title && input.name === undefined) {
      problems.push({
        code: 'DRAFT_RENAMED',
        severity: 'warning',
        message: `the draft ${JSON.stringify(title)} is written as ${JSON.stringify(wanted)}: the folder could not have the name`,
      });
    }
    const name = freeName(
      wanted,
      (candidate) =>
        taken.has(candidate.toLowerCase()) || (nobodyChose && existsSync(join(parent, candidate))),
    );
    taken.add(name.toLowerCase());
    return name;
  });
  return { parent, names, problems };
}
