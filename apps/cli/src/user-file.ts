import { readFileSync } from 'node:fs';
import { decodeText } from '@cozecut/draft-core';
import { isUserError, UserError } from '@cozecut/problems';

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EISDIR: 'it is a folder',
  EACCES: 'its permissions do not allow it',
};

/**
 * Text of a file that a person named, or of standard input.
 *
 * @param path - Where it is, `0` for standard input.
 * @param shown - What the person wrote.
 * @throws UserError FILE_UNREADABLE
 */
export function readUserFile(path: string | 0, shown: string): string {
  return readBytes(path, shown).toString('utf8');
}

/**
 * The same in whatever encoding it is, for files that other programs have written.
 *
 * @throws UserError FILE_UNREADABLE, INPUT_ENCODING
 */
export function readUserText(path: string | 0, shown: string): string {
  const bytes = readBytes(path, shown);
  try {
    return decodeText(bytes);
  } catch (error) {
    if (!isUserError(error)) throw error;
    throw new UserError(error.code, `${shown}: ${error.message}`, {
      cause: error,
      ...(error.hint === undefined ? {} : { hint: error.hint }),
    });
  }
}

function readBytes(path: string | 0, shown: string): Buffer {
  try {
    return readFileSync(path);
  } catch (cause) {
    const { code = '', message } = cause as NodeJS.ErrnoException;
    throw new UserError('FILE_UNREADABLE', `cannot read ${shown}: ${REASONS[code] ?? message}`, { cause });
  }
}
