import { isAbsolute, join, relative } from 'node:path';
import type { ManifestFiles } from '../files.ts';

/** Something that was asked of the disk. */
export interface Seen {
  what: 'text' | 'exists' | 'names';
  /** Relative to the folder of the manifest. */
  path: string;
  /** `null` when it could not be read. */
  answer: string | boolean | readonly string[] | null;
}

/** Files that remember what they were asked: to the same question they give the same answer, and all can be listed. */
export class WatchedFiles implements ManifestFiles {
  readonly list?: (folder: string) => string[];
  private readonly files: ManifestFiles;
  private readonly answers = new Map<string, { what: Seen['what']; path: string; give: () => unknown }>();

  constructor(files: ManifestFiles) {
    this.files = files;
    if (files.list !== undefined) {
      this.list = (path) => this.ask('names', path, () => files.list!(path).toSorted());
    }
  }

  readFile(path: string): string {
    return this.ask('text', path, () => this.files.readFile(path));
  }

  exists(path: string): boolean {
    return this.ask('exists', path, () => this.files.exists(path));
  }

  /** Everything that was asked so far, by the manifest in a folder. */
  seen(folder: string): Seen[] {
    return [...this.answers.values()].map(({ what, path, give }) => ({
      what,
      path: relative(folder, path),
      answer: attempt(give),
    }));
  }

  /** Whether a question of the manifest in a folder still has the same answer. */
  isSame({ what, path, answer }: Seen, folder: string): boolean {
    // What is on another drive has no relative path.
    const full = isAbsolute(path) ? path : join(folder, path);
    const ask = {
      text: () => this.readFile(full),
      exists: () => this.exists(full),
      names: () => this.list?.(full) ?? null,
    };
    const now = attempt(ask[what]);
    return now === answer || (what === 'names' && JSON.stringify(now) === JSON.stringify(answer));
  }

  private ask<Answer>(what: Seen['what'], path: string, work: () => Answer): Answer {
    const key = `${what} ${path}`;
    let known = this.answers.get(key);
    if (known === undefined) {
      known = { what, path, give: once(work) };
      this.answers.set(key, known);
    }
    return known.give() as Answer;
  }
}

/** Gives the same answer, or throws the same error, again and again. */
function once<Answer>(work: () => Answer): () => Answer {
  try {
    const answer = work();
    return () => answer;
  } catch (error) {
    return () => {
      throw error;
    };
  }
}

function attempt(give: () => unknown): Seen['answer'] {
  try {
    return give() as Seen['answer'];
  } catch {
    return null;
  }
}
