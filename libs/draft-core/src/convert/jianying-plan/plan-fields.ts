import { formatPointer, showPath } from '@cozecut/problems';
import { parseTime } from '../../timeline/time.ts';
import { readColor } from '../color.ts';
import type { Fields, Sink } from '../fields.ts';
import type { Findings } from '../findings.ts';

/** Plans are closed: the tool refuses a field that it does not know, and so do we. */
export function strictSink(findings: Findings): Sink {
  return {
    report: findings.report,
    drop: (path) =>
      findings.report(
        'DR162',
        'error',
        formatPointer(path),
        `${showPath(path, 'input')}: there is no such field`,
        {
          hint: 'remove it, or correct its name',
        },
      ),
  };
}

/** A time in microseconds: a number, or text with a unit. */
export function timeUs(fields: Fields, key: string): number | undefined {
  const value = fields.raw(key);
  if (value === undefined) return undefined;
  if (typeof value !== 'number' && typeof value !== 'string') {
    fields.complain('must be a time', value, key);
    return undefined;
  }
  const parsed = parseTime(value, 'us');
  if ('us' in parsed) return parsed.us;
  fields.error(parsed.code, `${fields.place}.${key}: ${parsed.message}`, { hint: parsed.hint }, key);
  return undefined;
}

/** A colour; empty text is none. */
export function colorOf(fields: Fields, key: string): string | undefined {
  const text = fields.text(key);
  if (text === undefined) return undefined;
  const color = readColor(text);
  if (color === undefined) fields.complain('must be a colour such as #FFE8A0', text, key);
  return color;
}

/** The name of a resource, which is text or the `name` of an object. */
export function nameOf(fields: Fields, key: string): string | undefined {
  if (typeof fields.raw(key) === 'string') return fields.text(key);
  return fields.has(key) ? fields.object(key).text('name') : undefined;
}
