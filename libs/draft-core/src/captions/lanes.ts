/** What lies from `start` to `end`, exclusive, in any unit. */
export interface Span {
  start: number;
  end: number;
}

/**
 * Gives each span the lowest lane in which nothing lies there, in the order in which they start. There are as many
 * lanes as spans overlap at most.
 *
 * @param spans - Sorted by start.
 */
export function lanesOf(spans: readonly Span[]): number[] {
  let size = 1;
  while (size < spans.length) size *= 2;
  // A tree over all lanes that there may be: a node knows when the first of its lanes is free again. However many lanes
  // there are, the lowest free one is found in a few steps.
  const freeFrom = new Float64Array(2 * size).fill(Number.NEGATIVE_INFINITY);
  return spans.map(({ start, end }) => {
    let node = 1;
    while (node < size) node = freeFrom[2 * node]! <= start ? 2 * node : 2 * node + 1;
    const lane = node - size;
    freeFrom[node] = end;
    for (node = node >> 1; node > 0; node = node >> 1) {
      freeFrom[node] = Math.min(freeFrom[2 * node]!, freeFrom[2 * node + 1]!);
    }
    return lane;
  });
}
