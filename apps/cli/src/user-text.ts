import { decodeText } from '@cozecut/draft-core';
import { isUserError, UserError } from '@cozecut/problems';
import { readUserBytes } from './user-file.ts';

/**
 * Text of a file that a person named, in whatever encoding it is, for files that other programs have written.
 *
 * @throws UserError FILE_UNREADABLE, INPUT_ENCODING
 */
export function readUserText(path: string | 0, shown: string): string {
  const bytes = readUserBytes(path, shown);
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
