import type { Problem } from '@cozecut/problems';
import type { ManifestFiles } from '../files.ts';
import type { Node } from '../source/node.ts';
import { parseSource } from '../source/parse.ts';
import { sourceFile } from '../source/source-file.ts';

/** A file that was read and parsed. */
export interface ReadResult {
  root: Node | undefined;
  /** Why the file could not be read at all. */
  unreadable?: unknown;
}

/** Reads and parses each file once, and collects what is wrong with it. */
export class Reader {
  readonly problems: Problem[] = [];
  readonly files: ManifestFiles;
  private readonly read = new Map<string, ReadResult>();

  constructor(files: ManifestFiles) {
    this.files = files;
  }

  open(path: string): ReadResult {
    const before = this.read.get(path);
    if (before !== undefined) return before;
    const result = this.parse(path);
    this.read.set(path, result);
    return result;
  }

  private parse(path: string): ReadResult {
    let text: string;
    try {
      text = this.files.readFile(path);
    } catch (error) {
      return { root: undefined, unreadable: error };
    }
    const { root, problems } = parseSource(sourceFile(path, text));
    this.problems.push(...problems);
    return { root: problems.length > 0 ? undefined : root };
  }
}
