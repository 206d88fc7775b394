/** Words of `known` that `word` may have been meant to be, best first, at most three. */
export function closest(word: string, known: Iterable<string>): string[] {
  const limit = Math.max(1, Math.floor(word.length / 3));
  return [...known]
    .map((candidate) => ({ candidate, distance: editDistance(word.toLowerCase(), candidate.toLowerCase()) }))
    .filter(({ distance }) => distance <= limit)
    .sort((a, b) => a.distance - b.distance)
    .slice(0, 3)
    .map(({ candidate }) => candidate);
}

/**
 * `did you mean "x"?`, or nothing when no known word is close.
 *
 * @example
 * ```ts
 * import { didYouMean } from '@cozecut/problems';
 *
 * console.log(didYouMean('sumary', ['summary', 'handler'])); // => did you mean "summary"?
 * ```
 */
export function didYouMean(word: string, known: Iterable<string>): string | undefined {
  const [best] = closest(word, known);
  return best === undefined ? undefined : `did you mean "${best}"?`;
}

/** Optimal string alignment distance: insertions, deletions, substitutions and swaps of neighbours count 1. */
function editDistance(a: string, b: string): number {
  let previous: number[] = [];
  let current = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const next = [row];
    for (let column = 1; column <= b.length; column++) {
      const cost = a[row - 1] === b[column - 1] ? 0 : 1;
      let best = Math.min(current[column]! + 1, next[column - 1]! + 1, current[column - 1]! + cost);
      if (row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1]) {
        best = Math.min(best, previous[column - 2]! + 1);
      }
      next.push(best);
    }
    previous = current;
    current = next;
  }
  return current[b.length]!;
}
