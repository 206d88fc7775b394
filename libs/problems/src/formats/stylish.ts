import { columnsOf } from '../columns.ts';
import { ENGLISH_WORDS, type PrintWords } from '../print-words.ts';
import { oneLine } from '../printable.ts';
import type { Problem } from '../problem.ts';
import { byFile, summarize } from './summary.ts';

/** One line for each problem, under the name of its file. */
export function stylish(problems: readonly Problem[], words: PrintWords = ENGLISH_WORDS): string {
  if (problems.length === 0) return '';
  const blocks = [...byFile(problems)].map(([file, found]) => {
    const rows = found.map(({ location, severity, message, code, pointer }) => [
      location === undefined ? oneLine(pointer ?? '') : `${location.start.line}:${location.start.column}`,
      words[severity],
      oneLine(message),
      code,
    ]);
    const width = (column: number) => Math.max(...rows.map((row) => columnsOf(row[column]!)));
    const widths = [width(0), width(1), width(2)];
    const lines = rows.map((row) =>
      `  ${row.map((cell, column) => (column === 0 ? cell.padStart(widths[0]!) : padded(cell, widths[column] ?? 0))).join('  ')}`.trimEnd(),
    );
    return [...(file === '' ? [] : [oneLine(file)]), ...lines].join('\n');
  });
  return `${blocks.join('\n\n')}\n\n${words.summary(summarize(problems))}`;
}

function padded(text: string, columns: number): string {
  return text + ' '.repeat(Math.max(0, columns - columnsOf(text)));
}
