/** Integers beyond 2^53 have at least so many digits. */
const LONG_DIGITS = 16;
const LARGE_EXPONENT = /\d[eE]\+?\d{3}/;
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
  return JSON.parse(mayHaveUnsafeNumbers(text) ? quoteUnsafeNumbers(text) : text) as unknown;
}

function mayHaveUnsafeNumbers(text: string): boolean {
  // A row of so many digits has one at each place that is looked at.
  for (let at = LONG_DIGITS - 1; at < text.length; at += LONG_DIGITS) {
    if (!isDigit(text, at)) continue;
    let [start, end] = [at, at + 1];
    while (isDigit(text, start - 1)) start--;
    while (isDigit(text, end)) end++;
    if (end - start >= LONG_DIGITS) return true;
  }
  return LARGE_EXPONENT.test(text);
}

function isDigit(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code >= 48 && code <= 57;
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
  if (!hasManyLevels(text)) return false;
  let depth = 0;
  for (let at = 0; at < text.length; ) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) {
      at = endOfString(text, at);
      continue;
    }
    // One bit is all that tells the brackets of a list from those of an object.
    if ((code | 0x20) === OPENING && ++depth > MAX_DEPTH) return true;
    if ((code | 0x20) === CLOSING) depth--;
    at++;
  }
  return false;
}

const [QUOTE, OPENING, CLOSING] = ['"', '{', '}'].map((char) => char.charCodeAt(0));

/** Whether enough lists and objects begin: in most texts they do not, and a look for that costs little. */
function hasManyLevels(text: string): boolean {
  let count = 0;
  for (const opening of ['[', '{'])
    for (let at = text.indexOf(opening); at !== -1; at = text.indexOf(opening, at + 1))
      if (++count > MAX_DEPTH) return true;
  return false;
}

/** Index after the quote that closes the string which opens at `start`. */
function endOfString(text: string, start: number): number {
  for (let at = text.indexOf('"', start + 1); at !== -1; at = text.indexOf('"', at + 1)) {
    let slashes = 0;
    while (text[at - 1 - slashes] === '\\') slashes++;
    if (slashes % 2 === 0) return at + 1;
  }
  return text.length;
}
