import { readFileSync } from 'node:fs';
import { UserError } from '@cozecut/problems';

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
  return readUserBytes(path, shown).toString('utf8');
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
