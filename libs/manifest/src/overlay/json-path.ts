import type { PathSegment } from '@cozecut/problems';

/** A node of a document that a query selects. */
export interface Match {
  path: PathSegment[];
  value: unknown;
}

/** Why a query cannot be read. */
export class JsonPathError extends Error {
  override readonly name = 'JsonPathError';
}

/**
 * Selects nodes with a JSONPath query of RFC 9535: child, wildcard, descendant, index, slice and filter with
 * comparisons, existence and logic. Functions such as `length()` are not part of it. Members come in the order in
 * which they are written.
 *
 * @throws JsonPathError when the query cannot be read.
 */
export function selectNodes(document: unknown, query: string): Match[] {
  const segments = new Parser(query).query();
  return run(segments, { path: [], value: document }, document);
}

type Selector =
  | { kind: 'name'; name: string }
  | { kind: 'wildcard' }
  | { kind: 'index'; index: number }
  | { kind: 'slice'; start: number | undefined; end: number | undefined; step: number }
  | { kind: 'filter'; test: Test };

interface Segment {
  isDescendant: boolean;
  selectors: Selector[];
}

/** A query inside of a filter. */
interface Query {
  isRoot: boolean;
  segments: Segment[];
}

type Operand = { literal: unknown } | { query: Query };
type Test = (current: unknown, root: unknown) => boolean;

/** Longer queries are refused: what nests in them is read by recursion. */
const MAX_LENGTH = 2000;
/** Each `..` may select a node many times over. */
const MAX_NODES = 100_000;
const NAME = /[\p{L}_][\p{L}\p{N}_-]*/uy;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const INTEGER = /-?(?:0|[1-9]\d*)/y;
const OPERATOR = /==|!=|<=|>=|<|>/y;
const WORD = /(?:true|false|null)\b/y;
const ESCAPES: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };

/** Reads a query from left to right. */
class Parser {
  private at = 0;
  private readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  query(): Segment[] {
    if (this.text.length > MAX_LENGTH) {
      throw new JsonPathError(`a query must have at most ${MAX_LENGTH} characters (got ${this.text.length})`);
    }
    if (!this.take('$')) this.fail('a query starts with $');
    const segments = this.segments();
    if (this.at < this.text.length) this.fail('expected . or [');
    return segments;
  }

  private segments(): Segment[] {
    const found: Segment[] = [];
    for (;;) {
      const isDescendant = this.take('..');
      if (this.peek('[')) found.push({ isDescendant, selectors: this.bracket() });
      else if (isDescendant || this.take('.')) found.push({ isDescendant, selectors: [this.shorthand()] });
      else return found;
    }
  }

  private shorthand(): Selector {
    if (this.take('*')) return { kind: 'wildcard' };
    const name = this.match(NAME);
    return name === undefined
      ? this.fail("expected a name or *; other names are written as ['…']")
      : { kind: 'name', name };
  }

  private bracket(): Selector[] {
    this.expect('[');
    const selectors: Selector[] = [];
    do {
      this.blanks();
      selectors.push(this.selector());
      this.blanks();
    } while (this.take(','));
    this.expect(']');
    return selectors;
  }

  private selector(): Selector {
    if (this.take('*')) return { kind: 'wildcard' };
    if (this.peek("'") || this.peek('"')) return { kind: 'name', name: this.quoted() };
    if (this.take('?')) return { kind: 'filter', test: this.or() };
    const start = this.integer();
    this.blanks();
    if (!this.take(':')) {
      return start === undefined
        ? this.fail('expected a quoted name, a number, *, a slice or ?')
        : { kind: 'index', index: start };
    }
    this.blanks();
    const end = this.integer();
    this.blanks();
    if (!this.take(':')) return { kind: 'slice', start, end, step: 1 };
    this.blanks();
    return { kind: 'slice', start, end, step: this.integer() ?? 1 };
  }

  private or(): Test {
    const left = this.and();
    this.blanks();
    if (!this.take('||')) return left;
    const right = this.or();
    return (current, root) => left(current, root) || right(current, root);
  }

  private and(): Test {
    const left = this.basic();
    this.blanks();
    if (!this.take('&&')) return left;
    const right = this.and();
    return (current, root) => left(current, root) && right(current, root);
  }

  private basic(): Test {
    this.blanks();
    if (this.peek('!') && !this.peek('!=')) {
      this.expect('!');
      const test = this.basic();
      return (current, root) => !test(current, root);
    }
    if (this.take('(')) {
      const test = this.or();
      this.blanks();
      this.expect(')');
      return test;
    }
    const left = this.operand();
    this.blanks();
    const operator = this.match(OPERATOR);
    if (operator !== undefined) {
      this.blanks();
      const right = this.operand();
      return (current, root) => compare(operator, read(left, current, root), read(right, current, root));
    }
    if ('literal' in left) return this.fail('expected a comparison after a value');
    const { query } = left;
    return (current, root) => runQuery(query, current, root).length > 0;
  }

  private operand(): Operand {
    if (this.peek("'") || this.peek('"')) return { literal: this.quoted() };
    const word = this.match(WORD) ?? this.match(NUMBER);
    if (word !== undefined) return { literal: JSON.parse(word) as unknown };
    const isRoot = this.take('$');
    if (!isRoot && !this.take('@'))
      return this.fail('expected @, $, a text in quotes, a number, true, false or null');
    return { query: { isRoot, segments: this.segments() } };
  }

