import type { Problem } from '@cozecut/problems';
import { type ParseTimelineOptions, parseTimeline } from '../../timeline/parse.ts';
import type { Timeline } from '../../timeline/schema.ts';

/** Errors of a timeline that it did not have before a change. */
export function newTimelineErrors(
  before: Timeline,
  after: Timeline,
  options: ParseTimelineOptions,
): Problem[] {
  const errorsOf = (timeline: Timeline): Problem[] =>
    parseTimeline(timeline, options).problems.filter(({ severity }) => severity === 'error');
  const found = errorsOf(after);
  if (found.length === 0) return [];
  const known = new Set(errorsOf(before).map(({ code, message }) => `${code} ${message}`));
  return found.filter(({ code, message }) => !known.has(`${code} ${message}`));
}
