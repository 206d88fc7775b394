import { oneLine } from '../printable.ts';
import type { Problem } from '../problem.ts';
import { byFile, summarize, summaryText } from './summary.ts';

/** A heading and a table for each file, for comments on changes. */
export function markdown(problems: readonly Problem[]): string {
  const title = `**${summaryText(summarize(problems))}**`;
  const parts = [...byFile(problems)].map(([file, found]) => {
    const rows = found.map((problem) => {
      const { location, severity, code, docs } = problem;
      const place = location === undefined ? '' : `${location.start.line}:${location.start.column}`;
      const rule = docs === undefined ? `\`${code}\`` : `[${code}](${docs})`;
      return `| ${[place, severity, rule, body(problem)].join(' | ')} |`;
    });
    const head = file === '' ? [] : [`### ${cell(file)}`, ''];
    return [...head, '| place | severity | rule | problem |', '| --- | --- | --- | --- |', ...rows].join(
      '\n',
    );
  });
  return [title, ...parts].join('\n\n');
}

function body({ message, suggestions = [], hint, predicted }: Problem): string {
  return [
    cell(message),
    suggestions.length === 0
      ? ''
      : `did you mean ${suggestions.map((text) => cell(`"${text}"`)).join(' or ')}?`,
    hint === undefined ? '' : cell(hint),
    predicted === undefined ? '' : `Coze will say: ${cell(predicted.split('\n')[0]!)}`,
  ]
    .filter((part) => part !== '')
    .join('<br>');
}

/** Text that cannot end a cell or start markup. */
function cell(text: string): string {
  return oneLine(text)
    .replace(/[\\`*_[\]<>|#]/g, (mark) => (mark === '<' ? '&lt;' : mark === '>' ? '&gt;' : `\\${mark}`))
    .replace(/\s+/g, ' ');
}
