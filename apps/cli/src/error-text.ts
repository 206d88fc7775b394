import { formatProblem, isUserError, jsonReport, type Problem } from '@cozecut/problems';
import type { Teller } from './messages/teller.ts';
import type { Texts } from './text.ts';

/** More findings than this are counted, not told: the same one in thousands of clips should not fill the screen. */
const SHOWN = 20;

/** An error for people: every mistake once, then what to do. */
export function errorText(error: Error, texts: Texts, teller: Teller): string {
  const { hint, problems } = error as { hint?: string; problems?: Problem[] };
  const errors = (problems ?? []).filter((problem) => problem.severity === 'error');
  // The word in front says already that it is an error.
  const body = problemLines(errors, { ...teller, words: { ...teller.words, error: '' } }).join('\n');
  const isTold = errors.some((problem) => problem.hint === hint);
  const isKnown = isUserError(error) || 'oclif' in error || 'code' in error;
  return [
    `${texts.error} ${body || teller.message(codeOf(error), error.message)}`,
    ...(hint === undefined || isTold ? [] : [`${texts.hint} ${teller.hint(hint)}`]),
    ...(isKnown ? [] : [error.stack ?? '']),
  ].join('\n');
}

/** The text of each problem, or of the first ones and how many more there are. */
export function problemLines(problems: readonly Problem[], teller: Teller): string[] {
  const lines = teller.problems(problems.slice(0, SHOWN)).map((one) => formatProblem(one, teller.words));
  const more = problems.length - SHOWN;
  return more > 0 ? [...lines, teller.words.more(more)] : lines;
}

/** An error for programs; of a place in a file it has the position, not the whole text. */
export function errorObject(error: Error): {
  code: string;
  message: string;
  hint?: string;
  problems: Problem[];
} {
  const { hint, problems = [] } = error as { hint?: string; problems?: Problem[] };
  return {
    code: codeOf(error),
    message: error.message,
    ...(hint === undefined ? {} : { hint }),
    problems: jsonReport(problems).problems,
  };
}

/** The code of an error; the framework of the commands has none for a mistake in the words. */
function codeOf(error: Error): string {
  const { code } = error as { code?: unknown };
  return typeof code === 'string' ? code : 'oclif' in error ? 'USAGE' : 'INTERNAL';
}
