import type { Position } from './problem.ts';

/** Turns offsets of a text into lines and columns. The table is made when the first place is asked for. */
export class LineTable {
  readonly #text: string;
  #starts: number[] | undefined;

  /** @param text - Lines end with a line feed. */
  constructor(text: string) {
    this.#text = text;
  }

  /** Line and column, from 1, of an offset in UTF-16 code units. */
  position(offset: number): Position {
    const starts = this.#lineStarts();
    let [low, high] = [0, starts.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (starts[middle]! <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: offset - starts[low]! + 1 };
  }

  #lineStarts(): number[] {
    if (this.#starts !== undefined) return this.#starts;
    const starts = [0];
    for (let at = this.#text.indexOf('\n'); at !== -1; at = this.#text.indexOf('\n', at + 1))
      starts.push(at + 1);
    this.#starts = starts;
    return starts;
  }
}
