import { existsSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseTimeline, planOfDraft, planOfTimeline, type TimelinePlan } from '@cozecut/draft-core';
import { openDraft } from '@cozecut/draft-core/node';
import { type Problem, UserError } from '@cozecut/problems';
import { type InputRequest, readInputFile } from './input-file.ts';

/** What is to be drawn: a draft folder, a zip of one, or an input file. */
export type PlanRequest = InputRequest;

/** The plans of a draft, or of every draft in an input file. Nothing is fetched and nothing is written. */
export async function readPlans(
  request: PlanRequest,
): Promise<{ plans: TimelinePlan[]; problems: Problem[] }> {
  const path = resolve(request.folder, request.file);
  if (request.file !== '-' && isDraft(path)) return { plans: [await planOfFolder(path)], problems: [] };
  return plansOfInput(request);
}

/** Whether a path is that of a draft: a folder, or a zip of one. */
export function isDraft(path: string): boolean {
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

async function plansOfInput(request: PlanRequest): Promise<{ plans: TimelinePlan[]; problems: Problem[] }> {
  const converted = await readInputFile(request);
  const { facts, read } = converted;
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
