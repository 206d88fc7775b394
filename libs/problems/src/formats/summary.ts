import type { Problem, Severity } from '../problem.ts';

/** How many problems there are of each severity. */
export interface Summary {
  errors: number;
  warnings: number;
  infos: number;
  /** Problems that carry a fix. */
  fixable: number;
}

/** Counts problems. */
export function summarize(problems: readonly Problem[]): Summary {
  const count = (severity: Severity) => problems.filter((problem) => problem.severity === severity).length;
  return {
    errors: count('error'),
    warnings: count('warning'),
    infos: count('info'),
    fixable: problems.filter(({ fix }) => fix !== undefined).length,
  };
}

/** `2 errors, 1 warning`, or that there is nothing. */
export function summaryText({ errors, warnings, infos }: Summary): string {
  const parts = [
    plural(errors, 'error'),
    plural(warnings, 'warning'),
    infos === 0 ? '' : plural(infos, 'note'),
  ].filter((part) => part !== '');
  return parts.length === 0 ? 'no problems' : parts.join(', ');
}

function plural(count: number, noun: string): string {
  return count === 0 ? '' : `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/** Problems by the file they are in, in the order in which the files first come up; `''` for those without a place. */
export function byFile(problems: readonly Problem[]): Map<string, Problem[]> {
  return Map.groupBy(problems, ({ location }) => location?.file ?? '');
}
