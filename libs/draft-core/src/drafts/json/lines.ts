import type { Location } from '@cozecut/problems';
import type { JsonDocument } from './json-document.ts';

/** Turns offsets of a document into places that problems carry. */
export class Lines {
  readonly #document: JsonDocument;
  readonly #file: string;
  readonly #starts = [0];

  /** @param file - Path that the places name. */
  constructor(document: JsonDocument, file: string) {
    this.#document = document;
    this.#file = file;
    const { text } = document;
    for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) this.#starts.push(at + 1);
  }

  /** Place of a value. */
  locate(node: number): Location {
    const { text } = this.#document;
    return {
      file: this.#file,
      start: this.#position(this.#document.start(node)),
      end: this.#position(this.#document.end(node)),
      source: text,
    };
  }

  #position(offset: number): Location['start'] {
    let [low, high] = [0, this.#starts.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.#starts[middle]! <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: offset - this.#starts[low]! + 1 };
  }
}
