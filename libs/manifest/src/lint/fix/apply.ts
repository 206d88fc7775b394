import type { Fix, Problem, TextEdit } from '@cozecut/problems';

/** A text after fixes. */
export interface Fixed {
  text: string;
  /** Problems whose fix was made. */
  applied: Problem[];
  /** Problems without a fix, or with one that overlaps a fix that was made: lint again and apply again. */
  remaining: Problem[];
}

/** Makes the fixes of problems of one file, first come first served where two touch the same characters. */
export function applyFixes(text: string, problems: readonly Problem[]): Fixed {
  const applied: Problem[] = [];
  const remaining: Problem[] = [];
  const edits: TextEdit[] = [];
  for (const problem of problems) {
    const { fix } = problem;
    if (fix === undefined || clashes(fix, edits)) {
      remaining.push(problem);
      continue;
    }
    edits.push(...fix.edits.filter((edit) => !edits.some((other) => isSame(edit, other))));
    applied.push(problem);
  }
  const ordered = edits.toSorted((a, b) => b.start - a.start || b.end - a.end);
  const result = ordered.reduce(
    (now, { start, end, text: put }) => now.slice(0, start) + put + now.slice(end),
    text,
  );
  return { text: result, applied, remaining };
}

function clashes({ edits }: Fix, made: readonly TextEdit[]): boolean {
  return edits.some((edit) => made.some((other) => !isSame(edit, other) && touches(edit, other)));
}

/** Two insertions at one place do not touch: they follow each other. */
function touches(a: TextEdit, b: TextEdit): boolean {
  return a.start < b.end && b.start < a.end;
}

function isSame(a: TextEdit, b: TextEdit): boolean {
  return a.start === b.start && a.end === b.end && a.text === b.text;
}
