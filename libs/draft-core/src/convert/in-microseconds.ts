import type { Timeline } from '../timeline/schema.ts';
import { parseTime } from '../timeline/time.ts';
import { isRecord } from './values.ts';

const timeKeys = new Set(['start', 'duration', 'at']);

/**
 * A timeline with every time as a number of microseconds, whatever it was written in.
 *
 * @param timeline - One in which nothing is an error.
 */
export function inMicroseconds(timeline: Timeline): Timeline {
  const us = (value: unknown): unknown => {
    if (typeof value !== 'number' && typeof value !== 'string') return value;
    const parsed = parseTime(value, timeline.timeUnit);
    return 'us' in parsed ? parsed.us : value;
  };
  const convert = (value: unknown, key: string): unknown => {
    // Counted in characters, and named by the app.
    if (key === 'ranges' || key === 'params') return value;
    if (timeKeys.has(key)) return us(value);
    if (key === 'fade' && isRecord(value))
      return Object.fromEntries(Object.entries(value).map(([end, time]) => [end, us(time)]));
    if (key === 'keyframes' && isRecord(value)) {
      return Object.fromEntries(
        Object.entries(value).map(([property, points]) => [
          property,
          (points as unknown[][]).map(([time, ...rest]) => [us(time), ...rest]),
        ]),
      );
    }
    if (Array.isArray(value)) return value.map((item) => convert(item, ''));
    if (!isRecord(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, convert(item, name)]));
  };
  return { ...(convert(timeline, '') as Timeline), timeUnit: 'us' };
}
