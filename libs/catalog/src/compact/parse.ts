import { closest, formatPointer, type Problem, showJson, showValue, UserError } from '@cozecut/problems';
import {
  CATALOG_APPS,
  CATALOG_KINDS,
  type CatalogApp,
  type CatalogEntry,
  type CatalogKind,
  type CatalogOrigin,
} from '../types.ts';
import { COLUMNS, type Column } from './columns.ts';

/** First word of a file in the compact format. */
export const COMPACT_SCHEMA = 'draft-catalog/1';

/** One table of the catalog. */
export interface CatalogTable {
  app: CatalogApp;
  kind: CatalogKind;
  entries: CatalogEntry[];
}

/** A table as a file had it. */
export interface ParsedTable extends CatalogTable {
  /** Columns of the file that mean nothing here. */
  ignoredColumns: string[];
}

/** How a file is read. */
export interface ParseOptions {
  /** Name of the file, for messages. */
  file: string;
  /** Origin of the rows that say none. */
  origin: CatalogOrigin;
}

/**
 * A table in the compact format: `{"schema":"draft-catalog/1","app","kind","columns":[…],"rows":[[…]]}`.
 *
 * @throws UserError CATALOG_INVALID with one problem for each mistake, by file, row (from 1) and column.
 */
export function parseCompact(document: unknown, { file, origin }: ParseOptions): ParsedTable {
  const problems: Problem[] = [];
  const report = (message: string, ...path: (string | number)[]): void => {
    problems.push({
      code: 'CATALOG_INVALID',
      severity: 'error',
      message: `${file}: ${message}`,
      pointer: formatPointer(path),
    });
  };
  const head = readHead(document, report);
  const entries =
    head === undefined
      ? []
      : head.rows.flatMap((row, index) => {
          const entry = readRow(row, head.columns, (message, column) =>
            report(`row ${index + 1}${message}`, 'rows', index, ...(column === undefined ? [] : [column])),
          );
          return entry === undefined ? [] : [{ app: head.app, kind: head.kind, origin, ...entry }];
        });
  if (head === undefined || problems.length > 0) throw UserError.fromProblems('CATALOG_INVALID', problems);
  const ignoredColumns = head.columns.filter((name) => !isColumn(name));
  return { app: head.app, kind: head.kind, entries: entries as CatalogEntry[], ignoredColumns };
}

type Report = (message: string, ...path: (string | number)[]) => void;

interface Head {
  app: CatalogApp;
  kind: CatalogKind;
  columns: string[];
  rows: unknown[];
}

function readHead(document: unknown, report: Report): Head | undefined {
  if ((document as { schema?: unknown } | null)?.schema !== COMPACT_SCHEMA) {
    report(`expected a catalog with "schema": "${COMPACT_SCHEMA}" (got ${showValue(document)})`);
    return undefined;
  }
  const { app, kind, columns, rows } = document as Record<string, unknown>;
  const knownApp = CATALOG_APPS.find((known) => known === app);
  if (knownApp === undefined)
    report(`"app" must be ${CATALOG_APPS.join(' or ')} (got ${showJson(app)})`, 'app');
  // Words of a kind are joined by "_" as often as by "-".
  const word = typeof kind === 'string' ? kind.replaceAll('_', '-') : '';
  const knownKind = CATALOG_KINDS.find((known) => known === word);
  if (knownKind === undefined) {
    report(`"kind" must be one of ${CATALOG_KINDS.join(', ')} (got ${showJson(kind)})`, 'kind');
  }
  const names = Array.isArray(columns) && columns.every((name) => typeof name === 'string') ? columns : [];
  if (names.length === 0) report('"columns" must be a list of names', 'columns');
  else checkColumns(names, report);
  if (!Array.isArray(rows)) report(`"rows" must be a list (got ${showValue(rows)})`, 'rows');
  if (knownApp === undefined || knownKind === undefined || names.length === 0 || !Array.isArray(rows)) {
    return undefined;
  }
  return { app: knownApp, kind: knownKind, columns: names, rows };
}

function isColumn(name: string): boolean {
  return Object.hasOwn(COLUMNS, name);
}

function checkColumns(names: readonly string[], report: Report): void {
  for (const [name, { isRequired }] of Object.entries(COLUMNS)) {
    const count = names.filter((other) => other === name).length;
    if (count > 1) report(`the column "${name}" is there ${count} times`, 'columns');
    if (count > 0 || !isRequired) continue;
    const unknown = names.filter((other) => !isColumn(other));
    const [meant] = closest(name, unknown);
    const hint = meant === undefined ? '' : `; is "${meant}" meant to be it?`;
    report(`the column "${name}" is missing${hint}`, 'columns');
  }
}

type ReportCell = (message: string, column?: number) => void;

function readRow(
  row: unknown,
  columns: readonly string[],
  report: ReportCell,
): Partial<CatalogEntry> | undefined {
  if (!Array.isArray(row) || row.length !== columns.length) {
    const got = Array.isArray(row) ? `${row.length} cells` : showValue(row);
    report(` must be a list of ${columns.length} cells, one for each column (got ${got})`);
    return undefined;
  }
  const entry: Record<string, unknown> = {};
  for (const [index, name] of columns.entries()) {
    const column = isColumn(name) ? COLUMNS[name] : undefined;
    if (column === undefined) continue;
    const value = readCell(row[index], column, () =>
      report(
        `, column "${name}" must be ${column.expected}${column.isRequired ? '' : ', or null'} (got ${showJson(row[index])})`,
        index,
      ),
    );
    if (value !== undefined) entry[column.key] = value;
  }
  entry.effectId ??= entry.resourceId;
  return entry as Partial<CatalogEntry>;
}

function readCell(cell: unknown, column: Column, refuse: () => void): unknown {
  if (cell === null && !column.isRequired) return column.readNull;
  if (column.accepts(cell)) return column.read === undefined ? cell : column.read(cell);
  refuse();
  return undefined;
}
