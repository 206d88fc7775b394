import { relative } from 'node:path';
import { formatProblems, type Problem } from '@cozecut/problems';

/** Problems as a terminal shows them, with paths relative to a folder. */
export function showProblems(problems: readonly Problem[], folder: string): string {
  const short = (text: string) => text.replaceAll(`${folder}/`, '');
  const shown = problems.map((problem) => ({
    ...problem,
    message: short(problem.message),
    ...(problem.location === undefined
      ? {}
      : { location: { ...problem.location, file: relative(folder, problem.location.file) } }),
  }));
  return `${formatProblems(shown) || 'no problems'}\n`;
}
