/** How a file differs from what it should be. */
export interface Compared {
  isSame: boolean;
  /** The first differing lines, as a person reads them; empty when there is no difference. */
  summary: string;
}

/** Lines that are shown of each side. */
const SHOWN_LINES = 5;

/**
 * Compares the content of a file with the content it should have. Line ends do not count: a checkout may change them.
 *
 * @param actual - Content of the file, `undefined` when it is not there.
 */
export function compareText(actual: string | undefined, expected: string): Compared {
  if (actual === undefined) return { isSame: false, summary: 'the file is not there' };
  const old = linesOf(actual);
  const now = linesOf(expected);
  const first = old.findIndex((line, index) => line !== now[index]);
  const start = first === -1 ? old.length : first;
  if (start === old.length && old.length === now.length) return { isSame: true, summary: '' };
  const same = sameEnd(old, now, start);
  const shown = (lines: readonly string[], sign: string) => {
    const changed = lines.slice(start, lines.length - same);
    const more = changed.length - SHOWN_LINES;
    return [
      ...changed.slice(0, SHOWN_LINES).map((line) => `${sign} ${line}`),
      ...(more > 0 ? [`${sign} … ${more} more`] : []),
    ];
  };
  const summary = [`line ${start + 1}:`, ...shown(old, '-'), ...shown(now, '+')].join('\n');
  return { isSame: false, summary };
}

function sameEnd(old: readonly string[], now: readonly string[], start: number): number {
  let count = 0;
  while (
    count < Math.min(old.length, now.length) - start &&
    old[old.length - 1 - count] === now[now.length - 1 - count]
  ) {
    count++;
  }
  return count;
}

function linesOf(text: string): string[] {
  return text.replaceAll('\r\n', '\n').split('\n');
}
