import type { Problem } from '@cozecut/problems';

/** Problems in reading order: those of the manifest first, then by file, line and column. */
export function sortProblems(problems: readonly Problem[], manifest: string): Problem[] {
  const key = ({ location }: Problem): [number, string, number, number] =>
    location === undefined
      ? [0, '', 0, 0]
      : [location.file === manifest ? 0 : 1, location.file, location.start.line, location.start.column];
  return [...problems].sort((a, b) => {
    const left = key(a);
    const right = key(b);
    for (const [index, value] of left.entries()) {
      const other = right[index]!;
      if (value !== other) return value < other ? -1 : 1;
    }
    return 0;
  });
}
