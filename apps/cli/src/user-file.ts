import { readFileSync } from 'node:fs';
import { decodeUtf8, isUserError, UserError } from '@cozecut/problems';

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
  return textOf(readUserBytes(path, shown), shown);
}

/**
 * Such a text for a message or as JSON: without a byte order mark, and in UTF-16 where the mark says so, which is what
 * `>` writes in the PowerShell of Windows.
 *
 * @throws UserError FILE_UNREADABLE
 */
export function readUserWords(path: string | 0, shown: string): string {
  const bytes = readUserBytes(path, shown);
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return wideTextOf(bytes, 'utf-16le', shown);
  if (first === 0xfe && second === 0xff) return wideTextOf(bytes, 'utf-16be', shown);
  return textOf(bytes, shown).replace(/^\uFEFF/, '');
}

function wideTextOf(bytes: Buffer, encoding: 'utf-16le' | 'utf-16be', shown: string): string {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new UserError('FILE_UNREADABLE', `cannot read ${shown}: it is cut off or no UTF-16`, { cause });
  }
}

function textOf(bytes: Buffer, shown: string): string {
  try {
    return decodeUtf8(bytes);
  } catch (error) {
    if (!isUserError(error)) throw error;
    const { message, hint } = error as UserError;
    throw new UserError('FILE_UNREADABLE', `cannot read ${shown}: ${message}`, {
      cause: error,
      ...(hint === undefined ? {} : { hint }),
    });
  }
}

/** The bytes of such a file. @throws UserError FILE_UNREADABLE */
export function readUserBytes(path: string | 0, shown: string): Buffer {
  try {
    return readFileSync(path);
  } catch (cause) {
    const { code = '', message } = cause as NodeJS.ErrnoException;
    throw new UserError('FILE_UNREADABLE', `cannot read ${shown}: ${REASONS[code] ?? message}`, { cause });
  }
}
