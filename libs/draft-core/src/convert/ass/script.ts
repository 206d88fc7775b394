import type { LineFindings } from '../subtitles/line-findings.ts';
import type { Columns } from './styles.ts';

/** A line of a file, split by the `Format:` line above it. */
export interface Entry {
  line: number;
  columns: Columns;
}

/** The sections of an ASS or SSA file. */
export interface Script {
  /** `[Script Info]`, by lower-case key. */
  info: ReadonlyMap<string, string>;
  styles: Entry[];
  /** Whether styles are of the older kind, with other alignment codes. */
  isOld: boolean;
  events: Entry[];
}

/** Splits a file into its sections; tells what has no place in them. */
export function readScript(text: string, findings: LineFindings): Script {
  const info = new Map<string, string>();
  const script: Script = { info, styles: [], isOld: false, events: [] };
  let section = '';
  let format: string[] | undefined;
  for (const [at, raw] of text
    .replace(/^\uFEFF/, '')
    .split(/\r\n|\n|\r/)
    .entries()) {
    const number = at + 1;
    const line = raw.trim();
    if (line === '' || line.startsWith(';') || line.startsWith('!:')) continue;
    const heading = /^\[([^\]]+)\]$/.exec(line)?.[1]?.toLowerCase();
    if (heading !== undefined) {
      section = heading;
      format = undefined;
      if (section === 'v4 styles') script.isOld = true;
      if (section === 'fonts' || section === 'graphics') findings.dropped(number, `the section [${heading}]`);
      continue;
    }
    const [, key = '', value = ''] = /^([^:]+):\s?(.*)$/.exec(line) ?? [];
    const word = key.trim().toLowerCase();
    if (section === 'script info') info.set(word, value.trim());
    else if (section.endsWith('styles') || section === 'events') {
      const wanted = section === 'events' ? 'dialogue' : 'style';
      if (word === 'format') format = value.split(',').map((name) => name.trim().toLowerCase());
      else if (word === wanted) {
        const columns = splitColumns(value, format, number, wanted, findings);
        if (columns !== undefined)
          script[wanted === 'style' ? 'styles' : 'events'].push({ line: number, columns });
      } else if (
        section !== 'events' ||
        !['comment', 'picture', 'sound', 'movie', 'command'].includes(word)
      ) {
        findings.malformed(
          number,
          `expected Format: or ${wanted === 'style' ? 'Style' : 'Dialogue'}: (got ${JSON.stringify(line.slice(0, 40))})`,
        );
      } else if (word !== 'comment') findings.dropped(number, `a ${word} event`);
    } else if (section === '') findings.malformed(number, 'text before the first section');
  }
  return script;
}

/** The last column may hold commas. */
function splitColumns(
  value: string,
  format: readonly string[] | undefined,
  line: number,
  what: string,
  findings: LineFindings,
): Columns | undefined {
  if (format === undefined) {
    findings.malformed(line, `the ${what} stands before its Format line`);
    return undefined;
  }
  const parts = value.split(',');
  if (parts.length < format.length) {
    findings.malformed(line, `expected ${format.length} columns (got ${parts.length})`);
    return undefined;
  }
  const last = format.length - 1;
  const columns = [...parts.slice(0, last).map((part) => part.trim()), parts.slice(last).join(',')];
  return new Map(format.map((name, index) => [name, columns[index]!]));
}
