import type { Edit } from './text-edits.ts';

/** A text that is put together from parts of an older one and new text; what was not kept comes out as edits. */
export class Pieces {
  readonly #old: string;
  readonly #edits: Edit[] = [];
  #at: number;
  #new = '';

  /** @param start - Where in the old text the pieces begin. */
  constructor(old: string, start: number) {
    this.#old = old;
    this.#at = start;
  }

  /** Goes on with a part of the old text. One from further back comes as new text: it was moved. */
  keep(start: number, end: number): void {
    if (start >= end) return;
    if (start < this.#at) {
      this.put(this.#old.slice(start, end));
      return;
    }
    this.#close(start);
    this.#at = end;
  }

  /** Goes on with new text. */
  put(text: string): void {
    this.#new += text;
  }

  /** The edits, when the pieces end at an offset of the old text. */
  edits(end: number): Edit[] {
    this.#close(end);
    return this.#edits;
  }

  #close(end: number): void {
    if (end > this.#at || this.#new !== '') this.#edits.push({ start: this.#at, end, text: this.#new });
    this.#new = '';
  }
}
