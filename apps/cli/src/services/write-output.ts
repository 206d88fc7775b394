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
import { UserError } from '@cozecut/problems';

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
 *
 * @throws UserError FOLDER_NOT_WRITABLE when a folder is there.
 */
export function writeOutput(named: string, content: string, options: { mode?: number } = {}): FileResult {
  assertNoFolder(named);
  const there = statSync(named, { throwIfNoEntry: false });
  if (there !== undefined && !there.isFile()) {
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
  assertNoFolder(file);
  const { isSame, summary } = compareText(readIfThere(file), content);
  return isSame ? { file, state: 'unchanged' } : { file, state: 'different', summary };
}

/** @throws UserError FOLDER_NOT_WRITABLE when a folder is where a file is to be. */
function assertNoFolder(file: string): void {
  if (!statSync(file, { throwIfNoEntry: false })?.isDirectory()) return;
  throw new UserError('FOLDER_NOT_WRITABLE', `a folder is where a file is needed: ${file}`, {
    hint: 'name a file in it',
  });
}

/** Content of a file, `undefined` when there is none. */
export function readIfThere(file: string): string | undefined {
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}
