import { graphemesOf } from '../../text/display-width.ts';
import { otherRangeUnit } from '../range-unit.ts';

/** A part of a text: from its first place to the one behind it. */
export interface TextRange {
  start: number;
  end: number;
}

/**
 * Carries parts of a text over to other words, in UTF-16 units whatever they counted before. Each part keeps its share
 * of what people see as characters, and none of these is cut in two. A part that had characters keeps at least one while
 * there are enough of them; it is empty in the result when there are not.
 *
 * @param placeOf - Where a place of the former words, in UTF-16 units, is in the new ones; default: at the same share.
 */
export function scaleRanges(
  ranges: readonly TextRange[],
  former: string,
  words: string,
  placeOf?: (at: number) => number,
): TextRange[] {
  const last = Math.max(0, ...ranges.map(({ end }) => end));
  const unit = otherRangeUnit(former, last);
  const inFormer = (at: number): number =>
    Math.max(0, Math.min(unit === undefined ? at : unit.toUtf16(at), former.length));
  const own = ranges.map(({ start, end }) => ({ start: inFormer(start), end: inFormer(end) }));
  const places = [
    ...new Set(own.filter(({ start, end }) => start < end).flatMap(({ start, end }) => [start, end])),
  ];
  const [from, to] = [charactersOf(former), charactersOf(words)];
  const count = to.length - 1;
  const shareOf = (at: number): number => (indexIn(from, at) / (from.length - 1)) * count;
  const sorted = places.toSorted((a, b) => a - b);
  const wanted = sorted.map((at) =>
    Math.round(
      placeOf === undefined ? shareOf(at) : indexIn(to, Math.max(0, Math.min(placeOf(at), words.length))),
    ),
  );
  // A value that says nothing has no part to keep.
  const spread = placeOf === undefined && sorted.length <= count + 1 ? keptApart(wanted, count) : wanted;
  const found = new Map(sorted.map((at, index) => [at, to[spread[index]!]!]));
  return own.map(({ start, end }) =>
    start < end ? { start: found.get(start)!, end: found.get(end)! } : { start: 0, end: 0 },
  );
}

/** Where the characters of a text begin, in UTF-16 units, and where the last one ends. */
function charactersOf(text: string): number[] {
  const places = [0];
  for (const character of graphemesOf(text)) places.push(places.at(-1)! + character.length);
  return places;
}

/** Which character begins at a place; in the middle of one, as far behind it as its share. */
function indexIn(places: readonly number[], at: number): number {
  const next = places.findIndex((place) => place >= at);
  if (places[next] === at) return next;
  const [before, after] = [places[next - 1]!, places[next]!];
  return next - 1 + (at - before) / (after - before);
}

/** The same numbers with no two alike, as close as that can be, all from 0 to the last. */
function keptApart(sorted: readonly number[], last: number): number[] {
  const apart = [...sorted];
  for (let index = 1; index < apart.length; index++)
    apart[index] = Math.max(apart[index]!, apart[index - 1]! + 1);
  for (let index = apart.length - 1, most = last; index >= 0; index--, most--)
    apart[index] = Math.min(apart[index]!, most);
  return apart;
}
