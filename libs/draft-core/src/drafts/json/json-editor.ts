import { BugError, type PathSegment } from '@cozecut/problems';
import type { JsonDocument } from './json-document.ts';
import { type JsonStyle, styleOf, writeJson } from './json-style.ts';
import { Pieces } from './pieces.ts';
import { KIND } from './tape.ts';
import type { Edit } from './text-edits.ts';

/** Makes changes. */
export type Change = (editor: JsonEditor) => void;

/** A member of a list or map as it will be: one that is there, or a new one. */
type Member = { old: number } | { key?: string; value: unknown };

/** Collects changes of one document; all indexes mean the document as it is. */
export class JsonEditor {
  readonly #document: JsonDocument;
  readonly #texts = new Map<number, string>();
  readonly #lists = new Map<number, Member[]>();
  /** Maps and lists with a change inside, and which of their values it is in. */
  readonly #touched = new Map<number, Set<number>>();
  #style: JsonStyle | undefined;
  #spellsDoubles: boolean | undefined;

  constructor(document: JsonDocument) {
    this.#document = document;
  }

  /** Replaces a value; one of the same text stays as it is spelled. */
  set(node: number, value: unknown): void {
    const document = this.#document;
    const kind = document.kind(node);
    const isLeaf = kind !== KIND.object && kind !== KIND.array;
    if (isLeaf && Object.is(document.value(node), value)) return;
    const isWhole = typeof value === 'number' && Number.isInteger(value) && Math.abs(value) < 1e21;
    const text = isWhole && kind === KIND.number && this.#isDouble(node) ? `${value}.0` : undefined;
    this.#replace(node, text ?? writeJson(value, this.#styled(), this.#indentOf(node)));
  }

