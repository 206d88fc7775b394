import { formatUs, parseTime } from '../../timeline/time.ts';
import { objectOf, timeOf } from '../loose.ts';
import { failEdit } from './fail.ts';
import type { Range, Segment, Track } from './parts.ts';

/** A span of the timeline in microseconds. */
export interface Span {
  startUs: number;
  durationUs: number;
  endUs: number;
}

/** Where a segment lies; nothing when it does not say so in whole microseconds. */
export function spanIfAny(segment: Segment): Span | undefined {
  const { start, duration } = objectOf(objectOf(segment).target_timerange);
  const [startUs, durationUs] = [timeOf(start), timeOf(duration)];
  if (startUs === undefined || durationUs === undefined) return undefined;
  return { startUs, durationUs, endUs: startUs + durationUs };
}

/** Where a segment lies. */
export function spanOf(segment: Segment): Span {
  const span = spanIfAny(segment);
  return span ?? failEdit('DR004', `segment ${segment.id} has no start and length in whole microseconds`);
}

/** Moves a segment. */
export function setSpan(segment: Segment, startUs: number, durationUs: number): void {
  segment.target_timerange.start = startUs;
  segment.target_timerange.duration = durationUs;
}

/** The part of its file that a segment plays; nothing for a segment without a file. */
export function sourceOf(segment: Segment): Range | undefined {
  const range = objectOf(segment.source_timerange);
  const [start, duration] = [timeOf(range.start), timeOf(range.duration)];
  return start === undefined || duration === undefined ? undefined : (segment.source_timerange as Range);
}

/** Sets the part of its file that a segment plays. */
export function setSource(segment: Segment, start: number, duration: number): void {
  const range = segment.source_timerange;
  if (range === null || range === undefined) segment.source_timerange = { start, duration };
  else Object.assign(range, { start, duration });
}

/** How fast a segment plays. */
export function speedOf(segment: Segment): number {
  return typeof segment.speed === 'number' && segment.speed > 0 ? segment.speed : 1;
}

/** Moves every segment of a track that starts at or after a time. */
export function shiftFrom(track: Track, fromUs: number, byUs: number, except?: Segment): void {
  for (const segment of track.segments) {
    const span = spanIfAny(segment);
    if (segment !== except && span !== undefined && span.startUs >= fromUs)
      segment.target_timerange.start = span.startUs + byUs;
  }
}

/** A time of an edit: whole microseconds, or text with a unit. */
export function readTime(value: number | string, what: string): number {
  const parsed = parseTime(value, 'us');
  return 'us' in parsed
    ? parsed.us
    : failEdit(parsed.code, `${what}: ${parsed.message}`, { hint: parsed.hint });
}

/** A length of an edit. */
export function readLength(value: number | string, what: string): number {
  const us = readTime(value, what);
  return us > 0 ? us : failEdit('DR003', `${what} must be longer than 0 (got ${formatUs(us)})`);
}
