import { BugError } from '@cozecut/problems';
import { isSameJson } from '../../same-json.ts';
import type { JsonDocument } from '../json/json-document.ts';
import type { JsonEditor } from '../json/json-editor.ts';
import { isObject } from '../loose.ts';
import type { Spellings } from './spellings.ts';

/** A list that is sorted anew cannot be changed otherwise at once; more rounds than these are never needed. */
const MAX_ROUNDS = 4;

/**
 * The document with another value: what is the same in both keeps its characters. Items of lists that have an `id`
 * are the same item wherever they stand.
 */
export function writeChanges(document: JsonDocument, value: unknown, spellings: Spellings): JsonDocument {
  let written = document;
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const before = written.value(written.root);
    const next = written.edit((editor) =>
      new Differ(written, editor, spellings).change(before, value, written.root),
    );
    if (next === written) return written;
    written = next;
  }
  const left = written.edit((editor) =>
    new Differ(written, editor, spellings).change(written.value(written.root), value, written.root),
  );
  if (left !== written) throw new BugError('the changes of a draft do not come to an end');
  return written;
}

class Differ {
  readonly #document: JsonDocument;
  readonly #editor: JsonEditor;
  readonly #spellings: Spellings;

  constructor(document: JsonDocument, editor: JsonEditor, spellings: Spellings) {
    this.#document = document;
    this.#editor = editor;
    this.#spellings = spellings;
  }

  change(before: unknown, after: unknown, node: number): void {
    if (before === after || Object.is(before, after) || isSameJson(before, after)) return;
    if (Array.isArray(before) && Array.isArray(after)) this.#list(before, after, node);
    else if (isObject(before) && isObject(after)) this.#map(before, after, node);
    else if (typeof before === 'string' && typeof after === 'string') this.#string(before, after, node);
    else this.#editor.set(node, this.#spellings.written(after));
  }

  #map(
    before: Readonly<Record<string, unknown>>,
    after: Readonly<Record<string, unknown>>,
    node: number,
  ): void {
    for (const [key, value] of Object.entries(before)) {
      if (Object.hasOwn(after, key) && after[key] === value) continue;
      const child = this.#document.child(node, key)!;
      if (!Object.hasOwn(after, key) || after[key] === undefined) this.#editor.remove(child);
      else this.change(value, after[key], child);
    }
    for (const [key, value] of Object.entries(after)) {
      if (!Object.hasOwn(before, key) && value !== undefined)
        this.#editor.put(node, key, this.#spellings.written(value));
    }
  }

  #string(before: string, after: string, node: number): void {
    let start = 0;
    const shorter = Math.min(before.length, after.length);
    while (start < shorter && before[start] === after[start]) start++;
    let common = 0;
    while (common < shorter - start && before.at(-1 - common) === after.at(-1 - common)) common++;
    // The halves of a pair are only together a character of a file.
    if (isHighHalf(before, start - 1)) start--;
    if (common > 0 && isLowHalf(before, before.length - common)) common--;
    this.#editor.editString(node, [
      { start, end: before.length - common, text: after.slice(start, after.length - common) },
    ]);
  }

  #list(before: readonly unknown[], after: readonly unknown[], node: number): void {
    const [oldKeys, newKeys] = [keysOf(before), keysOf(after)];
    if (oldKeys === undefined || newKeys === undefined) this.#byPlace(before, after, node);
    else this.#byKey({ before, after, oldKeys, newKeys }, node);
  }

  #byPlace(before: readonly unknown[], after: readonly unknown[], node: number): void {
    for (const [index, value] of before.entries()) {
      if (index < after.length && isSameJson(value, after[index])) continue;
      const child = this.#document.child(node, index)!;
      if (index < after.length) this.change(value, after[index], child);
      else this.#editor.remove(child);
    }
    for (const value of after.slice(before.length)) this.#editor.insert(node, this.#spellings.written(value));
  }

  #byKey({ before, after, oldKeys, newKeys }: KeyedLists, node: number): void {
    const [oldPlaces, newPlaces] = [placesOf(oldKeys), placesOf(newKeys)];
    const kept = newKeys.flatMap((key) => oldPlaces.get(key) ?? []);
    const isSorted = kept.every((place, index) => index === 0 || kept[index - 1]! < place);
    if (!isSorted) {
      const rest = [...before.keys()].filter((place) => !newPlaces.has(oldKeys[place]!));
      this.#editor.reorder(node, [...kept, ...rest]);
    }
    for (const place of kept) {
      const value = after[newPlaces.get(oldKeys[place]!)!];
      if (!isSameJson(before[place], value))
        this.change(before[place], value, this.#document.child(node, place)!);
    }
    // What comes and goes waits until the rest stands in its order.
    if (!isSorted) return;
    for (const [place, key] of oldKeys.entries())
      if (!newPlaces.has(key)) this.#editor.remove(this.#document.child(node, place)!);
    let next: number | undefined;
    const nextOld = newKeys.toReversed().map((key) => (next = oldPlaces.get(key) ?? next));
    for (const [index, value] of after.entries()) {
      if (oldPlaces.has(newKeys[index]!)) continue;
      this.#editor.insert(node, this.#spellings.written(value), nextOld[after.length - 1 - index]);
    }
  }
}

interface KeyedLists {
  before: readonly unknown[];
  after: readonly unknown[];
  oldKeys: readonly string[];
  newKeys: readonly string[];
}

/** What each item is recognised by; nothing when two are alike or one has no name. */
function keysOf(list: readonly unknown[]): string[] | undefined {
  const keys: string[] = [];
  for (const item of list) {
    if (typeof item === 'string') keys.push(`"${item}`);
    else if (isObject(item) && typeof item.id === 'string') keys.push(`:${item.id}`);
    else return undefined;
  }
  return new Set(keys).size === keys.length ? keys : undefined;
}

function placesOf(keys: readonly string[]): Map<string, number> {
  return new Map(keys.map((key, index) => [key, index]));
}

function isHighHalf(text: string, at: number): boolean {
  const unit = text.charCodeAt(at);
  return unit >= 0xd800 && unit <= 0xdbff;
}

function isLowHalf(text: string, at: number): boolean {
  const unit = text.charCodeAt(at);
  return unit >= 0xdc00 && unit <= 0xdfff;
}
