import type { Problem } from '../problem.ts';
import { type Summary, summarize } from './summary.ts';

/**
 * What `json` prints. A problem is as it is in a program, without the text of the file: `code`, `severity`,
 * `message` and, where they are known, `pointer`, `location {file, start, end}`, `hint`, `suggestions`, `predicted`,
 * `docs`, `fix {title, edits}`, and what its maker adds (a lint problem has `stage`).
 */
export interface JsonReport {
  summary: Summary;
  problems: Problem[];
}

/** The report as data, for those who print more beside it. */
export function jsonReport(problems: readonly Problem[]): JsonReport {
  return {
    summary: summarize(problems),
    problems: problems.map((problem) => {
      const { location } = problem;
      if (location === undefined) return problem;
      const { source: _, ...place } = location;
      return { ...problem, location: place };
    }),
  };
}

/** One JSON object, indented by two spaces. */
export function json(problems: readonly Problem[]): string {
  return JSON.stringify(jsonReport(problems), null, 2);
}
