/** Bytes that one UTF-16 unit of a string has at most as JSON: `\u0000`. */
const UNIT_BYTES = 6;
/** Bytes that a number, truth value or `null` has at most. */
const PLAIN_BYTES = 25;
/** Quotes, colon and comma, or brackets and comma. */
const SIGN_BYTES = 4;

/**
 * Whether a value surely has no more bytes as JSON than that, told without making the text, which would take more time
 * than checking the value. When it is not sure, only the text tells.
 *
 * @param value - Parsed JSON.
 */
export function surelyFits(value: unknown, maxBytes: number): boolean {
  let left = maxBytes;
  const rest: unknown[] = [value];
  while (rest.length > 0 && left >= 0) {
    const item = rest.pop();
    if (typeof item === 'string') left -= UNIT_BYTES * item.length + SIGN_BYTES;
    else if (typeof item !== 'object' || item === null) left -= PLAIN_BYTES;
    else {
      left -= SIGN_BYTES;
      if (Array.isArray(item)) for (const one of item) rest.push(one);
      else {
        for (const key in item) {
          left -= UNIT_BYTES * key.length + SIGN_BYTES;
          rest.push((item as Record<string, unknown>)[key]);
        }
      }
    }
  }
  return left >= 0;
}
