import { parseJson } from '@cozecut/draft-core';
import { UserError } from '@cozecut/problems';

/**
 * JSON that a person wrote.
 *
 * @param where - What a message calls the text: its file, or the flag that it was given to.
 * @throws UserError INPUT_INVALID with line and column.
 */
export function readJson(where: string, text: string): unknown {
  const parsed = parseJson(text.replace(/^\uFEFF/, ''));
  if ('value' in parsed) return parsed.value;
  const { line, column, why, hint } = parsed;
  const message = `${where} is not valid JSON at line ${line}, column ${column}: ${why}`;
  throw new UserError('INPUT_INVALID', message, hint === undefined ? {} : { hint });
}
