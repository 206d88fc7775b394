import { setOwn } from '../../own-value.ts';
import type { JsonDocument } from '../json/json-document.ts';
import { SpelledNumber } from '../json/spelled-number.ts';

/**
 * Remembers how numbers of parsed values are spelled where JavaScript would spell them otherwise (`1.0`, 20 digits),
 * so that a copy of a part of a draft has the digits of the original.
 */
export class Spellings {
  readonly #texts = new WeakMap<object, Map<string, string>>();

  /** The value of a document. */
  parse(document: JsonDocument): unknown {
    const text = document.text.slice(document.start(document.root), document.end(document.root));
    const note = this.#note.bind(this);
    // What a number was written as is the third argument; where it is missing, copies are spelled anew.
    return JSON.parse(text, function read(this: object, key: string, value: unknown, source?: unknown) {
      const written = (source as { source?: string } | undefined)?.source;
      if (typeof value === 'number' && written !== undefined && String(value) !== written)
        note(this, key, written);
      return value;
    });
  }

  /** A deep copy that is spelled like the original. */
  copy<Value>(value: Value): Value {
    if (typeof value !== 'object' || value === null) return value;
    const copy = (Array.isArray(value) ? [] : {}) as Record<string, unknown>;
    for (const [key, item] of Object.entries(value)) setOwn(copy, key, this.copy(item));
    const texts = this.#texts.get(value);
    if (texts !== undefined) this.#texts.set(copy, new Map(texts));
    return copy as Value;
  }

  /** The value for a writer: numbers that still are what they were have their old digits. */
  written(value: unknown): unknown {
    if (typeof value !== 'object' || value === null) return value;
    const texts = this.#texts.get(value);
    const spelled = (key: string, item: unknown): unknown => {
      const text = texts?.get(key);
      return text !== undefined && Object.is(Number(text), item)
        ? new SpelledNumber(text)
        : this.written(item);
    };
    if (Array.isArray(value)) return value.map((item, index) => spelled(String(index), item));
    const copy: Record<string, unknown> = {};
    for (const [key, item] of Object.entries(value)) setOwn(copy, key, spelled(key, item));
    return copy;
  }

  #note(holder: object, key: string, text: string): void {
    const texts = this.#texts.get(holder);
    if (texts === undefined) this.#texts.set(holder, new Map([[key, text]]));
    else texts.set(key, text);
  }
}
