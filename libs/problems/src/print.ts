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
  return frameOf(location, around, splitLines);
}

type SplitLines = (source: string) => readonly string[];

function splitLines(source: string): string[] {
  return source.split(/\r\n|\r|\n/);
}

/** Thousands of problems may be about one long text, which is split once. */
function splitOnce(): SplitLines {
  let last: { source: string; lines: readonly string[] } | undefined;
  return (source) => {
    if (last?.source !== source) last = { source, lines: splitLines(source) };
    return last.lines;
  };
}

function frameOf(location: Location, around: number, split: SplitLines): string {
  if (location.source === undefined) return '';
  const lines = split(location.source);
  const { line, column } = location.start;
  if (line < 1 || line > lines.length) return '';
  const first = Math.max(1, line - around);
  const last = Math.min(lines.length, line + around);
  const gutter = String(last).length;
  const frame: string[] = [];
  for (let number = first; number <= last; number++) {
    const text = clip(lines[number - 1]!);
    frame.push(`${number === line ? '>' : ' '} ${String(number).padStart(gutter)} | ${text}`.trimEnd());
    if (number === line) {
      const end = location.end?.line === line ? location.end.column : column + 1;
      const width = Math.max(1, Math.min(end, text.length + 1) - column);
      const indent = text.slice(0, column - 1).replace(/[^\t]/g, ' ');
      frame.push(`  ${' '.repeat(gutter)} | ${indent}${'^'.repeat(width)}`);
    }
  }
  return frame.join('\n');
}

function clip(text: string): string {
  return text.length > 160 ? `${text.slice(0, 157)}...` : text;
}

/** One problem for a terminal: place, severity, message, code, hints and code frame. */
export function formatProblem(problem: Problem): string {
  return format(problem, splitLines);
}

function format(problem: Problem, split: SplitLines): string {
  const { location } = problem;
  const place = location
    ? `${location.file}:${location.start.line}:${location.start.column}`
    : namesItsPlace(problem)
      ? ''
      : (problem.pointer ?? '');
  const head = `${place ? `${place} ` : ''}${problem.severity} ${problem.message} [${problem.code}]`;
  const rest = [
    problem.suggestions?.length
      ? `  did you mean ${problem.suggestions.map((s) => `"${s}"`).join(' or ')}?`
      : '',
    problem.hint ? `  ${problem.hint}` : '',
    problem.predicted ? `  Coze will say: ${problem.predicted}` : '',
    location ? frameOf(location, 2, split) : '',
  ].filter((line) => line !== '');
  return [head, ...rest].join('\n');
}

/** Whether a message begins with the place that the pointer means: `drafts[0].tracks[1]: …` for `/drafts/0/…`. */
function namesItsPlace({ pointer = '', message }: Problem): boolean {
  const [, first = ''] = pointer.split('/');
  return first !== '' && message.startsWith(first) && !/^\w/.test(message.slice(first.length));
}

/** Each of several problems as {@link formatProblem} shows it. */
export function formatEach(problems: readonly Problem[]): string[] {
  const split = splitOnce();
  return problems.map((problem) => format(problem, split));
}

/** Several problems, a blank line between those that take more than one line. */
export function formatProblems(problems: readonly Problem[]): string {
  const texts = formatEach(problems);
  return texts.join(texts.some((text) => text.includes('\n')) ? '\n\n' : '\n');
}
