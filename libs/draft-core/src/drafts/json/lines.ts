import { LineTable, type Location } from '@cozecut/problems';
import type { JsonDocument } from './json-document.ts';

/** Turns nodes of a document into places that problems carry. */
export class Lines {
  readonly #document: JsonDocument;
  readonly #file: string;
  readonly #table: LineTable;

  /** @param file - Path that the places name. */
  constructor(document: JsonDocument, file: string) {
    this.#document = document;
    this.#file = file;
    this.#table = new LineTable(document.text);
  }

  /** Place of a value. */
  locate(node: number): Location {
    return {
      file: this.#file,
      start: this.#table.position(this.#document.start(node)),
      end: this.#table.position(this.#document.end(node)),
      source: this.#document.text,
    };
  }
}
