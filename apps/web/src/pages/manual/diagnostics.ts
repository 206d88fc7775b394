import type { Diagnostic } from '@codemirror/lint';
import type { Text } from '@codemirror/state';
import type { Told } from '../../language/told.ts';
import type { PlacedFinding } from '../../parts/findings.tsx';

/** Findings that have a place in the text, as the editor shows them. A long place is marked up to the end of its line. */
export function diagnosticsOf(doc: Text, findings: readonly PlacedFinding[], told: Told): Diagnostic[] {
  return findings.flatMap(({ start, end, severity, message, code }) => {
    // The text may be shorter by now.
    if (start === undefined || start.line > doc.lines) return [];
    const line = doc.line(start.line);
    const from = Math.min(line.from + start.column - 1, line.to);
    const isShort = end !== undefined && end.line === start.line;
    const to = isShort ? Math.min(line.from + end.column - 1, line.to) : line.to;
    return [{ from, to: Math.max(from, to), severity, message: told.message(code, message), source: code }];
  });
}
