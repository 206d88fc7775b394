const UNSAFE_CANDIDATE = /\d{16}|[eE]\+?\d{3}/;
const NUMBER = /-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const INTEGER = /^-?\d+$/;

/** Values that are nested deeper cannot be written out again, nor checked: each level takes of the stack. */
const MAX_DEPTH = 1_000;

/**
 * `JSON.parse` for what strangers write: a number that cannot be held, because it is an integer beyond 2^53 or larger
 * than any double, becomes its text instead of another number. Coze and models send ids as numbers.
 *
 * @throws SyntaxError when the text is not JSON, or is nested deeper than 1,000 levels.
 */
export function parseJson(text: string): unknown {
  if (text.length > 2 * MAX_DEPTH && isTooDeep(text)) {
    throw new SyntaxError(`nested deeper than ${MAX_DEPTH} levels`);
  }
  return JSON.parse(UNSAFE_CANDIDATE.test(text) ? quoteUnsafeNumbers(text) : text) as unknown;
}

function quoteUnsafeNumbers(text: string): string {
  let result = '';
  let copied = 0;
  let at = 0;
  while (at < text.length) {
    const char = text[at]!;
    if (char === '"') {
      at = endOfString(text, at);
    } else if (char === '-' || (char >= '0' && char <= '9')) {
      NUMBER.lastIndex = at;
      const literal = NUMBER.exec(text)?.[0];
      if (!literal) return text;
      if (!isHeld(literal)) {
        result += `${text.slice(copied, at)}"${literal}"`;
        copied = at + literal.length;
      }
      at += literal.length;
    } else {
      at++;
    }
  }
  return result + text.slice(copied);
}

function isHeld(literal: string): boolean {
  const value = Number(literal);
  return INTEGER.test(literal) ? Number.isSafeInteger(value) : Number.isFinite(value);
}

function isTooDeep(text: string): boolean {
  let depth = 0;
  for (let at = 0; at < text.length; ) {
    const char = text[at];
    if (char === '"') {
      at = endOfString(text, at);
      continue;
    }
    if ((char === '[' || char === '{') && ++depth > MAX_DEPTH) return true;
    if (char === ']' || char === '}') depth--;
    at++;
  }
  return false;
}

/** Index after the quote that closes the string which opens at `start`. */
function endOfString(text: string, start: number): number {
  let at = start + 1;
  while (at < text.length && text[at] !== '"') at += text[at] === '\\' ? 2 : 1;
  return at + 1;
}
