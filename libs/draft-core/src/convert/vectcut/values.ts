import type { ClipOf } from '../../timeline/schema.ts';
import { readColor } from '../color.ts';
import type { Fields } from '../fields.ts';
import { defined } from '../values.ts';

type Transform = NonNullable<ClipOf<'video'>['transform']>;

/** A time in seconds as whole microseconds. */
export function secondsUs(fields: Fields, key: string): number | undefined {
  const value = fields.number(key);
  return value === undefined ? undefined : Math.round(value * 1_000_000);
}

/** A place on the timeline with both ends; what is wrong with it is told. */
export function readSpan(
  fields: Fields,
  defaultEndS: number,
): { start: number; duration: number } | undefined {
  const start = secondsUs(fields, 'start') ?? 0;
  const end = secondsUs(fields, 'end') ?? defaultEndS * 1_000_000;
  if (start < 0) fields.error('DR002', `${fields.place}: start ${start / 1e6} is before 0`, {}, 'start');
  else if (end <= start) {
    fields.error(
      'DR003',
      `${fields.place}: end must be after start (got ${start / 1e6} to ${end / 1e6})`,
      {},
      'end',
    );
  } else return { start, duration: end - start };
  return undefined;
}

/** Place and size: half canvases from the centre, y up. */
export function readTransform(fields: Fields, defaultY = 0): Transform {
  const scale = fields.number('scale') ?? 1;
  const [scaleX, scaleY] = [fields.number('scale_x') ?? scale, fields.number('scale_y') ?? scale];
  const isUniform = scaleX === scaleY;
  const unless = (value: number | undefined, neutral: number): number | undefined =>
    value === neutral ? undefined : value;
  return defined<Transform>({
    x: unless(fields.number('transform_x') ?? 0, 0),
    y: unless(fields.number('transform_y') ?? defaultY, 0),
    scale: isUniform ? unless(scaleX, 1) : undefined,
    scaleX: isUniform ? undefined : scaleX,
    scaleY: isUniform ? undefined : scaleY,
    rotation: unless(fields.number('rotation') ?? 0, 0),
  });
}

/** A colour; one that cannot be read is an error. */
export function colorOf(fields: Fields, key: string): string | undefined {
  const text = fields.text(key);
  if (text === undefined) return undefined;
  const color = readColor(text);
  if (color === undefined) fields.complain('must be a colour such as #FFE8A0', text, key);
  return color;
}

/** A name with a length in seconds, for animations and transitions. */
export function readNamed(
  fields: Fields,
  key: string,
  lengthKey: string,
): { name: string; duration: number } | undefined {
  const name = fields.text(key);
  const duration = secondsUs(fields, lengthKey) ?? 500_000;
  return name === undefined || name.trim() === '' ? undefined : { name: name.trim(), duration };
}

/** Parameters of an effect in a list, where null keeps the default. */
export function readParams(fields: Fields, key: string): Record<string, number> | undefined {
  const entries = fields.list(key).flatMap((value, index): [string, number][] => {
    if (value === null || value === '') return [];
    const number = typeof value === 'string' ? Number(value) : value;
    if (typeof number === 'number' && Number.isFinite(number)) return [[String(index), number]];
    fields.complain('must be a number', value, key, index);
    return [];
  });
  return entries.length > 0 ? Object.fromEntries(entries) : undefined;
}

/** Position in UTF-16 units of a position in characters. */
export function utf16At(text: string, characters: number): number {
  let units = 0;
  let count = 0;
  for (const character of text) {
    if (count >= characters) break;
    units += character.length;
    count++;
  }
  return units;
}
