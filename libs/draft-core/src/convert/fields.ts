import { formatPointer, showJson, showPath } from '@cozecut/problems';
import type { Report } from '../timeline/report.ts';
import { parseJson } from './json.ts';
import { wordOf } from './values.ts';

/** Path to a value of the export. */
export type Path = readonly (string | number)[];

/** Takes findings about the export, and the fields that come to nothing. */
export interface Sink {
  report: Report;
  /** Notes a field that has no counterpart. */
  drop(path: Path): void;
}

/**
 * An object of the export. Reading a field marks it as understood; `finish` tells about all others, so that nothing
 * is dropped in silence. A field that is absent or null counts as not there.
 */
export class Fields {
  readonly path: Path;
  readonly #value: Readonly<Record<string, unknown>>;
  readonly #sink: Sink;
  readonly #read = new Set<string>();
  readonly #children = new Map<string, Fields>();

  constructor(value: unknown, path: Path, sink: Sink) {
    this.path = path;
    this.#sink = sink;
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    this.#value = isObject ? (value as Record<string, unknown>) : {};
    // Some languages write an empty object as an empty list.
    const isNothing = value === undefined || value === null || (Array.isArray(value) && value.length === 0);
    if (!isObject && !isNothing) this.complain('must be an object', value);
  }

  get place(): string {
    return showPath(this.path, 'input');
  }

  pointer(...rest: Path): string {
    return formatPointer([...this.path, ...rest]);
  }

  has(key: string): boolean {
    return this.raw(key) !== undefined;
  }

  /** The value as it is; `undefined` for null. */
  raw(key: string): unknown {
    this.#read.add(key);
    return this.#value[key] ?? undefined;
  }

  number(key: string): number | undefined {
    const value = this.raw(key);
    if (value === undefined || value === '') return undefined;
    // Workflow variables often turn numbers into text.
    const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
    if (typeof number === 'number' && Number.isFinite(number)) return number;
    this.complain('must be a number', value, key);
    return undefined;
  }

  text(key: string): string | undefined {
    const value = this.raw(key);
    if (value === undefined || value === '') return undefined;
    if (typeof value === 'string') return value;
    if (typeof value === 'number') return String(value);
    this.complain('must be text', value, key);
    return undefined;
  }

  flag(key: string): boolean | undefined {
    const value = this.raw(key);
    if (value === undefined || typeof value === 'boolean') return value;
    const word = wordOf(value)?.toLowerCase();
    if (word !== undefined && ['true', '1', 'yes', 'on', 'y', 't'].includes(word)) return true;
    if (word !== undefined && ['false', '0', 'no', 'off', 'n', 'f', ''].includes(word)) return false;
    this.complain('must be true or false', value, key);
    return undefined;
  }

  /** A number for which 0 means that nobody has given one. */
  positive(key: string): number | undefined {
    return this.number(key) || undefined;
  }

  list(key: string): unknown[] {
    const value = this.raw(key);
    if (value === undefined) return [];
    if (Array.isArray(value)) return value;
    this.complain('must be a list', value, key);
    return [];
  }

  /** The objects of the list under a key; each has to be finished on its own. */
  items(key: string): Fields[] {
    return this.list(key).map((item, index) => new Fields(item, [...this.path, key, index], this.#sink));
  }

  keys(): string[] {
    return Object.keys(this.#value);
  }

  /** The object under a key; an empty one when there is none. */
  object(key: string): Fields {
    let child = this.#children.get(key);
    if (child === undefined) {
      child = new Fields(unquoted(this.raw(key)), [...this.path, key], this.#sink);
      this.#children.set(key, child);
    }
    return child;
  }

  /** Fields that are understood and mean nothing for a draft. */
  ignore(...keys: string[]): void {
    for (const key of keys) this.#read.add(key);
  }

  /** For an object that is switched off. */
  ignoreAll(): void {
    this.ignore(...Object.keys(this.#value));
  }

  /** A field that is understood, but cannot be kept. */
  drop(key: string): void {
    this.#read.add(key);
    this.#sink.drop([...this.path, key]);
  }

  /** Tells about the fields that nobody has read. */
  finish(): void {
    for (const [key, value] of Object.entries(this.#value)) {
      if (!this.#read.has(key) && value !== null && value !== undefined) this.#sink.drop([...this.path, key]);
    }
    for (const child of this.#children.values()) child.finish();
  }

  complain(what: string, value: unknown, ...rest: Path): void {
    const place = showPath([...this.path, ...rest], 'input');
    this.error('DR162', `${place}: ${what} (got ${showJson(value)})`, {}, ...rest);
  }

  error(code: string, message: string, extra: { hint?: string } = {}, ...rest: Path): void {
    this.#sink.report(code, 'error', this.pointer(...rest), message, extra);
  }

  warn(code: string, message: string, extra: { hint?: string } = {}, ...rest: Path): void {
    this.#sink.report(code, 'warning', this.pointer(...rest), message, extra);
  }
}

/** Text nodes of a workflow hand on an object as its JSON. */
function unquoted(value: unknown): unknown {
  if (typeof value !== 'string' || !/^\s*\{/.test(value)) return value;
  const read = parseJson(value);
  return 'value' in read ? read.value : value;
}
