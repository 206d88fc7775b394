import { formatPointer, showPath } from '@cozecut/problems';
import { Fields, type Path } from '../fields.ts';
import type { Findings } from '../findings.ts';
import { parseLoose } from '../parse-content.ts';
import { isRecord } from '../values.ts';

/** An item of a request with both of its ends, in whole microseconds. */
export interface TimedItem {
  fields: Fields;
  startUs: number;
  endUs: number;
  /** Its place in the list. */
  index: number;
}

/**
 * The items under a key of a request: a list, the JSON text of one, several of these glued together, or a list of the
 * texts of items.
 */
export function readItems(body: Fields, key: string, findings: Findings): Fields[] {
  const raw = body.raw(key);
  if (raw === undefined || raw === '') return [];
  const path = [...body.path, key];
  const list = typeof raw === 'string' ? parseList(raw, path, findings) : raw;
  if (list === undefined) return [];
  if (!Array.isArray(list) && !isRecord(list)) {
    body.complain('must be a list, or the JSON text of one', raw, key);
    return [];
  }
  return (Array.isArray(list) ? list : [list]).flatMap((item, index) => {
    const value = typeof item === 'string' ? parseText(item, [...path, index], findings) : item;
    if (value === undefined) return [];
    if (isRecord(value)) return [new Fields(value, [...path, index], findings)];
    body.complain('must be an object', value, key, index);
    return [];
  });
}

function parseList(text: string, path: Path, findings: Findings): unknown {
  const parsed = parseLoose(text);
  if ('value' in parsed) return parsed.value;
  // Text nodes put lists one behind the other.
  const lists = topLevelLists(text).map(parseLoose);
  const isGlued = lists.length > 1 && lists.every((list) => 'value' in list);
  return isGlued
    ? lists.flatMap((list) => ('value' in list ? list.value : []))
    : parseText(text, path, findings);
}

/** The lists that stand one behind the other in a text; none when there is anything else between them. */
function topLevelLists(text: string): string[] {
  const lists: string[] = [];
  let depth = 0;
  let inText = false;
  let start = 0;
  for (let at = 0; at < text.length; at++) {
    const sign = text[at]!;
    if (inText) {
      if (sign === '\\') at++;
      else if (sign === '"') inText = false;
    } else if (depth === 0 && sign !== '[') {
      if (!/[\s,]/.test(sign)) return [];
    } else if (sign === '"') inText = true;
    else if (sign === '[' || sign === '{') {
      if (depth === 0) start = at;
      depth++;
    } else if (sign === ']' || sign === '}') {
      depth--;
      if (depth === 0) lists.push(text.slice(start, at + 1));
    }
  }
  return depth === 0 ? lists : [];
}

function parseText(text: string, path: Path, findings: Findings): unknown {
  const parsed = parseLoose(text);
  if ('value' in parsed) return parsed.value;
  const { line, column, offset, why } = parsed;
  const place = showPath(path, 'input');
  findings.report(
    'DR162',
    'error',
    formatPointer(path),
    `${place}: not valid JSON at line ${line}, column ${column} (character ${offset}): ${why}`,
    { hint: 'copy the whole list' },
  );
  return undefined;
}

/** The items with a start and an end; what is wrong with the others is told. */
export function timedItems(items: readonly Fields[]): TimedItem[] {
  return items.flatMap((fields, index) => {
    const [startUs, endUs] = ['start', 'end'].map((key) => wholeTime(fields, key));
    if (startUs === undefined || endUs === undefined) return [];
    if (startUs < 0) fields.error('DR002', `${fields.place}: start ${startUs} is before 0`, {}, 'start');
    else if (endUs <= startUs) {
      fields.error(
        'DR003',
        `${fields.place}: end must be after start (got ${startUs} to ${endUs})`,
        {},
        'end',
      );
    } else return [{ fields, startUs, endUs, index }];
    return [];
  });
}

function wholeTime(fields: Fields, key: string): number | undefined {
  const value = fields.number(key);
  if (value === undefined && (fields.raw(key) ?? '') === '') {
    fields.error('DR162', `${fields.place}.${key} is missing`, {}, key);
  }
  return value === undefined ? undefined : Math.trunc(value);
}
