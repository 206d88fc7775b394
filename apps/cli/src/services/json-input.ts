import { parseJson, UserError } from '@cozecut/problems';
import { readUserWords } from '../user-file.ts';

/** What a flag says: the text itself, `@FILE` or `-` for standard input. @throws UserError FILE_UNREADABLE, USAGE */
export function readFlagText(text: string): string {
  if (text === '-') return readUserWords(0, text);
  if (text === '@') throw new UserError('USAGE', '@ must be followed by the name of a file');
  return text.startsWith('@') ? readUserWords(text.slice(1), text.slice(1)) : text;
}

/**
 * The object that `--input` gives; an empty one without it.
 *
 * @throws UserError INPUT_INVALID, FILE_UNREADABLE
 */
export function readJsonInput(input: string | undefined): Record<string, unknown> {
  if (input === undefined) return {};
  try {
    const value = parseJson(readFlagText(input));
    if (value !== null && typeof value === 'object' && !Array.isArray(value))
      return value as Record<string, unknown>;
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw cause;
    throw new UserError('INPUT_INVALID', `--input is not JSON: ${cause.message}`, { cause });
  }
  throw new UserError('INPUT_INVALID', '--input must be a JSON object');
}
