/** What style ranges count, when it is not UTF-16 code units. */
export interface RangeUnit {
  name: 'bytes' | 'code points';
  /** The place in UTF-16 code units. */
  toUtf16(at: number): number;
}

/**
 * What the ranges of a text count, told by where the last one ends; nothing when that is what they should, or nobody can
 * tell.
 *
 * @param end - The greatest end of a range.
 */
export function otherRangeUnit(words: string, end: number): RangeUnit | undefined {
  if (words === '' || end === words.length) return undefined;
  if (end === words.length * 2) return { name: 'bytes', toUtf16: (at) => Math.round(at / 2) };
  const points = [...words];
  if (points.length === words.length || end !== points.length) return undefined;
  return { name: 'code points', toUtf16: (at) => points.slice(0, at).join('').length };
}
