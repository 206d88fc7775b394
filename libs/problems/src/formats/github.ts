import { oneLine, printable } from '../printable.ts';
import type { Problem, Severity } from '../problem.ts';

const COMMANDS: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', info: 'notice' };

/** Workflow commands of GitHub Actions, which shows them beside the lines of a change. */
export function github(problems: readonly Problem[]): string {
  return problems
    .map((problem) => {
      const { location, code, severity } = problem;
      const properties: [string, string][] = [];
      if (location !== undefined) {
        const { file, start, end } = location;
        properties.push(['file', file], ['line', String(start.line)], ['col', String(start.column)]);
        if (end !== undefined) {
          properties.push(['endLine', String(end.line)]);
          // GitHub takes columns of one line only.
          if (end.line === start.line) properties.push(['endColumn', String(end.column)]);
        }
      }
      properties.push(['title', code]);
      const list = properties.map(([name, value]) => `${name}=${escapeProperty(value)}`).join(',');
      return `::${COMMANDS[severity]} ${list}::${escapeData(body(problem))}`;
    })
    .join('\n');
}

function body({ message, suggestions = [], hint, predicted }: Problem): string {
  const lines = [
    oneLine(message),
    suggestions.length === 0 ? '' : `did you mean ${suggestions.map((text) => `"${text}"`).join(' or ')}?`,
    hint ?? '',
    predicted === undefined ? '' : `Coze will say: ${predicted}`,
  ];
  return printable(lines.filter((line) => line !== '').join('\n'));
}

function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  return oneLine(escapeData(text)).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
