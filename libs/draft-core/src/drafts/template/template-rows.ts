import { showValue, UserError } from '@cozecut/problems';
import { parseJson } from '../../convert/json.ts';
import { isObject } from '../loose.ts';
import { parseCsv } from './csv.ts';
import type { TemplateRow } from './fill-template.ts';

/** Forms that rows of data come in: JSON Lines, or CSV whose first row holds the names of the placeholders. */
export type RowFormat = 'jsonl' | 'csv';

/** A row of data as it was read. */
export interface ReadRow {
  /** Line of the data, from 1. */
  line: number;
  /** The row; an error when it is none, which says nothing about the others. */
  row: TemplateRow | UserError;
}

/**
 * The rows of a text, blank lines left out.
 *
 * @param format - Default: JSON Lines when the text begins with `{`, else CSV.
 * @throws UserError INPUT_INVALID when the first row of CSV does not name its columns.
 */
export function readTemplateRows(text: string, format?: RowFormat): ReadRow[] {
  const isJson = format === undefined ? /^[\s\uFEFF]*\{/.test(text) : format === 'jsonl';
  return isJson ? readJsonLines(text) : readCsv(text);
}

function readJsonLines(text: string): ReadRow[] {
  return text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .flatMap((one, index) => (one.trim() === '' ? [] : [{ line: index + 1, row: rowOf(one) }]));
}

function rowOf(text: string): ReadRow['row'] {
  const parsed = parseJson(text);
  if (!('value' in parsed))
    return new UserError('INPUT_INVALID', `is not valid JSON at column ${parsed.column}: ${parsed.why}`);
  return isObject(parsed.value)
    ? parsed.value
    : new UserError('INPUT_INVALID', `must be a JSON object (got ${showValue(parsed.value)})`);
}

function readCsv(text: string): ReadRow[] {
  const [header, ...records] = parseCsv(text);
  if (header === undefined) return [];
  const names = header.cells.map((cell) => cell.trim());
  const unnamed = names.indexOf('');
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  const why =
    header.fault ??
    (unnamed >= 0
      ? `column ${unnamed + 1} has no name`
      : twice === undefined
        ? undefined
        : `two columns are called "${twice}"`);
  if (why !== undefined) {
    throw new UserError('INPUT_INVALID', `line ${header.line}: ${why}`, {
      hint: 'the first row of CSV names the placeholder of each column',
    });
  }
  return records.map(({ line, cells, fault }) => {
    if (fault !== undefined) return { line, row: new UserError('INPUT_INVALID', fault) };
    if (cells.length === names.length)
      return { line, row: Object.fromEntries(names.map((name, index) => [name, cells[index]])) };
    const message = `has ${count(cells.length)}, the first row has ${count(names.length)}`;
    return {
      line,
      row: new UserError('INPUT_INVALID', message, { hint: 'put a cell with commas in quotes' }),
    };
  });
}

function count(cells: number): string {
  return cells === 1 ? '1 cell' : `${cells} cells`;
}
