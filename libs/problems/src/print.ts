import { columnsOf } from './columns.ts';
import { ENGLISH_WORDS, type PrintWords } from './print-words.ts';
import { oneLine, printable } from './printable.ts';
import type { Location, Problem } from './problem.ts';

/**
 * The lines around a location with a marker under it:
 *
 * ```text
 *   11 | tools:
 * > 12 |   - nmae: create_draft
 *      |     ^^^^
 * ```
 *
 * Empty when the location carries no source.
 */
export function codeFrame(location: Location, around = 2): string {
  return location.source === undefined ? '' : frameOf(location, location.source.split(lineEnds), around);
}

const lineEnds = /\r\n|\r|\n/;
/** Columns of a line that a frame shows. */
const SHOWN = 160;

function frameOf(location: Location, lines: readonly string[], around: number): string {
  const { line, column } = location.start;
  if (line < 1 || line > lines.length) return '';
  const first = Math.max(1, line - around);
  const last = Math.min(lines.length, line + around);
  const gutter = String(last).length;
  // Of a long line, the part that matters: drafts are one line of megabytes.
  const from = column <= SHOWN ? 0 : column - 1 - SHOWN / 2;
  const frame: string[] = [];
  for (let number = first; number <= last; number++) {
    const text = clip(lines[number - 1]!, from);
    frame.push(`${number === line ? '>' : ' '} ${String(number).padStart(gutter)} | ${text}`.trimEnd());
    if (number === line) {
      const at = column - from + (from > 0 ? 3 : 0);
      const end = location.end?.line === line ? location.end.column - column : 1;
      const width = Math.max(1, Math.min(end, text.length + 1 - at));
      const indent = text
        .slice(0, at - 1)
        .replace(/[^\t]/gu, (character) => ' '.repeat(columnsOf(character)));
      const marked = text.slice(at - 1, at - 1 + width);
      frame.push(`  ${' '.repeat(gutter)} | ${indent}${'^'.repeat(Math.max(1, columnsOf(marked)))}`);
    }
  }
  return frame.join('\n');
}

function clip(text: string, from: number): string {
  const shown = text.length - from > SHOWN ? `${text.slice(from, from + SHOWN - 3)}...` : text.slice(from);
  return from > 0 && shown !== '' ? `...${shown}` : shown;
}

/**
 * One problem for a terminal: place, severity, message, code, hints and code frame.
 *
 * @example
 * ```ts
 * import { formatProblem } from '@cozecut/problems';
 *
 * const text = formatProblem({
 *   code: 'KEY_UNKNOWN',
 *   severity: 'error',
 *   message: 'unknown key "sumary"',
 *   location: { file: 'plugin.yaml', start: { line: 2, column: 3 }, source: 'tools:\n  sumary: Count words\n' },
 * });
 * console.log(text); // => plugin.yaml:2:3 error unknown key "sumary" [KEY_UNKNOWN]
 * ```
 */
export function formatProblem(problem: Problem, words: PrintWords = ENGLISH_WORDS): string {
  return formatWith(problem, words, codeFrame);
}

function formatWith(problem: Problem, words: PrintWords, frame: (location: Location) => string): string {
  const { location } = problem;
  const place = location
    ? `${location.file}:${location.start.line}:${location.start.column}`
    : namesItsPlace(problem)
      ? ''
      : (problem.pointer ?? '');
  const head = [place, words[problem.severity], problem.message, `[${problem.code}]`]
    .filter((part) => part !== '')
    .join(' ');
  const rest = [
    problem.suggestions?.length
      ? `  ${words.didYouMean(problem.suggestions.map((name) => `"${name}"`))}`
      : '',
    problem.hint ? `  ${problem.hint}` : '',
    problem.predicted ? `  ${words.predicted} ${problem.predicted}` : '',
    location ? frame(location) : '',
  ].filter((line) => line !== '');
  return printable([oneLine(head), ...rest].join('\n'));
}

/** Whether a message begins with the place that the pointer means: `drafts[0].tracks[1]: …` for `/drafts/0/…`. */
function namesItsPlace({ pointer = '', message }: Problem): boolean {
  const [, first = ''] = pointer.split('/');
  return first !== '' && message.startsWith(first) && !/^\w/.test(message.slice(first.length));
}

/** Each of several problems as {@link formatProblem} shows it; a text that many are about is split once. */
export function formatEach(problems: readonly Problem[], words: PrintWords = ENGLISH_WORDS): string[] {
  const linesOf = new Map<string, string[]>();
  const frame = (location: Location): string => {
    const { source } = location;
    if (source === undefined) return '';
    const lines = linesOf.get(source) ?? source.split(lineEnds);
    linesOf.set(source, lines);
    return frameOf(location, lines, 2);
  };
  return problems.map((problem) => formatWith(problem, words, frame));
}

/** Several problems, a blank line between those that take more than one line. */
export function formatProblems(problems: readonly Problem[], words: PrintWords = ENGLISH_WORDS): string {
  const texts = formatEach(problems, words);
  return texts.join(texts.some((text) => text.includes('\n')) ? '\n\n' : '\n');
}
