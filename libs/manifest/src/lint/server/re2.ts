/**
 * Reads a regular expression as the server does (RE2 syntax).
 *
 * @returns What is wrong with it in the words of the server, after `error parsing regexp: `; nothing when it is fine.
 */
export function re2Error(pattern: string): string | undefined {
  // The server writes \u0041 as \x{0041} before it looks.
  const text = pattern.replace(/\\u([0-9A-F]{4})/g, '\\x{$1}');
  const reader = new Re2Reader(text);
  const found = reader.read();
  return found === undefined ? undefined : `${found.what}: \`${found.where}\``;
}

interface Found {
  what: string;
  where: string;
}

const MAX_REPEAT = 1000;
const CATEGORIES = /^(?:Any|C[cfos]?|L[lmotu]?|M[cen]?|N[dlo]?|P[cdefios]?|S[ckmo]?|Z[lps]?)$/;

class Re2Reader {
  private at = 0;
  private depth = 0;
  private readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  read(): Found | undefined {
    /** What the next repetition would repeat: nothing, one thing, or a repetition. */
    let last: 'none' | 'item' | 'repeat' = 'none';
    let repeatStart = 0;
    while (this.at < this.text.length) {
      const start = this.at;
      const mark = this.text[this.at]!;
      switch (mark) {
        case '(': {
          const found = this.open();
          if (found !== undefined) return found;
          last = 'none';
          break;
        }
        case ')':
          if (this.depth === 0) return { what: 'unexpected )', where: this.text };
          this.depth--;
          this.at++;
          last = 'item';
          break;
        case '|':
          this.at++;
          last = 'none';
          break;
        case '[': {
          const found = this.charClass();
          if (found !== undefined) return found;
          last = 'item';
          break;
        }
        case '*':
        case '+':
        case '?':
        case '{': {
          const repeat = mark === '{' ? this.counted() : mark;
          if (repeat === undefined) {
            this.at++;
            last = 'item';
            break;
          }
          if (typeof repeat !== 'string') return repeat;
          this.at += repeat.length;
          if (this.text[this.at] === '?') this.at++;
          const here = this.text.slice(start, this.at);
          if (last === 'none') return { what: 'missing argument to repetition operator', where: here };
          if (last === 'repeat') {
            return {
              what: 'invalid nested repetition operator',
              where: this.text.slice(repeatStart, this.at),
            };
          }
          last = 'repeat';
          repeatStart = start;
          break;
        }
        case '\\': {
          const found = this.escape();
          if (found !== undefined) return found;
          last = 'item';
          break;
        }
        default:
          this.at++;
          last = 'item';
      }
    }
    return this.depth > 0 ? { what: 'missing closing )', where: this.text } : undefined;
  }

  private open(): Found | undefined {
    this.depth++;
    if (this.text[this.at + 1] !== '?') {
      this.at++;
      return undefined;
    }
    const rest = this.text.slice(this.at);
    if (rest.startsWith('(?P<')) {
      const end = rest.indexOf('>');
      if (end === -1) return { what: 'invalid named capture', where: rest };
      if (!/^\w+$/.test(rest.slice(4, end)))
        return { what: 'invalid named capture', where: rest.slice(0, end + 1) };
      this.at += end + 1;
      return undefined;
    }
    const flags = /^\(\?([imsU]*)(-[imsU]+)?([:)]?)/.exec(rest)!;
    const [all, on, off, end] = flags;
    if (end === '' || (end === ')' && on === '' && off === undefined)) {
      const where = rest.slice(0, Math.min(all!.length + 1, rest.length));
      if (all!.length >= rest.length) return { what: 'missing closing )', where: this.text };
      return { what: 'invalid or unsupported Perl syntax', where };
    }
    if (end === ')') this.depth--;
    this.at += all!.length;
    return undefined;
  }

  /** The text of `{n}`, `{n,}` or `{n,m}`; nothing when the brace is only a character. */
  private counted(): string | Found | undefined {
    const found = /^\{(\d+)(?:(,)(\d*))?\}/.exec(this.text.slice(this.at));
    if (found === null) return undefined;
    const [all, from, , to] = found;
    const low = Number(from);
    const high = to === undefined || to === '' ? low : Number(to);
    if (low > MAX_REPEAT || high > MAX_REPEAT || high < low) {
      return { what: 'invalid repeat count', where: all };
    }
    return all;
  }

