/** A record of a CSV file. */
export interface CsvRecord {
  /** Line that it begins on, from 1. */
  line: number;
  cells: string[];
  /** Why it cannot be read, when it cannot. */
  fault?: string;
}

/**
 * The records of a text as RFC 4180 has it: cells in quotes may hold separators, line breaks and doubled quotes. Lines
 * may end in any way; empty lines and a byte order mark are left out.
 *
 * @param separator - Default: the comma, or the semicolon or tab of a first line that has no comma.
 */
export function parseCsv(text: string, separator: string = separatorOf(text)): CsvRecord[] {
  const records: CsvRecord[] = [];
  let at = text.startsWith('\uFEFF') ? 1 : 0;
  let line = 1;
  while (at < text.length) {
    const record: CsvRecord = { line, cells: [] };
    for (let isMore = true; isMore; ) {
      const cell = text[at] === '"' ? quoted(text, at) : bare(text, at, separator);
      record.cells.push(cell.value);
      line += lineBreaks(text.slice(at, cell.end));
      at = cell.end;
      if (cell.fault !== undefined) record.fault ??= cell.fault;
      else if (!isEnd(text, at, separator)) {
        record.fault ??= `there is text behind the closing quote of cell ${record.cells.length}`;
        at = bare(text, at, separator).end;
      }
      isMore = text[at] === separator;
      if (isMore) at++;
    }
    if (text.startsWith('\r\n', at)) at++;
    at++;
    line++;
    if (record.cells.length > 1 || record.cells[0] !== '') records.push(record);
  }
  return records;
}

interface Cell {
  value: string;
  /** Behind its last character. */
  end: number;
  fault?: string;
}

function bare(text: string, start: number, separator: string): Cell {
  let end = start;
  while (!isEnd(text, end, separator)) end++;
  return { value: text.slice(start, end), end };
}

function quoted(text: string, start: number): Cell {
  let value = '';
  for (let at = start + 1; ; ) {
    const quote = text.indexOf('"', at);
    if (quote === -1) {
      const end = text.length;
      return { value: value + text.slice(at), end, fault: 'a quote is opened and never closed' };
    }
    value += text.slice(at, quote);
    if (text[quote + 1] !== '"') return { value, end: quote + 1 };
    value += '"';
    at = quote + 2;
  }
}

function isEnd(text: string, at: number, separator: string): boolean {
  const sign = text[at];
  return sign === undefined || sign === separator || sign === '\n' || sign === '\r';
}

function lineBreaks(text: string): number {
  return text.match(/\r\n|\r|\n/g)?.length ?? 0;
}

function separatorOf(text: string): string {
  const [first = ''] = text.replace(/^\uFEFF?[\r\n]*/, '').split(/[\r\n]/);
  return [',', ';', '\t'].find((sign) => first.includes(sign)) ?? ',';
}
