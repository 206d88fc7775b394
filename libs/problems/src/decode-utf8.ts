import { UserError } from './errors.ts';

/**
 * The text of a file that has to be UTF-8. A byte order mark stays, so that places in the text are places in the file.
 *
 * @throws UserError TEXT_ENCODING when it is another one: every other program would put other words in place of those
 * that the person wrote.
 */
export function decodeUtf8(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (cause) {
    throw new UserError('TEXT_ENCODING', 'it is not UTF-8', { hint: 'Save the file as UTF-8', cause });
  }
}