  private charClass(): Found | undefined {
    const start = this.at;
    this.at++;
    if (this.text[this.at] === '^') this.at++;
    for (let first = true; first || this.text[this.at] !== ']'; first = false) {
      if (this.at >= this.text.length) return { what: 'missing closing ]', where: this.text.slice(start) };
      const named = /^\[:\^?\w*:\]/.exec(this.text.slice(this.at))?.[0];
      if (named !== undefined) {
        if (!POSIX.test(named)) return { what: 'invalid character class range', where: named };
        this.at += named.length;
        continue;
      }
      const from = this.at;
      const low = this.classItem();
      if (typeof low === 'object') return low;
      if (this.text[this.at] !== '-' || this.text[this.at + 1] === ']' || low === 'set') continue;
      if (this.at + 1 >= this.text.length) continue;
      this.at++;
      const high = this.classItem();
      if (typeof high === 'object') return high;
      if (high === 'set' || high < low) {
        return { what: 'invalid character class range', where: this.text.slice(from, this.at) };
      }
    }
    this.at++;
    return undefined;
  }

  /** Code point of one character of a class, or that it is a set of characters. */
  private classItem(): number | 'set' | Found {
    if (this.text[this.at] !== '\\') {
      const code = this.text.codePointAt(this.at) ?? 0;
      this.at += code > 0xffff ? 2 : 1;
      return code;
    }
    const from = this.at;
    if (/[bBAzQECZ]/.test(this.text[this.at + 1] ?? '')) {
      return { what: 'invalid escape sequence', where: this.text.slice(from, from + 2) };
    }
    const found = this.escape();
    if (found !== undefined) return found;
    const body = this.text.slice(from + 1, this.at);
    if (/^[dDsSwWpP]/.test(body)) return 'set';
    const hex = /^x\{?([0-9A-Fa-f]+)/.exec(body);
    if (hex !== null) return Number.parseInt(hex[1]!, 16);
    if (/^[0-7]+$/.test(body)) return Number.parseInt(body, 8);
    const control = 'aftnrv'.indexOf(body);
    return control === -1 ? body.codePointAt(0)! : [7, 12, 9, 10, 13, 11][control]!;
  }

  private escape(): Found | undefined {
    const rest = this.text.slice(this.at);
    if (rest.length === 1) return { what: 'trailing backslash at end of expression', where: '' };
    if (rest.startsWith('\\Q')) {
      const end = rest.indexOf('\\E');
      this.at += end === -1 ? rest.length : end + 2;
      return undefined;
    }
    const property = /^\\[pP](?:\{(\^?[^}]*)\}|(.))/su.exec(rest);
    if (property !== null) {
      const name = (property[1] ?? property[2] ?? '').replace(/^\^/, '');
      if (!CATEGORIES.test(name) && !isScript(name)) {
        return { what: 'invalid character class range', where: property[0] };
      }
      this.at += property[0].length;
      return undefined;
    }
    const known =
      /^\\(?:x\{[0-9A-Fa-f]+\}|x[0-9A-Fa-f]{2}|0[0-7]{0,2}|[1-7][0-7]{1,2}|[dDsSwWbBAzaftnrv]|[^\w\s\u0080-\uffff]|_| )/.exec(
        rest,
      );
    if (known === null) {
      const where = rest.startsWith('\\x') ? (/^\\x\{?[^}]?/.exec(rest)?.[0] ?? '\\x') : rest.slice(0, 2);
      return { what: 'invalid escape sequence', where };
    }
    this.at += known[0].length;
    return undefined;
  }
}

const POSIX =
  /^\[:\^?(?:alnum|alpha|ascii|blank|cntrl|digit|graph|lower|print|punct|space|upper|word|xdigit):\]$/;

function isScript(name: string): boolean {
  // A name of four letters may be a short one, which the server does not know.
  if (!/^[A-Z][A-Za-z_]+$/.test(name) || ['Hans', 'Grek', 'Cyrl', 'Latn', 'Arab', 'Hebr'].includes(name))
    return false;
  try {
    return new RegExp(`\\p{Script=${name}}`, 'u').unicode;
  } catch {
    return false;
  }
}
