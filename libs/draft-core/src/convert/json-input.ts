import { formatPointer, showPath } from '@cozecut/problems';
import { mediaPaths } from '../media-sources.ts';
import { complete, originOf, type ReadTimeline } from './complete.ts';
import type { Converted, ConvertOptions, InputFormat, MediaPlace, ReadInput } from './converter.ts';
import { Findings } from './findings.ts';

/** Makes the timelines of an input; called once to find its media, and once more when they are known. */
export type BuildTimeline = (options: ConvertOptions, findings: Findings) => ReadTimeline;

/**
 * First phase for formats that need no media to be read: the input is converted for trial. What is wrong whatever the
 * media are is told at once; a unit may still be decided by them.
 */
export function jsonInput(format: InputFormat, builds: readonly BuildTimeline[]): ReadInput {
  const trials = builds.map((build) => {
    const findings = new Findings();
    const built = build({ facts: new Map() }, findings);
    return { built, converted: complete(built, undefined, findings) };
  });
  const mediaPlaces = new Map<string, MediaPlace>();
  for (const { timeline, origins } of trials.map(({ built }) => built)) {
    for (const [source, path] of mediaPaths(timeline)) {
      const origin = originOf(timeline, path.map(String), origins);
      if (!mediaPlaces.has(source)) {
        mediaPlaces.set(source, { pointer: formatPointer(origin), place: showPath(origin, 'input') });
      }
    }
  }
  const problems = trials.flatMap(({ converted }) => converted.problems);
  const isHopeless = problems.some(({ severity, code }) => severity === 'error' && !MAY_PASS.has(code));
  return {
    format,
    names: trials.map(({ built }) => built.timeline.name),
    mediaSources: [...mediaPlaces.keys()],
    mediaPlaces,
    problems: isHopeless ? problems : [],
    convert: (options) => convertAll(builds, options),
  };
}

/** Errors that facts of the media or an option may do away with. */
const MAY_PASS = new Set(['DR160', 'DR130', 'DR120']);

function convertAll(builds: readonly BuildTimeline[], options: ConvertOptions): Converted {
  const all = builds.map((build) => {
    const findings = new Findings();
    return complete(build(options, findings), options.facts, findings);
  });
  return {
    timelines: all.flatMap(({ timelines }) => timelines),
    units: all.flatMap(({ units }) => units),
    problems: all.flatMap(({ problems }) => problems),
  };
}
