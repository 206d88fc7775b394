import type { Problem } from '@cozecut/problems';
import type { ManifestFiles } from '../files.ts';
import { type Checked, type Kept, NOTHING_KEPT, writeKept } from '../source/kept.ts';
import type { Node } from '../source/node.ts';
import { parseSource } from '../source/parse.ts';
import { type SourceFile, sourceFile } from '../source/source-file.ts';
import { WatchedFiles } from '../source/watched-files.ts';

/** A file that was read and parsed. */
export interface ReadResult {
  root: Node | undefined;
  /** Why the file could not be read at all. */
  unreadable?: unknown;
}

/** Reads and parses each file once, and collects what is wrong with it. */
export class Reader {
  readonly problems: Problem[] = [];
  /** What everything is asked through that says how the manifest is to be understood. */
  readonly files: ManifestFiles;
  private readonly watched: WatchedFiles;
  private readonly read = new Map<string, ReadResult>();
  private readonly trees: { file: SourceFile; root: Node }[] = [];
  private readonly kept: Kept;
  private readonly isSame: boolean;
  private hasOthers = false;

  /** @param before - What is known of the manifest in a folder. */
  constructor(files: ManifestFiles, before?: { folder: string; kept: Kept }) {
    this.watched = new WatchedFiles(files);
    this.files = this.watched;
    const { kept, folder } = before ?? { kept: NOTHING_KEPT, folder: '' };
    this.kept = kept;
    this.isSame = kept.checked !== 'nothing' && kept.seen.every((one) => this.watched.isSame(one, folder));
  }

  /** What of all that was read so far was found to be right before. */
  get checked(): Checked {
    return this.isSame && !this.hasOthers ? this.kept.checked : 'nothing';
  }

  open(path: string): ReadResult {
    const before = this.read.get(path);
    if (before !== undefined) return before;
    const result = this.parse(path);
    this.read.set(path, result);
    return result;
  }

  /**
   * What was read, for {@link readKept}.
   *
   * @param seenFrom - Folder of the manifest, where what else the checks saw of the disk counts.
   */
  keep(checked: Checked, seenFrom?: string): string {
    return writeKept(this.trees, {
      checked,
      seen: seenFrom === undefined ? [] : this.watched.seen(seenFrom),
    });
  }

  private parse(path: string): ReadResult {
    let text: string;
    try {
      text = this.files.readFile(path);
    } catch (error) {
      this.hasOthers = true;
      return { root: undefined, unreadable: error };
    }
    const file = sourceFile(path, text);
    const root = this.kept.tree(file) ?? this.parseAnew(file);
    if (root !== undefined) this.trees.push({ file, root });
    return { root };
  }

  private parseAnew(file: SourceFile): Node | undefined {
    this.hasOthers = true;
    const { root, problems } = parseSource(file);
    this.problems.push(...problems);
    return problems.length > 0 ? undefined : root;
  }
}
