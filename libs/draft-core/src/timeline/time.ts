import type { TimeUnit } from './schema.ts';

/** Microseconds of one unit. */
export const US_PER_UNIT: Readonly<Record<TimeUnit, number>> = { us: 1, ms: 1000, s: 1_000_000 };

/** A time in whole microseconds, or why it is none. */
export type ParsedTime = { us: number } | { code: 'DR004' | 'DR005'; message: string; hint: string };

const number = String.raw`(\d+)(\.\d+)?\s*`;
const literal = new RegExp(
  String.raw`^(-)?\s*(?:${number}h\s*)?(?:${number}m(?!s)\s*)?(?:${number}s\s*)?(?:${number}ms\s*)?(?:${number}[uµμ]s)?$`,
);
const timecode = /^(-)?(?:(\d+):)?([0-5]?\d):([0-5]?\d)(?:[.,](\d+))?$/;
const literalUs = [3_600_000_000, 60_000_000, 1_000_000, 1000, 1];

/**
 * Reads a time: a number counts `unit`s, text carries its own unit (`250ms`, `1.5s`, `1h2m3s`, `00:01:02.500`).
 * Rounds once, to whole microseconds; what is already in microseconds must be whole.
 */
export function parseTime(value: number | string, unit: TimeUnit): ParsedTime {
  const us = typeof value === 'number' ? fromNumber(value, unit) : fromText(value);
  if (us === undefined) {
    const why = String(value).trim() === '' ? 'is empty' : 'has no time unit or is not a time';
    return {
      code: 'DR005',
      message: `${JSON.stringify(value)} ${why}`,
      hint: 'write 250ms, 1.5s or 00:01:02.500',
    };
  }
  if (!Number.isSafeInteger(us)) {
    const isUs = typeof value === 'string' || unit === 'us';
    const hint = `give a finite time of at most 2^53 microseconds${isUs ? ', whole when it is in us' : ''}`;
    return { code: 'DR004', message: `${value} is not a valid time`, hint };
  }
  // There is no time before and after 0 at once.
  return { us: us + 0 };
}

function fromNumber(value: number, unit: TimeUnit): number {
  return unit === 'us' ? value : Math.round(value * US_PER_UNIT[unit]);
}

function fromText(text: string): number | undefined {
  const trimmed = text.trim();
  const code = timecode.exec(trimmed);
  if (code) {
    const [, minus, hours = '0', minutes, seconds, fraction = ''] = code;
    const whole = Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
    return sign(minus) * (whole * 1_000_000 + Math.round(Number(`0.${fraction}0`) * 1_000_000));
  }
  const [minus, ...parts] = literal.exec(trimmed)?.slice(1) ?? [];
  if (parts.every((part) => part === undefined)) return undefined;
  // Whole parts are added up apart from fractions, so that they stay exact however large they are.
  let whole = 0;
  let fraction = 0;
  for (const [index, unitUs] of literalUs.entries()) {
    whole += Number(parts[2 * index] ?? 0) * unitUs;
    fraction += Number(`0${parts[2 * index + 1] ?? ''}`) * unitUs;
  }
  const isPartOfUs = Number(parts.at(-1) ?? 0) !== 0;
  return sign(minus) * (isPartOfUs ? Number.NaN : whole + Math.round(fraction));
}

function sign(minus: string | undefined): 1 | -1 {
  return minus === undefined ? 1 : -1;
}

/** A length for people: `2.5 s`. */
export function formatUs(us: number): string {
  return `${Number((us / 1_000_000).toFixed(6))} s`;
}
