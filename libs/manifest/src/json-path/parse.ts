import {
  type Call,
  FUNCTIONS,
  type FunctionName,
  isSingular,
  type Operand,
  type Operator,
  type Query,
  type Segment,
  type Selector,
  type Test,
  type ValueKind,
} from './ast.ts';
import { Scanner } from './scanner.ts';

/** As in the standard, and `-` too: names such as `x-owner` are everywhere in OpenAPI. */
const NAME = /[A-Za-z_\u0080-\u{10FFFF}][\w\u0080-\u{10FFFF}-]*/uy;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const OPERATOR = /==|!=|<=|>=|<|>/y;
const WORD = /(?:true|false|null)(?![\w\u0080-\u{10FFFF}(])/uy;
const FUNCTION = /[a-z][a-z0-9_]*(?=\()/y;

/**
 * Reads a JSONPath query (RFC 9535), from left to right.
 *
 * @throws JsonPathError that says what was expected and at which character.
 */
export function parseQuery(text: string): readonly Segment[] {
  const scanner = new Scanner(text);
  if (!scanner.take('$')) scanner.fail('a query starts with $');
  const segments = readSegments(scanner);
  if (!scanner.isAtEnd) scanner.fail('expected . or [');
  return segments;
}

function readSegments(scanner: Scanner): Segment[] {
  const found: Segment[] = [];
  for (;;) {
    scanner.blanks(['.', '[']);
    const isDescendant = scanner.take('..');
    if (scanner.peek('[')) found.push({ isDescendant, selectors: readBracket(scanner) });
    else if (isDescendant || scanner.take('.')) {
      found.push({ isDescendant, selectors: [readShorthand(scanner)] });
    } else return found;
  }
}

function readShorthand(scanner: Scanner): Selector {
  if (scanner.take('*')) return { kind: 'wildcard' };
  const name = scanner.match(NAME);
  if (name === undefined) return scanner.fail("expected a name or *; other names are written as ['…']");
  return { kind: 'name', name };
}

function readBracket(scanner: Scanner): Selector[] {
  scanner.expect('[');
  const selectors: Selector[] = [];
  do {
    scanner.blanks();
    selectors.push(readSelector(scanner));
    scanner.blanks();
  } while (scanner.take(','));
  scanner.expect(']');
  return selectors;
}

function readSelector(scanner: Scanner): Selector {
  if (scanner.take('*')) return { kind: 'wildcard' };
  if (scanner.peek("'") || scanner.peek('"')) return { kind: 'name', name: scanner.quoted() };
  if (scanner.take('?')) {
    scanner.blanks();
    return { kind: 'filter', test: readOr(scanner) };
  }
  const start = scanner.integer();
  scanner.blanks([':']);
  if (!scanner.take(':')) {
    return start === undefined
      ? scanner.fail('expected a quoted name, a number, *, a slice or ?')
      : { kind: 'index', index: start };
  }
  scanner.blanks();
  const end = scanner.integer();
  scanner.blanks();
  if (!scanner.take(':')) return { kind: 'slice', start, end, step: 1 };
  scanner.blanks();
  return { kind: 'slice', start, end, step: scanner.integer() ?? 1 };
}

function readOr(scanner: Scanner): Test {
  return readList(scanner, 'or', '||', readAnd);
}

function readAnd(scanner: Scanner): Test {
  return readList(scanner, 'and', '&&', readBasic);
}

function readList(
  scanner: Scanner,
  kind: 'or' | 'and',
  token: string,
  read: (scanner: Scanner) => Test,
): Test {
  const tests = [read(scanner)];
  for (;;) {
    scanner.blanks([token]);
    if (!scanner.take(token)) return tests.length === 1 ? tests[0]! : { kind, tests };
    scanner.blanks();
    tests.push(read(scanner));
  }
}

function readBasic(scanner: Scanner): Test {
  if (scanner.take('!')) {
    scanner.blanks();
    if (scanner.peek('(')) return { kind: 'not', test: readParentheses(scanner) };
    return { kind: 'not', test: asTest(scanner, readOperand(scanner)) };
  }
  if (scanner.peek('(')) return readParentheses(scanner);
  const left = readOperand(scanner);
  scanner.blanks(['==', '!=', '<', '>']);
  const operator = scanner.match(OPERATOR) as Operator | undefined;
  if (operator === undefined) return asTest(scanner, left);
  checkComparable(scanner, left);
  scanner.blanks();
  const right = readOperand(scanner);
  checkComparable(scanner, right);
  return { kind: 'compare', operator, left, right };
}

function readParentheses(scanner: Scanner): Test {
  scanner.expect('(');
  scanner.blanks();
  const test = readOr(scanner);
  scanner.blanks();
  scanner.expect(')');
  return test;
}

function asTest(scanner: Scanner, operand: Operand): Test {
  if (operand.kind === 'literal') return scanner.fail('expected a comparison after a value');
  if (operand.kind === 'call' && FUNCTIONS[operand.name].gives === 'value') {
    return scanner.fail(`expected a comparison after ${operand.name}()`);
  }
  return { kind: 'holds', subject: operand };
}

function checkComparable(scanner: Scanner, operand: Operand): void {
  if (operand.kind === 'query' && !isSingular(operand)) {
    scanner.fail('only a query for one node can be compared: names and numbers, no *, .., slice or ?');
  }
  if (operand.kind === 'call' && FUNCTIONS[operand.name].gives !== 'value') {
    scanner.fail(`${operand.name}() is true or false by itself and cannot be compared`);
  }
}

function readOperand(scanner: Scanner): Operand {
  if (scanner.peek("'") || scanner.peek('"')) return { kind: 'literal', value: scanner.quoted() };
  const name = scanner.match(FUNCTION);
  if (name !== undefined) return readCall(scanner, name);
  const word = scanner.match(WORD) ?? scanner.match(NUMBER);
  if (word !== undefined) return { kind: 'literal', value: JSON.parse(word) as unknown };
  const isRoot = scanner.take('$');
  if (!isRoot && !scanner.take('@')) {
    return scanner.fail('expected @, $, a function, a text in quotes, a number, true, false or null');
  }
  const query: Query = { kind: 'query', isRoot, segments: readSegments(scanner) };
  return query;
}

function readCall(scanner: Scanner, name: string): Call {
  if (!Object.hasOwn(FUNCTIONS, name)) {
    scanner.fail(`there is no function ${name}(); there are ${Object.keys(FUNCTIONS).join(', ')}`);
  }
  const known = name as FunctionName;
  const { takes } = FUNCTIONS[known];
  scanner.expect('(');
  scanner.blanks();
  const args: Operand[] = [];
  if (!scanner.peek(')')) {
    do {
      scanner.blanks();
      args.push(readOperand(scanner));
      scanner.blanks();
    } while (scanner.take(','));
  }
  if (args.length !== takes.length) {
    scanner.fail(`${name}() takes ${takes.length === 1 ? 'one argument' : `${takes.length} arguments`}`);
  }
  for (const [index, kind] of takes.entries()) checkArgument(scanner, name, args[index]!, kind);
  scanner.expect(')');
  return { kind: 'call', name: known, args };
}

function checkArgument(scanner: Scanner, name: string, argument: Operand, kind: ValueKind): void {
  if (kind === 'nodes') {
    if (argument.kind !== 'query') scanner.fail(`${name}() takes a query that starts with @ or $`);
  } else if (argument.kind === 'query' && !isSingular(argument)) {
    scanner.fail(`${name}() takes a query for one node; value(…) makes one of another`);
  } else if (argument.kind === 'call' && FUNCTIONS[argument.name].gives !== 'value') {
    scanner.fail(`${name}() takes no ${argument.name}()`);
  }
}
