import { UserError } from '@cozecut/problems';
import { KIND, Tape } from './tape.ts';

/** Bounds of a JSON text; each holds for hostile input as well. */
export interface JsonLimits {
  /** Maps and lists inside of each other. */
  maxDepth: number;
  /** Values and keys together; memory grows with it, by about 20 bytes for each. */
  maxNodes: number;
}

/** Wide enough for every draft on record: compound clips nest whole drafts, each about ten levels. */
export const JSON_LIMITS: JsonLimits = { maxDepth: 512, maxNodes: 16_000_000 };

const number = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const literal = /true|false|null/y;
const [VALUE, FIRST_ITEM, FIRST_KEY, NEXT_KEY, COLON, AFTER] = [0, 1, 2, 3, 4, 5] as const;
const EXPECTED = ['a value', 'a value or "]"', 'a key or "}"', 'a key', '":"', '"," or the end'] as const;

/**
 * Parses JSON as RFC 8259 has it, without recursion. A byte order mark at the start is passed over; a key that stands
 * twice in a map is allowed here, see `JsonDocument.duplicateKeys`.
 *
 * @param name - What a message calls the text, such as the name of its file.
 * @throws UserError JSON_INVALID with line and column, JSON_TOO_DEEP, JSON_TOO_COMPLEX
 */
export function parseTape(text: string, name: string, limits: JsonLimits = JSON_LIMITS): Tape {
  return new Parser(text, name, limits).parse();
}

class Parser {
  readonly #tape = new Tape();
  readonly #text: string;
  readonly #name: string;
  readonly #limits: JsonLimits;

  constructor(text: string, name: string, limits: JsonLimits) {
    this.#text = text;
    this.#name = name;
    this.#limits = limits;
  }

  parse(): Tape {
    const [text, tape, { maxDepth, maxNodes }] = [this.#text, this.#tape, this.#limits];
    let at = text.charCodeAt(0) === 0xfeff ? 1 : 0;
    let state: number = VALUE;
    // The innermost open map or list, and what the next value belongs to: that list, or a key.
    let [open, owner, depth] = [-1, -1, 0];
    for (;;) {
      let sign = text.charCodeAt(at);
      while (sign === 32 || sign === 10 || sign === 13 || sign === 9) sign = text.charCodeAt(++at);
      if (state === AFTER && open === -1) {
        if (at < text.length) this.#fail(at, 'nothing more');
        return tape;
      }
      if (tape.count >= maxNodes) this.#tooMany();
      if (sign === 0x22 && state !== COLON && state !== AFTER) {
        const end = this.#stringEnd(at);
        if (state === VALUE || state === FIRST_ITEM) {
          tape.addLeaf(KIND.string, at, end, owner);
          state = AFTER;
        } else {
          owner = tape.add(KIND.key, at, end, open);
          state = COLON;
        }
        at = end;
      } else if (sign === 0x3a && state === COLON) {
        state = VALUE;
        at++;
      } else if (sign === 0x2c && state === AFTER) {
        state = tape.kinds[open] === KIND.object ? NEXT_KEY : VALUE;
        owner = open;
        at++;
      } else if ((sign === 0x7b || sign === 0x5b) && (state === VALUE || state === FIRST_ITEM)) {
        if (++depth > maxDepth) this.#tooDeep(at);
        open = tape.add(sign === 0x7b ? KIND.object : KIND.array, at, at, owner);
        owner = open;
        state = sign === 0x7b ? FIRST_KEY : FIRST_ITEM;
        at++;
      } else if (this.#closes(sign, state, open)) {
        at++;
        tape.ends[open] = at;
        tape.nexts[open] = tape.count;
        const parent = tape.parents[open]!;
        if (parent !== -1 && tape.kinds[parent] === KIND.key) {
          tape.nexts[parent] = tape.count;
          open = tape.parents[parent]!;
        } else open = parent;
        depth--;
        state = AFTER;
      } else if (state === VALUE || state === FIRST_ITEM) {
        at = this.#scalar(at, sign, owner, state);
        state = AFTER;
      } else this.#fail(at, this.#expected(state, open));
    }
  }

  #closes(sign: number, state: number, open: number): boolean {
    const kind = this.#tape.kinds[open];
    if (sign === 0x7d) return kind === KIND.object && (state === AFTER || state === FIRST_KEY);
    return sign === 0x5d && kind === KIND.array && (state === AFTER || state === FIRST_ITEM);
  }

  #scalar(at: number, sign: number, owner: number, state: number): number {
    const isNumber = sign === 0x2d || (sign >= 0x30 && sign <= 0x39);
    const pattern = isNumber ? number : literal;
    pattern.lastIndex = at;
    if (!pattern.test(this.#text)) this.#fail(at, EXPECTED[state]!);
    this.#tape.addLeaf(isNumber ? KIND.number : KIND.literal, at, pattern.lastIndex, owner);
    return pattern.lastIndex;
  }

  #stringEnd(start: number): number {
    const text = this.#text;
    for (let at = start + 1; ; at++) {
      const sign = text.charCodeAt(at);
      if (sign === 0x22) return at + 1;
      if (sign === 0x5c) {
        at++;
        if (text[at] === 'u') {
          if (!/^[0-9a-fA-F]{4}$/.test(text.slice(at + 1, at + 5)))
            this.#fail(at - 1, 'four hex digits after \\u');
          at += 4;
        } else if (at >= text.length) this.#fail(at, 'the end of a string');
        else if (!'"\\/bfnrt'.includes(text[at]!)) this.#fail(at - 1, 'an escape that JSON has');
      } else if (!(sign >= 0x20)) {
        // Not a number at the end of the text.
        this.#fail(at, at >= text.length ? 'the end of a string' : 'no control character in a string');
      }
    }
  }

  #expected(state: number, open: number): string {
    if (state !== AFTER) return EXPECTED[state]!;
    return this.#tape.kinds[open] === KIND.object ? '"," or "}"' : '"," or "]"';
  }

  #fail(offset: number, expected: string): never {
    const rest = this.#text.slice(offset, offset + 12);
    const got = rest === '' ? 'the text ends' : `got ${JSON.stringify(rest)}`;
    throw new UserError('JSON_INVALID', `${this.#place(offset)}: expected ${expected} (${got})`, {
      hint: 'the file is damaged or cut off; take it from a backup',
    });
  }

  #tooDeep(offset: number): never {
    const message = `${this.#place(offset)}: maps and lists are nested deeper than ${this.#limits.maxDepth} levels`;
    throw new UserError('JSON_TOO_DEEP', message, { hint: 'no draft is nested that deep' });
  }

  #tooMany(): never {
    throw new UserError('JSON_TOO_COMPLEX', `${this.#name} holds more than ${this.#limits.maxNodes} values`, {
      hint: 'no draft is that large',
    });
  }

  #place(offset: number): string {
    let line = 1;
    let lineStart = 0;
    for (let at = this.#text.indexOf('\n'); at !== -1 && at < offset; at = this.#text.indexOf('\n', at + 1)) {
      line++;
      lineStart = at + 1;
    }
    return `${this.#name} is not valid JSON at line ${line}, column ${offset - lineStart + 1}`;
  }
}
