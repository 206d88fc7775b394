import { existsSync, statSync } from 'node:fs';
import { dirname, parse, resolve } from 'node:path';
import {
  type MediaFacts,
  parseTimeline,
  planOfDraft,
  planOfTimeline,
  readInput,
  type TimelinePlan,
  type TimeUnit,
  toTimelines,
} from '@cozecut/draft-core';
import { openDraft } from '@cozecut/draft-core/node';
import { createMediaLibrary } from '@cozecut/media';
import { isUserError, type Problem, UserError } from '@cozecut/problems';
import { readUserFile } from '../user-file.ts';

/** What is to be drawn. */
export interface PlanRequest {
  /** A draft folder, a zip of one, or an input file; `-` is standard input. */
  file: string;
  from?: string | undefined;
  timeUnit?: string | undefined;
  /** Folder that relative paths start from. */
  folder: string;
}

/** The plans of a draft, or of every draft in an input file. Nothing is fetched and nothing is written. */
export async function readPlans(
  request: PlanRequest,
): Promise<{ plans: TimelinePlan[]; problems: Problem[] }> {
  const path = resolve(request.folder, request.file);
  if (request.file !== '-' && isDraft(path)) return { plans: [await planOfFolder(path)], problems: [] };
  return plansOfInput(request, path);
}

function isDraft(path: string): boolean {
  return existsSync(path) && (statSync(path).isDirectory() || path.toLowerCase().endsWith('.zip'));
}

async function planOfFolder(path: string): Promise<TimelinePlan> {
  const { timeline, name, encrypted } = await openDraft(path);
  if (timeline === undefined) {
    throw new UserError('DRAFT_ENCRYPTED', `${encrypted.join(', ')}: the app has encrypted this draft`, {
      hint: 'draw the timeline or the draft it was made from',
    });
  }
  return planOfDraft(timeline.value(timeline.root), name);
}

async function plansOfInput(
  { file, from, timeUnit }: PlanRequest,
  path: string,
): Promise<{ plans: TimelinePlan[]; problems: Problem[] }> {
  const read = readInput(readUserFile(file === '-' ? 0 : path, file), from === undefined ? {} : { from });
  const facts = await localFacts(read.mediaSources, path);
  const unit = timeUnit === undefined ? {} : { timeUnit: timeUnit as TimeUnit };
  const converted = toTimelines(read, { facts, ...unit });
  const problems = [...converted.problems];
  const plans = converted.timelines.flatMap((one) => {
    // What is not on this machine has no facts; then nothing about files is checked, as nothing is made of them.
    const parsed = parseTimeline(one, facts.size < read.mediaSources.length ? {} : { facts });
    problems.push(...parsed.problems);
    return parsed.timeline === undefined ? [] : [planOfTimeline(parsed.timeline)];
  });
  if (plans.length === 0) throw UserError.fromProblems('DRAFT_INVALID', problems);
  return { plans, problems };
}

/** Facts of the media that lie on this machine. */
async function localFacts(sources: readonly string[], file: string): Promise<Map<string, MediaFacts>> {
  const library = createMediaLibrary({
    fetch: () => Promise.reject(new UserError('MEDIA_UNREACHABLE', 'a picture fetches nothing')),
    mediaRoots: [dirname(file), parse(file).root],
    cacheFolder: dirname(file),
    uuid: () => crypto.randomUUID(),
  });
  const facts = new Map<string, MediaFacts>();
  for (const source of sources) {
    const found = await library.open(source).catch((error: unknown) => {
      if (isUserError(error)) return undefined;
      throw error;
    });
    if (found !== undefined) facts.set(source, found.facts);
  }
  return facts;
}
