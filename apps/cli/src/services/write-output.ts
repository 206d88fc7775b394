import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
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

/** Writes a file as a whole or not at all; one that has the content already is left alone. */
export function writeOutput(file: string, content: string, options: { mode?: number } = {}): FileResult {
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
