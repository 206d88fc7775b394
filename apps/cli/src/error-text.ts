import { formatProblem, isUserError, jsonReport, type Problem } from '@cozecut/problems';
import type { Texts } from './text.ts';

/** More mistakes than this are counted, not told: the same one in thousands of clips should not fill the screen. */
const SHOWN = 20;

/** An error for people: every mistake once, then what to do. */
export function errorText(error: Error, texts: Texts): string {
  const { hint, problems } = error as { hint?: string; problems?: Problem[] };
  const errors = (problems ?? []).filter((problem) => problem.severity === 'error');
  // The word in front says already that it is an error.
  const lines = errors.slice(0, SHOWN).map((problem) => formatProblem(problem).replace(/^error /, ''));
  if (errors.length > SHOWN) lines.push(`… ${errors.length - SHOWN} more; --json has them all`);
  const body = lines.join('\n');
  const isTold = errors.some((problem) => problem.hint === hint);
  const isKnown = isUserError(error) || 'oclif' in error || 'code' in error;
  return [
    `${texts.error} ${body || error.message}`,
    ...(hint === undefined || isTold ? [] : [`${texts.hint} ${hint}`]),
    ...(isKnown ? [] : [error.stack ?? '']),
  ].join('\n');
}

/** An error for programs; of a place in a file it has the position, not the whole text. */
export function errorObject(error: Error): {
  code: string;
  message: string;
  hint?: string;
  problems: Problem[];
} {
  const { code, hint, problems = [] } = error as { code?: unknown; hint?: string; problems?: Problem[] };
  return {
    code: typeof code === 'string' ? code : 'oclif' in error ? 'USAGE' : 'INTERNAL',
    message: error.message,
    ...(hint === undefined ? {} : { hint }),
    problems: jsonReport(problems).problems,
  };
}
