import type { MediaFacts } from '../media-facts.ts';
import type { Report } from './report.ts';
import type { Timeline } from './schema.ts';
import { parseTime } from './time.ts';

/** What the normaliser needs besides the timeline. */
export interface NormaliseInput {
  timeline: Timeline;
  /** Pointers of tracks, clips and transitions to leave out. */
  unreadable: ReadonlySet<string>;
  facts: ReadonlyMap<string, MediaFacts> | undefined;
  quantise: boolean;
  /** Whether the app repeats an animated picture like a still one. */
  gifLoops: boolean;
  report: Report;
}

/** A time as it is written. */
export type Time = string | number;

/** Reads a time that may be left out; tells when it is none. */
export function optionalTime(
  value: Time | undefined,
  pointer: () => string,
  input: NormaliseInput,
): number | undefined {
  if (value === undefined) return undefined;
  const parsed = parseTime(value, input.timeline.timeUnit);
  if ('us' in parsed) return parsed.us;
  input.report(parsed.code, 'error', pointer(), parsed.message, { hint: parsed.hint });
  return undefined;
}
