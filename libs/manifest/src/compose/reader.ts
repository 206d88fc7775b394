import type { Problem } from '@cozecut/problems';
import type { ManifestFiles } from '../files.ts';
import type { Node } from '../source/node.ts';
import { parseSource } from '../source/parse.ts';
import { NO_TREES, readTrees, type TreesAhead } from '../source/parsed-ahead.ts';
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

  private readonly ahead: TreesAhead;
  private hasOthers = false;

  /** @param parsedAhead - What `parseAhead` gave for some of the files. */
  constructor(files: ManifestFiles, parsedAhead?: string) {
    this.files = files;
    this.ahead = parsedAhead === undefined ? NO_TREES : readTrees(parsedAhead);
  }

  /** Whether every file that was read is one that was checked when it was parsed ahead. */
  get isChecked(): boolean {
    return this.ahead.isChecked && !this.hasOthers;
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
      this.hasOthers = true;
      return { root: undefined, unreadable: error };
    }
    const source = sourceFile(path, text);
    const ahead = this.ahead.tree(source);
    if (ahead !== undefined) return { root: ahead };
    this.hasOthers = true;
    const { root, problems } = parseSource(source);
    this.problems.push(...problems);
    return { root: problems.length > 0 ? undefined : root };
  }
}
