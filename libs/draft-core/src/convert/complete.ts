import type { Problem } from '@cozecut/problems';
import { formatPointer, parsePointer, showPath } from '@cozecut/problems';
import type { MediaFacts } from '../media-facts.ts';
import { parseTimeline } from '../timeline/parse.ts';
import type { Timeline, TimeUnit } from '../timeline/schema.ts';
import type { Converted } from './converter.ts';
import type { Path } from './fields.ts';
import type { Findings } from './findings.ts';

/** What an input said, by the parts of the timeline that were made of it: clips, tracks, transitions. */
export type Origins = Map<object, Path>;

/** A timeline that was read completely. */
export interface ReadTimeline {
  timeline: Timeline;
  unit: TimeUnit | undefined;
  origins: Origins;
}

/**
 * Ends the conversion of an input of one draft. A timeline without clips is an error. One with an error is left out,
 * but the rules still look at it, so that a person sees all mistakes at once, in the places of the input.
 *
 * @param facts - What is known of the media; `undefined` before they were looked at.
 */
export function complete(
  { timeline, unit, origins }: ReadTimeline,
  facts: ReadonlyMap<string, MediaFacts> | undefined,
  findings: Findings,
): Converted {
  if (!findings.hasErrors && timeline.tracks.every(({ clips }) => clips.length === 0)) {
    findings.report('DR162', 'error', '', 'the input has no clips', {
      hint: 'was it made before anything was added?',
    });
  }
  const failed = findings.hasErrors;
  const problems = findings.finish();
  // Where times could not be read, what follows from them says nothing.
  const timesAreSure =
    unit !== undefined && !problems.some(({ code }) => code === 'DR004' || code === 'DR005');
  if (failed && timesAreSure) problems.push(...ruleFindings(timeline, facts, origins, problems));
  return { timelines: failed ? [] : [timeline], units: [unit], problems };
}

function ruleFindings(
  timeline: Timeline,
  facts: ReadonlyMap<string, MediaFacts> | undefined,
  origins: Origins,
  known: readonly Problem[],
): Problem[] {
  // A converter names the field, the rules only know the part it belongs to.
  const isTold = (code: string, pointer: string): boolean =>
    known.some((one) => one.code === code && isWithin(one.pointer ?? '', pointer));
  return parseTimeline(timeline, facts === undefined ? {} : { facts }).problems.flatMap((problem) => {
    if (problem.severity === 'info' || (facts === undefined && problem.code === 'DR130')) return [];
    const path = originOf(timeline, parsePointer(problem.pointer ?? ''), origins);
    const moved = {
      ...problem,
      pointer: formatPointer(path),
      message: inInput(problem.message, timeline, origins),
    };
    return isTold(problem.code, moved.pointer) ? [] : [moved];
  });
}

/** Whether a pointer is another one, or of something in it; the whole input holds too much to say so. */
function isWithin(pointer: string, part: string): boolean {
  return pointer === part || (part !== '' && pointer.startsWith(`${part}/`));
}

/** The place in the input that a place of the timeline came from. */
export function originOf(timeline: Timeline, path: readonly string[], origins: Origins): Path {
  let value: unknown = timeline;
  let origin: Path = [];
  for (const part of path) {
    value = (value as Record<string, unknown> | undefined)?.[part];
    if (typeof value === 'object' && value !== null) origin = origins.get(value) ?? origin;
  }
  return origin;
}

/** Messages name clips and tracks by their place in the timeline, which nobody has seen. */
function inInput(message: string, timeline: Timeline, origins: Origins): string {
  return message.replace(/tracks\[(\d+)\](?:\.clips\[(\d+)\])?/g, (place, track, clip) => {
    const row = timeline.tracks[Number(track)];
    const part = clip === undefined ? row : row?.clips[Number(clip)];
    const path = part === undefined ? undefined : origins.get(part);
    return path === undefined ? place : showPath(path, 'input');
  });
}
