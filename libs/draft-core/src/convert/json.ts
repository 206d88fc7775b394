import { JsonDocument } from '../drafts/json/json-document.ts';

/** A parsed text, or where it stops being JSON. */
export type ParsedJson = { value: unknown } | JsonMistake;

/** Where a text stops being JSON, and why. */
export interface JsonMistake {
  /** UTF-16 code units in front of it. */
  offset: number;
  /** From 1. */
  line: number;
  /** From 1. */
  column: number;
  why: string;
  hint?: string;
}

/**
 * Parses JSON. Unlike `JSON.parse` it says the same about a mistake on every engine, and takes a key that stands twice
 * in one object for one: which of the two was meant, nobody can know.
 */
export function parseJson(text: string): ParsedJson {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return mistakeAt(text, findMistake(text));
  }
  if (isTooDeep(value)) return { offset: 0, line: 1, column: 1, why: TOO_DEEP };
  if (hasEveryKey(text, value)) return { value };
  const document = new JsonDocument(text, 'the text');
  const [twice] = document.duplicateKeys();
  if (twice === undefined) return { value };
  const why = `the key ${JSON.stringify(String(twice.path.at(-1)))} stands twice in one object`;
  return { ...mistakeAt(text, { offset: document.start(twice.node), why }), hint: 'remove one of the two' };
}

/**
 * Whether no key of a text was lost, told without reading it again: every key has a colon, and the others are in strings.
 * A colon that is written as an escape has none, then nobody can tell.
 */
function hasEveryKey(text: string, value: unknown): boolean {
  if (/\\u003a/i.test(text)) return false;
  let colons = 0;
  const rest: unknown[] = [value];
  while (rest.length > 0) {
    const item = rest.pop();
    if (typeof item === 'string') colons += colonsIn(item);
    else if (Array.isArray(item)) for (const one of item) rest.push(one);
    else if (typeof item === 'object' && item !== null) {
      // Makes no lists of keys, which are most of what a large text costs here; what was parsed has only own ones.
      for (const key in item) {
        colons += 1 + colonsIn(key);
        rest.push((item as Record<string, unknown>)[key]);
      }
    }
  }
  return colons === colonsIn(text);
}

function colonsIn(text: string): number {
  let count = 0;
  for (let at = text.indexOf(':'); at !== -1; at = text.indexOf(':', at + 1)) count++;
  return count;
}

/** Whether a text is JSON, for those who only ask what kind of text it is. */
export function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function mistakeAt(text: string, { offset, why }: { offset: number; why: string }): JsonMistake {
  const before = text.slice(0, offset);
  const line = before.split('\n').length;
  return { offset, line, column: offset - before.lastIndexOf('\n'), why };
}

/** Levels of lists and objects in each other; more of them are a mistake or an attack. */
const MAX_LEVELS = 256;

/** What is wrong with such a value. */
export const TOO_DEEP = `it is nested more than ${MAX_LEVELS} levels deep`;

/** Whether a value is nested so deeply that nobody can have meant it. */
export function isTooDeep(value: unknown): boolean {
  return isDeeper(value, MAX_LEVELS);
}

function isDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (levels < 0) return true;
  if (Array.isArray(value)) return value.some((item) => isDeeper(item, levels - 1));
  for (const key in value) {
    if (isDeeper((value as Record<string, unknown>)[key], levels - 1)) return true;
  }
  return false;
}

type Expected = 'a value' | 'a value or "]"' | 'a key' | 'a key or "}"' | '":"' | '","' | 'nothing more';

// JSON forbids control characters in strings.
const characters = String.raw`(?:[^"\\\u0000-\u001f]+|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*`;
const numbers = String.raw`-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?`;
const token = new RegExp(`"${characters}"|${numbers}|true|false|null`, 'y');
const unclosed = new RegExp(`"${characters}`, 'y');
const blank = /[ \t\r\n]*/y;

/** Walks over the text by a state machine, without recursion: the input may be nested deeply on purpose. */
function findMistake(text: string): { offset: number; why: string } {
  const open: ('{' | '[')[] = [];
  let expected: Expected = 'a value';
  let at = 0;
  for (;;) {
    blank.lastIndex = at;
    at += blank.exec(text)![0].length;
    const sign = text[at];
    if (sign === undefined) return { offset: at, why: `the text ends, expected ${expected}` };
    const next: Expected | undefined = step(sign, expected, open);
    if (next !== undefined) {
      expected = next;
      at++;
      continue;
    }
    token.lastIndex = at;
    const word = token.exec(text)?.[0];
    const isKey = expected.startsWith('a key');
    if (word === undefined || !(isKey || expected.startsWith('a value')) || (isKey && sign !== '"')) {
      return badToken(text, at, expected);
    }
    at += word.length;
    expected = isKey ? '":"' : open.length > 0 ? '","' : 'nothing more';
  }
}

/** What is expected after a sign of punctuation; `undefined` when the sign is none that fits. */
function step(sign: string, expected: Expected, open: ('{' | '[')[]): Expected | undefined {
  const inside = open.at(-1);
  const close = (): Expected => {
    open.pop();
    return open.length > 0 ? '","' : 'nothing more';
  };
  if (expected.startsWith('a value') && (sign === '{' || sign === '[')) {
    open.push(sign);
    return sign === '{' ? 'a key or "}"' : 'a value or "]"';
  }
  if (sign === ':' && expected === '":"') return 'a value';
  if (sign === ',' && expected === '","') return inside === '{' ? 'a key' : 'a value';
  if (sign === '}' && inside === '{' && (expected === '","' || expected === 'a key or "}"')) return close();
  if (sign === ']' && inside === '[' && (expected === '","' || expected === 'a value or "]"')) return close();
  return undefined;
}

function badToken(text: string, at: number, expected: Expected): { offset: number; why: string } {
  if (text[at] === '"' && (expected.startsWith('a value') || expected.startsWith('a key'))) {
    unclosed.lastIndex = at;
    const end = at + (unclosed.exec(text)?.[0].length ?? 1);
    const why = end >= text.length ? 'the text ends inside of a string' : 'this cannot stand in a string';
    return { offset: end, why };
  }
  const shown = JSON.stringify(text.slice(at, at + 12));
  return { offset: at, why: `expected ${expected} (got ${shown})` };
}
