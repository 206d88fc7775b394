import {
  existsSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { compareText } from '@cozecut/manifest';

/** What became of a file that a command makes. */
export interface FileResult {
  /** Absolute path. */
  file: string;
  state: 'written' | 'unchanged' | 'different';
  /** The first differing lines; only for `different`. */
  summary?: string;
}

/**
 * Writes a file as a whole or not at all; one that has the content already is left alone. What a link leads to is
 * written, and what is no file, such as `/dev/stdout` or a pipe, gets the content as it is.
 */
export function writeOutput(named: string, content: string, options: { mode?: number } = {}): FileResult {
  const there = statSync(named, { throwIfNoEntry: false });
  if (there !== undefined && !there.isFile() && !there.isDirectory()) {
    writeFileSync(named, content);
    return { file: named, state: 'written' };
  }
  const file = there === undefined ? named : realpathSync(named);
  if (readIfThere(file) === content) return { file, state: 'unchanged' };
  mkdirSync(dirname(file), { recursive: true });
  const temporary = `${file}.${process.pid}.tmp`;
  try {
    writeFileSync(temporary, content, { flush: true, ...options });
    renameSync(temporary, file);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
  return { file, state: 'written' };
}

/** Compares a file with what it should be; writes nothing. */
export function checkOutput(file: string, content: string): FileResult {
  const { isSame, summary } = compareText(readIfThere(file), content);
  return isSame ? { file, state: 'unchanged' } : { file, state: 'different', summary };
}

/** Content of a file, `undefined` when there is none. */
export function readIfThere(file: string): string | undefined {
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}
