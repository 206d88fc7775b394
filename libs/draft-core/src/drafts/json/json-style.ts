import type { JsonDocument } from './json-document.ts';
import { SpelledNumber } from './spelled-number.ts';
import { KIND } from './tape.ts';

/** How a document is laid out. */
export interface JsonStyle {
  /** Blanks of one level, with the line end in front; `undefined` when members stand on one line. */
  lines: { end: string; unit: string } | undefined;
  /** Between a key and its value. */
  colon: string;
  /** Between a comma and the next member on the same line. */
  gap: string;
}

/** The layout of a document, as its outermost value shows it. */
export function styleOf(document: JsonDocument): JsonStyle {
  const { text, root } = document;
  const [first, second] = [...document.members(root)];
  if (first === undefined) return { lines: undefined, colon: ':', gap: '' };
  const lead = text.slice(document.start(root) + 1, document.start(first));
  const colon =
    document.kind(first) === KIND.key ? text.slice(document.end(first), document.start(first + 1)) : ':';
  const between =
    second === undefined ? '' : text.slice(document.end(document.valueOf(first)), document.start(second));
  const lineEnd = /\r?\n/.exec(lead)?.[0];
  return {
    lines: lineEnd === undefined ? undefined : { end: lineEnd, unit: lead.slice(lead.lastIndexOf('\n') + 1) },
    colon,
    gap: lineEnd === undefined ? between.slice(between.indexOf(',') + 1) : ' ',
  };
}

/** Writes a value in a layout; `indent` stands in front of the line that the value begins on. */
export function writeJson(value: unknown, style: JsonStyle, indent: string): string {
  if (value instanceof SpelledNumber) return value.text;
  // As JSON has it: what is no value, such as a function, is null in a list and left out of a map.
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const inner = style.lines === undefined ? '' : indent + style.lines.unit;
  const write = (item: unknown): string => writeJson(item, style, inner);
  const members = Array.isArray(value)
    ? value.map(write)
    : Object.entries(value)
        .filter(([, item]) => !['undefined', 'function', 'symbol'].includes(typeof item))
        .map(([key, item]) => JSON.stringify(key) + style.colon + write(item));
  const [open, close] = Array.isArray(value) ? '[]' : '{}';
  if (members.length === 0) return `${open}${close}`;
  if (style.lines === undefined) return `${open}${members.join(`,${style.gap}`)}${close}`;
  const { end } = style.lines;
  return `${open}${end}${inner}${members.join(`,${end}${inner}`)}${end}${indent}${close}`;
}
