import { resolve } from 'node:path';
import { type SvgOptions, svgTimeline } from '@cozecut/draft-core';
import { type Problem, UserError } from '@cozecut/problems';
import { type PlanRequest, readPlans } from './plan.ts';
import { type FileResult, writeOutput } from './write-output.ts';

/** What `draft timeline` was asked for. */
export interface DrawSvgRequest extends PlanRequest, SvgOptions {
  /** File to write; the caller prints the picture when it is left out. */
  out?: string | undefined;
  /** Which draft of the input, counted from 1. */
  number: number;
}

/** Draws one draft as SVG. */
export async function drawSvg(
  request: DrawSvgRequest,
): Promise<{ svg: string; problems: Problem[]; written?: FileResult }> {
  const { plans, problems } = await readPlans(request);
  const plan = plans[request.number - 1];
  if (plan === undefined) {
    throw new UserError(
      'USAGE',
      `there is no draft ${request.number} in ${request.file}, it has ${plans.length}`,
    );
  }
  const svg = svgTimeline(plan, request);
  if (request.out === undefined) return { svg, problems };
  return { svg, problems, written: writeOutput(resolve(request.folder, request.out), svg) };
}
