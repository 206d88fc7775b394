import type { MediaFacts } from '../../media-facts.ts';
import { frameLengthUs } from '../../timeline/frames.ts';
import type { TimeUnit } from '../../timeline/schema.ts';
import { US_PER_UNIT } from '../../timeline/time.ts';
import { readColor } from '../color.ts';
import type { Fields, Sink } from '../fields.ts';

/** What is the same for all segments of a draft. */
export interface DraftContext extends Sink {
  canvas: { width: number; height: number; fps: number };
  facts: ReadonlyMap<string, MediaFacts>;
  unit: TimeUnit;
  /** Whether a person has said the unit. */
  unitGiven: boolean;
  legacyPosition: boolean;
}

/** A moment of the export in microseconds. */
export function toUs(value: number, { unit }: Pick<DraftContext, 'unit'>): number {
  return Math.round(value * US_PER_UNIT[unit]);
}

/**
 * The length of a fade, an animation or a transition. The tool writes 500 ms by default whatever the unit of the draft
 * is, so a length that makes no sense in that unit may be in milliseconds.
 */
export function lengthUs(
  fields: Fields,
  key: string,
  clipUs: number,
  context: DraftContext,
): number | undefined {
  const value = fields.number(key);
  if (value === undefined) return undefined;
  const us = toUs(value, context);
  const tooShort = context.unit === 'us' && us > 0 && us < frameLengthUs(context.canvas.fps);
  const tooLong = context.unit === 's' && us > clipUs;
  if (!tooShort && !tooLong) return us;
  const ms = Math.round(value * 1000);
  const place = `${fields.place}.${key}`;
  if (context.unitGiven) {
    const message = `${place}: ${value} makes no sense in ${context.unit}, read as ${value} ms`;
    fields.warn('DR166', message, { hint: 'the tool writes milliseconds here by default' }, key);
  } else {
    const message = `${place}: ${value} makes no sense in ${context.unit}, the unit of the draft; it may be ${value} ms`;
    fields.error(
      'DR160',
      message,
      { hint: `pass the time unit (${context.unit}) to read it as milliseconds` },
      key,
    );
  }
  return ms;
}

/** A colour of the export as `#RRGGBB` or `#RRGGBBAA`. */
export function colorOf(fields: Fields, key: string): string | undefined {
  const text = fields.text(key);
  if (text === undefined) return undefined;
  const color = readColor(text);
  if (color === undefined) fields.complain('must be a colour such as #FFE8A0', text, key);
  return color;
}
