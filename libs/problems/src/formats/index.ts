import { formatProblems } from '../print.ts';
import { ENGLISH_WORDS, type PrintWords } from '../print-words.ts';
import type { Problem } from '../problem.ts';
import { github } from './github.ts';
import { json } from './json.ts';
import { junit } from './junit.ts';
import { markdown } from './markdown.ts';
import { type SarifOptions, sarif } from './sarif.ts';
import { stylish } from './stylish.ts';

/** Ways to print problems. */
export const PROBLEM_FORMATS = [
  'codeframe',
  'stylish',
  'json',
  'github',
  'sarif',
  'junit',
  'markdown',
] as const;

/** One of {@link PROBLEM_FORMATS}. */
export type ProblemFormat = (typeof PROBLEM_FORMATS)[number];

/**
 * Prints problems, without a line end at the end. No problems give an empty text, but for `json`, `sarif`, `junit`
 * and `markdown`, which say so.
 *
 * @param options - Name of the program, and titles of the rules for those who show them; the words for people, which
 *   the formats for programs do not use.
 */
export function printProblems(
  problems: readonly Problem[],
  format: ProblemFormat,
  options: Partial<SarifOptions> & { words?: PrintWords } = {},
): string {
  const { tool = 'cozecut', words = ENGLISH_WORDS, ...rest } = options;
  switch (format) {
    case 'codeframe':
      return formatProblems(problems, words);
    case 'stylish':
      return stylish(problems, words);
    case 'json':
      return json(problems);
    case 'github':
      return github(problems);
    case 'sarif':
      return sarif(problems, { tool, ...rest });
    case 'junit':
      return junit(problems, tool);
    case 'markdown':
      return markdown(problems);
  }
}
