import type { RangeStyle, TextRange } from '@cozecut/draft-core';

/** A part of a text by its place, in UTF-16 units. */
export interface Place {
  start: number;
  end: number;
}

type PlacedRange = Extract<TextRange, Place>;

/**
 * Lays a style over parts of a text: what a part had of its own stays where the new style says nothing about it.
 * Ranges that are found by their words stay as they are.
 */
export function layStyle(
  ranges: readonly TextRange[],
  places: readonly Place[],
  style: RangeStyle,
): TextRange[] {
  const byWords = ranges.filter((range) => !('start' in range));
  let placed = ranges.filter((range): range is PlacedRange => 'start' in range);
  for (const place of places) placed = layOne(placed, place, style);
  return [...byWords, ...placed];
}

function layOne(ranges: readonly PlacedRange[], place: Place, style: RangeStyle): PlacedRange[] {
  const made: PlacedRange[] = [];
  const put = (start: number, end: number, own: RangeStyle): void => {
    if (start < end) made.push({ start, end, style: own });
  };
  let at = place.start;
  for (const { start, end, style: former } of [...ranges].sort((a, b) => a.start - b.start)) {
    const [from, to] = [Math.max(start, place.start), Math.min(end, place.end)];
    if (from >= to) {
      put(start, end, former);
      continue;
    }
    put(start, from, former);
    put(at, from, style);
    put(from, to, { ...former, ...style });
    put(to, end, former);
    at = to;
  }
  put(at, place.end, style);
  return made.sort((a, b) => a.start - b.start);
}