  /** Whether a number is a fraction of a document whose writer spells a whole one of its kind as `1.0`. */
  #isDouble(node: number): boolean {
    const { text } = this.#document;
    if (!text.slice(this.#document.start(node), this.#document.end(node)).includes('.')) return false;
    this.#spellsDoubles ??= /[:[,]\s*-?\d+\.0\s*[,\]}]/.test(text);
    return this.#spellsDoubles;
  }

  /** Sets the value at a path, or adds the last key of the path; nothing when there is no such map. */
  setAt(path: readonly PathSegment[], value: unknown): void {
    const node = this.#document.at(path);
    const map = this.#document.at(path.slice(0, -1));
    if (node !== undefined) this.set(node, value);
    else if (map !== undefined && this.#document.kind(map) === KIND.object)
      this.put(map, String(path.at(-1)), value);
  }

  /** Removes the value at a path, when it is there. */
  removeAt(path: readonly PathSegment[]): void {
    const node = this.#document.at(path);
    if (node !== undefined) this.remove(node);
  }

  /** Edits the text that a string stands for; the rest of the string keeps its escapes. */
  editString(node: number, edits: readonly Edit[]): void {
    if (this.#document.kind(node) !== KIND.string) throw new BugError('editString needs a string');
    if (edits.length === 0) return;
    const raw = this.#document.text.slice(this.#document.start(node), this.#document.end(node));
    const offsets = rawOffsets(raw);
    let [text, at] = ['', 0];
    for (const edit of edits.toSorted((a, b) => a.start - b.start || a.end - b.end)) {
      text += raw.slice(at, offsets[edit.start]) + JSON.stringify(edit.text).slice(1, -1);
      at = offsets[edit.end]!;
    }
    this.#replace(node, text + raw.slice(at));
  }

  /** Puts a value into a map: replaces the one that is there, or adds the key at the end. */
  put(map: number, key: string, value: unknown): void {
    const there = this.#document.child(map, key);
    if (there !== undefined) this.set(there, value);
    else this.#members(map).push({ key, value });
  }

  /** Adds a value to a list, in front of `index` of what is there; at the end without it. */
  insert(list: number, value: unknown, index?: number): void {
    const members = this.#members(list);
    const before = index === undefined ? undefined : [...this.#document.members(list)][index];
    const at = members.findIndex((member) => 'old' in member && member.old === before);
    members.splice(at === -1 ? members.length : at, 0, { value });
  }

  /** Removes a value: an item of a list, or a key with its value. */
  remove(node: number): void {
    const container = this.#document.container(node);
    if (container === -1) throw new BugError('the root cannot be removed');
    const members = this.#members(container);
    const at = members.findIndex((member) => 'old' in member && this.#document.valueOf(member.old) === node);
    if (at !== -1) members.splice(at, 1);
  }

  /** Puts the items of a list into another order, given as indexes of what is there. */
  reorder(list: number, order: readonly number[]): void {
    if (this.#lists.has(list)) throw new BugError('a list cannot be sorted and changed at once');
    const items = [...this.#document.members(list)];
    this.#members(list).splice(0, items.length, ...order.map((index) => ({ old: items[index]! })));
  }

  /** What was collected, as edits of the text. */
  edits(): Edit[] {
    const { root } = this.#document;
    const start = this.#document.start(root);
    const pieces = new Pieces(this.#document.text, start);
    this.#emit(root, pieces);
    return pieces.edits(this.#document.end(root));
  }

  #replace(node: number, text: string): void {
    if (this.#texts.has(node) && this.#texts.get(node) !== text)
      throw new BugError(`two changes of ${JSON.stringify(this.#document.pathOf(node))}`);
    this.#texts.set(node, text);
    this.#touch(node);
  }

  #members(container: number): Member[] {
    let members = this.#lists.get(container);
    if (members === undefined) {
      members = [...this.#document.members(container)].map((old) => ({ old }));
      this.#lists.set(container, members);
      this.#touch(container);
      if (!this.#touched.has(container)) this.#touched.set(container, new Set());
    }
    return members;
  }

  /** Notes on the way to the root that there is a change inside. */
  #touch(node: number): void {
    for (let at = node; ; ) {
      const container = this.#document.container(at);
      if (container === -1) return;
      const inside = this.#touched.get(container);
      if (inside?.has(at)) return;
      if (inside === undefined) this.#touched.set(container, new Set([at]));
      else inside.add(at);
      at = container;
    }
  }

  #emit(node: number, pieces: Pieces): void {
    const document = this.#document;
    const text = this.#texts.get(node);
    if (text !== undefined) pieces.put(text);
    else if (!this.#touched.has(node)) pieces.keep(document.start(node), document.end(node));
    else if (this.#lists.has(node)) this.#emitList(node, this.#lists.get(node)!, pieces);
    else {
      let at = document.start(node);
      for (const value of [...this.#touched.get(node)!].sort((a, b) => a - b)) {
        pieces.keep(at, document.start(value));
        this.#emit(value, pieces);
        at = document.end(value);
      }
      pieces.keep(at, document.end(node));
    }
  }

  #emitList(node: number, members: readonly Member[], pieces: Pieces): void {
    const document = this.#document;
    const [start, end] = [document.start(node), document.end(node)];
    const old = [...document.members(node)];
    const places = new Map(old.map((member, index) => [member, index]));
    const endOf = (index: number): number => document.end(document.valueOf(old[index]!));
    const commaAfter = (index: number): number => document.text.indexOf(',', endOf(index));
    pieces.keep(start, start + 1);
    let previous: number | undefined;
    for (const [index, member] of members.entries()) {
      const place = 'old' in member ? places.get(member.old)! : undefined;
      if (index > 0) {
        if (previous !== undefined && previous + 1 < old.length)
          pieces.keep(endOf(previous), commaAfter(previous) + 1);
        else pieces.put(',');
      }
      if (place !== undefined && (index === 0) === (place === 0)) {
        pieces.keep(place === 0 ? start + 1 : commaAfter(place - 1) + 1, document.start(old[place]!));
      } else pieces.put(this.#lead(node, old, index));
      if ('old' in member) {
        if (document.kind(member.old) === KIND.key)
          pieces.keep(document.start(member.old), document.start(member.old + 1));
        this.#emit(document.valueOf(member.old), pieces);
      } else {
        const key = member.key === undefined ? '' : JSON.stringify(member.key) + this.#styled().colon;
        const isFlat = old[0] !== undefined && !this.#lead(node, old, 0).includes('\n');
        const style = isFlat ? { ...this.#styled(), lines: undefined } : this.#styled();
        pieces.put(key + writeJson(member.value, style, this.#innerIndent(node, old)));
      }
      previous = place;
    }
    if (members.length > 0) {
      if (old.length > 0) pieces.keep(endOf(old.length - 1), end - 1);
      else if (this.#styled().lines !== undefined)
        pieces.put(this.#styled().lines!.end + this.#indentOf(node));
    }
    pieces.keep(end - 1, end);
  }

  /** Blanks in front of a member that is new at its place: those of another one there. */
  #lead(node: number, old: readonly number[], index: number): string {
    const { text } = this.#document;
    if (old[0] === undefined) {
      const { lines } = this.#styled();
      return lines === undefined
        ? index === 0
          ? ''
          : this.#styled().gap
        : lines.end + this.#innerIndent(node, old);
    }
    const first = text.slice(this.#document.start(node) + 1, this.#document.start(old[0]));
    if (index === 0 || first.includes('\n')) return first;
    if (old[1] === undefined) return this.#styled().gap;
    const comma = text.indexOf(',', this.#document.end(this.#document.valueOf(old[0])));
    return text.slice(comma + 1, this.#document.start(old[1]));
  }

  #innerIndent(node: number, old: readonly number[]): string {
    return old[0] === undefined
      ? this.#indentOf(node) + (this.#styled().lines?.unit ?? '')
      : this.#indentOf(this.#document.valueOf(old[0]));
  }

  /** Blanks at the start of the line that a value begins on. */
  #indentOf(node: number): string {
    // A document on one line has no indents, and looking for them would read all of it.
    if (this.#styled().lines === undefined) return '';
    const { text } = this.#document;
    const start = this.#document.start(node);
    const lineStart = text.lastIndexOf('\n', start - 1) + 1;
    return /^[ \t]*/.exec(text.slice(lineStart, Math.min(start, lineStart + 200)))![0];
  }

  #styled(): JsonStyle {
    this.#style ??= styleOf(this.#document);
    return this.#style;
  }
}

/** For every UTF-16 unit of the text that a raw string stands for, and for its end, the offset in the raw string. */
function rawOffsets(raw: string): number[] {
  const offsets: number[] = [];
  let at = 1;
  while (at < raw.length - 1) {
    offsets.push(at);
    at += raw[at] !== '\\' ? 1 : raw[at + 1] === 'u' ? 6 : 2;
  }
  offsets.push(at);
  return offsets;
}