  private quoted(): string {
    const quote = this.text[this.at++];
    let value = '';
    for (;;) {
      const character = this.text[this.at++];
      if (character === undefined) return this.fail('a quote is not closed');
      if (character === quote) return value;
      if (character !== '\\') {
        value += character;
        continue;
      }
      const escaped = this.text[this.at++] ?? '';
      const code = /^[0-9a-fA-F]{4}$/.exec(this.text.slice(this.at, this.at + 4))?.[0];
      if (escaped === 'u' && code !== undefined) {
        value += String.fromCharCode(Number.parseInt(code, 16));
        this.at += 4;
      } else if (escaped in ESCAPES) value += ESCAPES[escaped];
      else if (escaped === quote || escaped === '\\' || escaped === '/') value += escaped;
      else return this.fail('an escape that is not known');
    }
  }

  private integer(): number | undefined {
    const digits = this.match(INTEGER);
    return digits === undefined ? undefined : Number(digits);
  }

  private blanks(): void {
    while (/\s/.test(this.text[this.at] ?? '')) this.at++;
  }

  private peek(token: string): boolean {
    return this.text.startsWith(token, this.at);
  }

  private take(token: string): boolean {
    if (!this.peek(token)) return false;
    this.at += token.length;
    return true;
  }

  private expect(token: string): void {
    if (!this.take(token)) this.fail(`expected ${token}`);
  }

  private match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text)?.[0];
    this.at += found?.length ?? 0;
    return found;
  }

  private fail(reason: string): never {
    throw new JsonPathError(`${reason} at character ${this.at + 1} of ${JSON.stringify(this.text)}`);
  }
}

function runQuery({ isRoot, segments }: Query, current: unknown, root: unknown): Match[] {
  return run(segments, { path: [], value: isRoot ? root : current }, root);
}

function run(segments: readonly Segment[], start: Match, root: unknown): Match[] {
  let nodes = [start];
  for (const { isDescendant, selectors } of segments) {
    nodes = nodes
      .flatMap((node) => (isDescendant ? withDescendants(node) : [node]))
      .flatMap((node) => selectors.flatMap((selector) => select(selector, node, root)));
    if (nodes.length > MAX_NODES) {
      throw new JsonPathError(`the query selects more than ${MAX_NODES} nodes: use .. only once`);
    }
  }
  return nodes;
}

function select(selector: Selector, node: Match, root: unknown): Match[] {
  const { path, value } = node;
  switch (selector.kind) {
    case 'name': {
      const { name } = selector;
      const isThere = isMap(value) && Object.hasOwn(value, name);
      return isThere ? [{ path: [...path, name], value: value[name] }] : [];
    }
    case 'wildcard':
      return children(node);
    case 'index':
      return Array.isArray(value) ? pick(node, value, [selector.index]) : [];
    case 'slice':
      return Array.isArray(value) ? pick(node, value, sliceIndexes(selector, value.length)) : [];
    case 'filter':
      return children(node).filter((child) => selector.test(child.value, root));
  }
}

function pick({ path }: Match, list: readonly unknown[], indexes: readonly number[]): Match[] {
  return indexes
    .map((index) => (index < 0 ? list.length + index : index))
    .filter((index) => index >= 0 && index < list.length)
    .map((index) => ({ path: [...path, index], value: list[index] }));
}

/** Indexes of a slice, by the bounds of RFC 9535, section 2.3.4.2. */
function sliceIndexes({ start, end, step }: Extract<Selector, { kind: 'slice' }>, length: number): number[] {
  if (step === 0) return [];
  const from = (index: number) => (index >= 0 ? index : length + index);
  const clamp = (index: number, low: number, high: number) => Math.min(Math.max(index, low), high);
  const indexes: number[] = [];
  if (step > 0) {
    const upper = clamp(from(end ?? length), 0, length);
    for (let at = clamp(from(start ?? 0), 0, length); at < upper; at += step) indexes.push(at);
  } else {
    const lower = end === undefined ? -1 : clamp(from(end), -1, length - 1);
    for (let at = clamp(from(start ?? length - 1), -1, length - 1); at > lower; at += step) indexes.push(at);
  }
  return indexes;
}

function children({ path, value }: Match): Match[] {
  if (Array.isArray(value)) return value.map((item, index) => ({ path: [...path, index], value: item }));
  if (!isMap(value)) return [];
  return Object.entries(value).map(([name, item]) => ({ path: [...path, name], value: item }));
}

function withDescendants(node: Match): Match[] {
  return [node, ...children(node).flatMap(withDescendants)];
}

/** The value that an operand of a comparison stands for; none when its query selects nothing. */
function read(operand: Operand, current: unknown, root: unknown): { value: unknown } | undefined {
  if ('literal' in operand) return { value: operand.literal };
  const found = runQuery(operand.query, current, root);
  return found.length === 1 ? { value: found[0]!.value } : undefined;
}

function compare(
  operator: string,
  left: { value: unknown } | undefined,
  right: { value: unknown } | undefined,
) {
  switch (operator) {
    case '==':
      return isEqual(left, right);
    case '!=':
      return !isEqual(left, right);
    case '<':
      return isLess(left?.value, right?.value);
    case '>':
      return isLess(right?.value, left?.value);
    case '<=':
      return isLess(left?.value, right?.value) || isEqual(left, right);
    default:
      return isLess(right?.value, left?.value) || isEqual(left, right);
  }
}

function isLess(left: unknown, right: unknown): boolean {
  if (typeof left === 'number' && typeof right === 'number') return left < right;
  return typeof left === 'string' && typeof right === 'string' && left < right;
}

function isEqual(left: unknown, right: unknown): boolean {
  if (Array.isArray(left) && Array.isArray(right)) {
    return left.length === right.length && left.every((item, index) => isEqual(item, right[index]));
  }
  if (isMap(left) && isMap(right)) {
    const names = Object.keys(left);
    return (
      names.length === Object.keys(right).length &&
      names.every((name) => Object.hasOwn(right, name) && isEqual(left[name], right[name]))
    );
  }
  return left === right;
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
