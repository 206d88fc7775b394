/** Branches of a pattern, each a row of nodes. */
export type Pattern = readonly (readonly PatternNode[])[];

/** What is read, and how often. */
export interface PatternNode {
  atom:
    | { kind: 'set'; accepts(character: string): boolean }
    | { kind: 'start' | 'end' }
    | { kind: 'group'; pattern: Pattern };
  least: number;
  most: number;
}

const CATEGORY = /^(?:L[lmotu]?|M[cen]?|N[dlo]?|P[cdefios]?|Z[lps]?|S[ckmo]?|C[cfno]?)$/;
const SINGLE_ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' };
const ESCAPABLE = '()*+-.?[\\]^{|}$';
const QUANTIFIERS: Readonly<Record<string, readonly [number, number]>> = {
  '*': [0, Number.POSITIVE_INFINITY],
  '+': [1, Number.POSITIVE_INFINITY],
  '?': [0, 1],
};
/** More repetitions than that are not written on purpose. */
const MAX_COUNT = 1_000;
const MAX_DEPTH = 100;

/** Reads an I-Regexp (RFC 9485); nothing when the text is none. */
export function parsePattern(source: string): Pattern | undefined {
  const reader = new PatternReader([...source]);
  try {
    return reader.whole();
  } catch (error) {
    if (error instanceof NotAPattern) return undefined;
    throw error;
  }
}

class NotAPattern extends Error {}

class PatternReader {
  private at = 0;
  private depth = 0;
  private readonly text: readonly string[];

  constructor(text: readonly string[]) {
    this.text = text;
  }

  whole(): Pattern {
    const pattern = this.union();
    if (this.at < this.text.length) throw new NotAPattern();
    return pattern;
  }

  private union(): Pattern {
    this.depth += 1;
    if (this.depth > MAX_DEPTH) throw new NotAPattern();
    const branches = [this.branch()];
    while (this.take('|')) branches.push(this.branch());
    this.depth -= 1;
    return branches;
  }

  private branch(): PatternNode[] {
    const nodes: PatternNode[] = [];
    for (
      let next = this.text[this.at];
      next !== undefined && next !== '|' && next !== ')';
      next = this.text[this.at]
    ) {
      const atom = this.atom();
      const [least, most] = this.quantifier();
      nodes.push({ atom, least, most });
    }
    return nodes;
  }

  private atom(): PatternNode['atom'] {
    const character = this.next();
    switch (character) {
      case '(': {
        const pattern = this.union();
        if (!this.take(')')) throw new NotAPattern();
        return { kind: 'group', pattern };
      }
      case '[':
        return { kind: 'set', accepts: this.characterClass() };
      case '.':
        return { kind: 'set', accepts: (one) => one !== '\n' && one !== '\r' };
      case '^':
        return { kind: 'start' };
      case '$':
        return { kind: 'end' };
      case '\\':
        return { kind: 'set', accepts: this.category() ?? isOne(this.escaped()) };
      default:
        if ('*+?{}]'.includes(character)) throw new NotAPattern();
        return { kind: 'set', accepts: isOne(character) };
    }
  }

  private quantifier(): readonly [number, number] {
    const sign = QUANTIFIERS[this.text[this.at] ?? ''];
    if (sign !== undefined) {
      this.at += 1;
      return sign;
    }
    if (!this.take('{')) return [1, 1];
    const least = this.count();
    const most = !this.take(',')
      ? least
      : this.text[this.at] === '}'
        ? Number.POSITIVE_INFINITY
        : this.count();
    if (!this.take('}') || most < least) throw new NotAPattern();
    return [least, most];
  }

  private count(): number {
    let digits = '';
    while (/^[0-9]$/.test(this.text[this.at] ?? '')) digits += this.next();
    if (digits === '' || Number(digits) > MAX_COUNT) throw new NotAPattern();
    return Number(digits);
  }

  private characterClass(): (character: string) => boolean {
    const isNegated = this.take('^');
    const parts: ((character: string) => boolean)[] = this.take('-') ? [isOne('-')] : [];
    while (this.text[this.at] !== ']') {
      if (this.text[this.at] === '-') {
        this.at += 1;
        if (this.text[this.at] !== ']') throw new NotAPattern();
        parts.push(isOne('-'));
      } else parts.push(this.classPart());
    }
    this.at += 1;
    if (parts.length === 0) throw new NotAPattern();
    return (character) => parts.some((accepts) => accepts(character)) !== isNegated;
  }

  private classPart(): (character: string) => boolean {
    const isEscaped = this.take('\\');
    const category = isEscaped ? this.category() : undefined;
    if (category !== undefined) return category;
    const low = isEscaped ? this.escaped() : this.classCharacter();
    const hasRange = this.text[this.at] === '-' && this.text[this.at + 1] !== ']';
    if (!hasRange) return isOne(low);
    this.at += 1;
    const high = this.take('\\') ? this.escaped() : this.classCharacter();
    const [from, to] = [low.codePointAt(0)!, high.codePointAt(0)!];
    if (from > to) throw new NotAPattern();
    return (character) => character.codePointAt(0)! >= from && character.codePointAt(0)! <= to;
  }

  private classCharacter(): string {
    const character = this.next();
    if ('[]\\-'.includes(character)) throw new NotAPattern();
    return character;
  }

  /** A category such as `\p{Lu}` behind a backslash. */
  private category(): ((character: string) => boolean) | undefined {
    const kind = this.text[this.at];
    if (kind !== 'p' && kind !== 'P') return undefined;
    const [, name = ''] = /^[pP]\{(\w+)\}/.exec(this.text.slice(this.at, this.at + 5).join('')) ?? [];
    if (!CATEGORY.test(name)) throw new NotAPattern();
    this.at += name.length + 3;
    const pattern = new RegExp(`^\\${kind}{${name}}$`, 'u');
    return (character) => pattern.test(character);
  }

  private escaped(): string {
    const character = this.next();
    if (Object.hasOwn(SINGLE_ESCAPES, character)) return SINGLE_ESCAPES[character]!;
    if (!ESCAPABLE.includes(character)) throw new NotAPattern();
    return character;
  }

  private next(): string {
    const character = this.text[this.at];
    if (character === undefined) throw new NotAPattern();
    this.at += 1;
    return character;
  }

  private take(character: string): boolean {
    if (this.text[this.at] !== character) return false;
    this.at += 1;
    return true;
  }
}

function isOne(wanted: string): (character: string) => boolean {
  return (character) => character === wanted;
}
