import type { PathSegment, Problem } from '@cozecut/problems';
import { type Violation, violationProblem } from '@cozecut/problems/schema';

/** Turns a violation of the schema into a finding of the rule it comes closest to. */
export function shapeProblem(violation: Violation): Problem {
  const code = codeFor(violation);
  const problem = violationProblem(violation, { top: 'the timeline', code });
  const hint = hintFor(violation) ?? problem.hint;
  // A track of no type is wrong as a whole.
  const pointer = isTrackType(violation.path) ? problem.pointer.replace(/\/type$/, '') : problem.pointer;
  return { ...problem, pointer, ...(hint === undefined ? {} : { hint }) };
}

/** Where the mistake is; for a key that stands for another the place of that one. */
export function mistakenPath({ path, meant }: Violation): readonly PathSegment[] {
  return meant === undefined ? path : [...path.slice(0, -1), meant];
}

const missingHints: Record<string, string> = {
  timeUnit: 'say in which unit the times are: "us", "ms" or "s"',
  media: 'name the file or address that the clip plays',
  duration: 'say how long the clip is shown',
  schema: 'write "schema": "draft-timeline/1"',
};

function hintFor(violation: Violation): string | undefined {
  const { code, path, types } = violation;
  const last = path.at(-1)!;
  if (severalCode(violation) !== undefined) return 'keep one of them, a list is not possible here';
  if (isSpeedCurve(violation)) return 'give one speed for the whole clip, or cut it into clips';
  if (code === 'MISSING_KEY') return missingHints[last];
  return types !== undefined && isTime(path)
    ? 'a time is a number in the timeUnit, or text with a unit: 250ms, 1.5s, 00:01:02.500'
    : undefined;
}

function isTrackType(path: readonly PathSegment[]): boolean {
  return path.length === 3 && path[0] === 'tracks' && path[2] === 'type';
}

const timeKeys = new Set<PathSegment>(['start', 'duration', 'in', 'out']);

/** Whether a time belongs here; `in` and `out` are also slots of animations, and parts of texts start somewhere, too. */
export function isTime(path: readonly PathSegment[]): boolean {
  return timeKeys.has(path.at(-1) ?? '') && path.at(-2) !== 'animations' && !path.includes('ranges');
}

const codesByKey: Record<string, string> = {
  crop: 'DR043',
  mask: 'DR048',
  background: 'DR050',
  chroma: 'DR054',
  intensity: 'DR083',
  params: 'DR084',
  volume: 'DR028',
  speed: 'DR022',
  reverse: 'DR027',
  opacity: 'DR040',
  scale: 'DR041',
  scaleX: 'DR041',
  scaleY: 'DR041',
  canvas: 'DR018',
};
/** Rules against a second one of what a clip can have once. */
const onceCodes: Record<string, string> = {
  mask: 'DR045',
  background: 'DR050',
  mixMode: 'DR053',
  fade: 'DR091',
};

/** The rule against several of something, for a list where one is expected. */
function severalCode({ code, path, value }: Violation): string | undefined {
  if (code !== 'WRONG_TYPE' || !Array.isArray(value)) return undefined;
  return path.at(-2) === 'animations' ? 'DR070' : onceCodes[path.at(-1)!];
}

/** A speed that changes: how a draft says so is not known. */
function isSpeedCurve({ code, path, value }: Violation): boolean {
  return code === 'WRONG_TYPE' && path.at(-1) === 'speed' && typeof value === 'object' && value !== null;
}

const textBox = new Set<PathSegment>(['size', 'maxLineWidth', 'align']);

/** The rule that a wrong shape comes closest to; `DR162` (malformed clip) when there is none. */
function codeFor(violation: Violation): string {
  const { part, meant } = violation;
  const isUnknown = violation.code === 'UNKNOWN_KEY';
  const place = mistakenPath(violation);
  const path = part === 'key' ? place.slice(0, -1) : place;
  const last = path.at(-1) ?? '';
  if (isTrackType(place)) return 'DR010';
  if (!isUnknown || meant !== undefined) {
    if (place.at(-1) === 'timeUnit') return 'DR005';
    if (part === 'key' && place.at(-1) === 'media') return 'DR165';
  }
  if (path.includes('keyframes')) {
    if (isUnknown) return 'DR064';
    return last === 0 ? 'DR004' : last === 2 ? 'DR069' : 'DR062';
  }
  if (path.includes('ranges') && (last === 'start' || last === 'end')) return 'DR101';
  if (isUnknown) return place.at(-1) === 'keyframes' ? 'DR064' : 'DR162';
  const several = severalCode(violation);
  if (several !== undefined) return several;
  if (isSpeedCurve(violation)) return 'DR027';
  if (isTime(path)) return 'DR004';
  // The strength of an effect is one of its parameters.
  if (last === 'intensity' && (path.includes('effects') || path.includes('effect'))) return 'DR084';
  if (path.includes('style')) return textBox.has(last) ? 'DR107' : 'DR106';
  return path.map((key) => codesByKey[key]).find((code) => code !== undefined) ?? 'DR162';
}
