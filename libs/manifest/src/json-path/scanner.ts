import { JsonPathError } from './ast.ts';

/** Longer queries are refused: what nests in them is read by recursion. */
const MAX_LENGTH = 2000;
const ESCAPES: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };
const INTEGER = /0|-?[1-9]\d*/y;

/** Reads the parts of a query that mean the same everywhere. */
export class Scanner {
  private at = 0;
  private readonly text: string;

  /** @throws JsonPathError when the text is too long. */
  constructor(text: string) {
    if (text.length > MAX_LENGTH) {
      throw new JsonPathError(`a query must have at most ${MAX_LENGTH} characters (got ${text.length})`);
    }
    this.text = text;
  }

  get isAtEnd(): boolean {
    return this.at === this.text.length;
  }

  /** Goes over blanks, unless what follows them is none of the given tokens. */
  blanks(before?: readonly string[]): void {
    let next = this.at;
    while (' \t\n\r'.includes(this.text[next] ?? '-')) next += 1;
    if (before === undefined || before.some((token) => this.text.startsWith(token, next))) this.at = next;
  }

  peek(token: string): boolean {
    return this.text.startsWith(token, this.at);
  }

  take(token: string): boolean {
    if (!this.peek(token)) return false;
    this.at += token.length;
    return true;
  }

  expect(token: string): void {
    if (!this.take(token)) this.fail(`expected ${token}`);
  }

  /** What a sticky pattern finds here. */
  match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text)?.[0];
    this.at += found?.length ?? 0;
    return found;
  }

  /** An index, or a bound of a slice. */
  integer(): number | undefined {
    const digits = this.match(INTEGER);
    if (digits === undefined) return undefined;
    const value = Number(digits);
    return Number.isSafeInteger(value) ? value : this.fail(`the number ${digits} is too large`);
  }

  /** A text in quotes; its first quote is the next character. */
  quoted(): string {
    const quote = this.text[this.at++];
    let value = '';
    for (;;) {
      const character = this.text[this.at++];
      if (character === undefined) return this.fail('a quote is not closed');
      if (character === quote) {
        return value.isWellFormed() ? value : this.fail('an escape that is half a character');
      }
      if (character < ' ') return this.fail('a control character must be written as an escape');
      value += character === '\\' ? this.escape(quote) : character;
    }
  }

  private escape(quote: string | undefined): string {
    const escaped = this.text[this.at++] ?? '';
    if (escaped === 'u') {
      const digits = this.match(/[0-9a-fA-F]{4}/y) ?? this.fail('\\u needs four hexadecimal digits');
      return String.fromCharCode(Number.parseInt(digits, 16));
    }
    if (Object.hasOwn(ESCAPES, escaped)) return ESCAPES[escaped]!;
    if (escaped === quote || escaped === '\\' || escaped === '/') return escaped;
    return this.fail('an escape that is not known');
  }

  /** @throws JsonPathError */
  fail(reason: string): never {
    throw new JsonPathError(`${reason} at character ${this.at + 1} of ${JSON.stringify(this.text)}`);
  }
}
