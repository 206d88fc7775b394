import type { PathSegment } from '@cozecut/problems';
import type { Entry, MapNode, Node } from '../source/node.ts';
import type { Place, SourceFile } from '../source/source-file.ts';

/** A key of JSON that is written twice; the last one counts. */
export interface DuplicateKey {
  path: readonly PathSegment[];
  place: Place;
}

/** A text that is JSON, as a tree. */
export interface JsonSource {
  root: Node;
  duplicates: DuplicateKey[];
}

/** Reads JSON into a tree with places; nothing when the text is not JSON or is nested deeper than `maxDepth`. */
export function readJson(file: SourceFile, maxDepth: number): JsonSource | undefined {
  try {
    JSON.parse(file.text);
  } catch {
    return undefined;
  }
  const reader = new JsonReader(file, maxDepth);
  const root = reader.value([]);
  return root === undefined ? undefined : { root, duplicates: reader.duplicates };
}

/** Walks through a text that is known to be JSON. */
class JsonReader {
  readonly duplicates: DuplicateKey[] = [];
  private at = 0;
  private readonly file: SourceFile;
  private readonly maxDepth: number;

  constructor(file: SourceFile, maxDepth: number) {
    this.file = file;
    this.maxDepth = maxDepth;
  }

  value(path: readonly PathSegment[]): Node | undefined {
    if (path.length > this.maxDepth) return undefined;
    this.skip(/\s*/y);
    const start = this.at;
    const mark = this.file.text[start];
    if (mark === '{') return this.map(path, start);
    if (mark === '[') return this.list(path, start);
    const text = mark === '"' ? this.take(/"(?:[^"\\]|\\.)*"/y) : this.take(/[^\s,\]}]+/y);
    const value = JSON.parse(text) as string | number | boolean | null;
    return { kind: 'scalar', value, place: this.place(start) };
  }

  private map(path: readonly PathSegment[], start: number): MapNode | undefined {
    const entries = new Map<string, Entry>();
    for (this.at++; !this.ends('}'); ) {
      const keyStart = this.at;
      const name = JSON.parse(this.take(/"(?:[^"\\]|\\.)*"/y)) as string;
      const key = this.place(keyStart);
      this.skip(/\s*:/y);
      const value = this.value([...path, name]);
      if (value === undefined) return undefined;
      if (entries.delete(name)) this.duplicates.push({ path: [...path, name], place: key });
      entries.set(name, { key, value });
    }
    return { kind: 'map', entries, place: this.place(start) };
  }

  private list(path: readonly PathSegment[], start: number): Node | undefined {
    const items: Node[] = [];
    for (this.at++; !this.ends(']'); ) {
      const item = this.value([...path, items.length]);
      if (item === undefined) return undefined;
      items.push(item);
    }
    return { kind: 'list', items, place: this.place(start) };
  }

  /** Whether a collection ends here; otherwise stands at its next item. */
  private ends(mark: string): boolean {
    this.skip(/[\s,]*/y);
    if (this.file.text[this.at] !== mark) return false;
    this.at++;
    return true;
  }

  private take(pattern: RegExp): string {
    pattern.lastIndex = this.at;
    const text = pattern.exec(this.file.text)?.[0] ?? '';
    this.at += text.length;
    return text;
  }

  private skip(pattern: RegExp): void {
    this.take(pattern);
  }

  private place(start: number): Place {
    return { file: this.file, start, end: this.at };
  }
}
