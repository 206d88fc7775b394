import type { PathSegment } from '@cozecut/problems';
import { type Change, JsonEditor } from './json-editor.ts';
import { JSON_LIMITS, type JsonLimits, parseTape } from './parse-json.ts';
import { KIND, type Kind, type Tape } from './tape.ts';
import { applyEdits, type Edit } from './text-edits.ts';

/** A key that stands twice in one map. */
export interface DuplicateKey {
  path: PathSegment[];
  /** Index of the key that comes later; its value is the one that counts. */
  node: number;
}

/**
 * A JSON text that keeps its spelling. It never changes: an edit gives a new document in which all characters that the
 * edit does not name are the same, down to blanks, escapes, the digits of numbers and the order of keys. Values are
 * named by their index, which belongs to this document only.
 */
export class JsonDocument {
  readonly text: string;
  /** What messages call it. */
  readonly name: string;
  readonly #tape: Tape;
  readonly #limits: JsonLimits;
  /** Items of long lists, for access by index. */
  readonly #items = new Map<number, Int32Array>();

  /**
   * @param name - What messages call the text, such as the name of its file.
   * @throws UserError JSON_INVALID with line and column, JSON_TOO_DEEP, JSON_TOO_COMPLEX
   */
  constructor(text: string, name: string, limits: JsonLimits = JSON_LIMITS) {
    this.text = text;
    this.name = name;
    this.#limits = limits;
    this.#tape = parseTape(text, name, limits);
  }

  /** Index of the outermost value. */
  readonly root = 0;

  /** What a value is: see `KIND` of the tape. */
  kind(node: number): Kind {
    return this.#tape.kinds[node] as Kind;
  }

  /** Offset of the first character of a value. */
  start(node: number): number {
    return this.#tape.starts[node]!;
  }

  /** Offset after the last character of a value. */
  end(node: number): number {
    return this.#tape.ends[node]!;
  }

  /** The map or list that holds a value; -1 for the root. */
  container(node: number): number {
    const parent = this.#tape.parents[node]!;
    return parent !== -1 && this.kind(parent) === KIND.key ? this.#tape.parents[parent]! : parent;
  }

  /** The keys of a map, or the items of a list, in order. */
  *members(node: number): Generator<number> {
    const end = this.#tape.nexts[node]!;
    for (let at = node + 1; at < end; at = this.#tape.nexts[at]!) yield at;
  }

  /** The value of a key; of an item of a list, the item. */
  valueOf(member: number): number {
    return this.kind(member) === KIND.key ? member + 1 : member;
  }

  /** The value at a path; of a key that stands twice, the last one. `undefined` when the path leads nowhere. */
  at(path: readonly PathSegment[]): number | undefined {
    let node: number | undefined = this.root;
    for (const step of path) {
      node = this.child(node, step);
      if (node === undefined) return undefined;
    }
    return node;
  }

  /** The value of a key of a map, or of an index of a list. */
  child(node: number, step: PathSegment): number | undefined {
    const isList = this.kind(node) === KIND.array;
    const member = isList ? this.#item(node, Number(step)) : this.#key(node, String(step));
    return member === undefined ? undefined : this.valueOf(member);
  }

  /** The value at a path, or the innermost value on the way to it that exists. */
  nearest(path: readonly PathSegment[]): number {
    let node: number = this.root;
    for (const step of path) {
      const inner = this.child(node, step);
      if (inner === undefined) break;
      node = inner;
    }
    return node;
  }

  /** The value as JavaScript has it; numbers lose their spelling. */
  value(node: number): unknown {
    return JSON.parse(this.text.slice(this.start(node), this.end(node)));
  }

  /** Path to a value. */
  pathOf(node: number): PathSegment[] {
    const path: PathSegment[] = [];
    for (let at = node; at !== this.root; ) {
      const parent = this.#tape.parents[at]!;
      if (this.kind(at) === KIND.key) path.unshift(this.value(at) as string);
      else if (this.kind(parent) === KIND.array) path.unshift(this.#indexOf(parent, at));
      at = parent;
    }
    return path;
  }

  /** Keys that stand twice in one map; most readers take the later one and do not say so. */
  duplicateKeys(): DuplicateKey[] {
    const found: DuplicateKey[] = [];
    for (let node = 0; node < this.#tape.count; node++) {
      if (this.kind(node) !== KIND.object) continue;
      const seen = new Set<string>();
      for (const key of this.members(node)) {
        const raw = this.text.slice(this.start(key), this.end(key));
        const name = raw.includes('\\') ? (JSON.parse(raw) as string) : raw.slice(1, -1);
        if (seen.has(name)) found.push({ path: [...this.pathOf(node), name], node: key });
        else seen.add(name);
      }
    }
    return found;
  }

  /** The edits that make changes to this document; they do not overlap. */
  edits(change: Change): Edit[] {
    const editor = new JsonEditor(this);
    change(editor);
    return editor.edits();
  }

  /**
   * The document after changes, all of which mean this document.
   *
   * @throws BugError when two of them contradict each other.
   */
  edit(change: Change): JsonDocument {
    return this.apply(this.edits(change));
  }

  /** The document after edits of its text. */
  apply(edits: readonly Edit[]): JsonDocument {
    if (edits.length === 0) return this;
    return new JsonDocument(applyEdits(this.text, edits), this.name, this.#limits);
  }

  #item(node: number, index: number): number | undefined {
    let items = this.#items.get(node);
    if (items === undefined) {
      items = Int32Array.from(this.members(node));
      this.#items.set(node, items);
    }
    return items[index];
  }

  #indexOf(list: number, item: number): number {
    let index = 0;
    for (const member of this.members(list)) {
      if (member === item) return index;
      index++;
    }
    return -1;
  }

  #key(node: number, name: string): number | undefined {
    if (this.kind(node) !== KIND.object) return undefined;
    const plain = JSON.stringify(name);
    let found: number | undefined;
    for (const key of this.members(node)) {
      const [start, length] = [this.start(key), this.end(key) - this.start(key)];
      // Any other spelling of a key has escapes, and is not shorter.
      if (length < plain.length) continue;
      if (length === plain.length && this.text.startsWith(plain, start)) found = key;
      else if (this.#isKey(key, name)) found = key;
    }
    return found;
  }

  #isKey(key: number, name: string): boolean {
    const raw = this.text.slice(this.start(key), this.end(key));
    return raw.includes('\\') && JSON.parse(raw) === name;
  }
}
