import type { Catalog } from '@cozecut/catalog';
import {
  type ConvertOptions,
  findProfile,
  listInputFormats,
  mediaSources,
  type NormalTimeline,
  parseTimeline,
  planOfTimeline,
  type ReadInput,
  readInput,
  type SvgOptions,
  svgTimeline,
  type Timeline,
  type TimeUnit,
  toTimelines,
} from '@cozecut/draft-core';
import { isUserError, type Problem, type UserError } from '@cozecut/problems';
import { findPlaces, type PlacedProblem } from './find-places.ts';
import { findProblems } from './find-problems.ts';

/** A text that drafts are to be made of, and how to read it. */
export interface CheckRequest extends SvgOptions {
  content: string;
  from: string | undefined;
  fileName: string | undefined;
  timeUnit: TimeUnit | 'auto';
  /** Profile the drafts are made for; default: what each of them names. */
  profile: string | undefined;
}

/** One draft of a text. Times are in microseconds. */
export interface CheckedDraft {
  name: string;
  tracks: number;
  clips: number;
  /** Files it plays. */
  media: number;
  /** Missing while the unit of its times is not known. */
  durationUs: number | undefined;
  /** The picture of its timeline; missing as long as there is an error. */
  svg: string | undefined;
}

/** What can be said of a text without fetching anything. */
export interface CheckedInput {
  /** Missing when the text is of no format. */
  format: { id: string; title: string } | undefined;
  drafts: CheckedDraft[];
  /** What the first draft would last, by unit; only while the unit has to be chosen. */
  unitChoices: { unit: TimeUnit; durationUs: number }[];
  problems: PlacedProblem[];
}

/** The unit of the times cannot be decided by what is known. */
const UNIT_UNKNOWN = 'DR160';
const UNITS: readonly TimeUnit[] = ['s', 'ms', 'us'];
/** More drafts of one text are counted, and not drawn. */
const MAX_DRAWN = 20;

/**
 * Reads, converts and judges a text. Nothing is fetched: of the media only their names are known.
 *
 * @param catalog - The resources of the apps; without it nothing is said about those that the text names.
 */
export function checkInput(request: CheckRequest, catalog: Catalog | undefined): CheckedInput {
  try {
    const read = readInput(request.content, { from: request.from, fileName: request.fileName });
    return checkRead(read, request, catalog);
  } catch (error) {
    if (!isUserError(error)) throw error;
    const problems = findPlaces(request.content, problemsOf(error));
    return { format: undefined, drafts: [], unitChoices: [], problems };
  }
}

/** The findings of an error; where it has none, it is one itself. */
function problemsOf({ code, message, hint, problems }: UserError): Problem[] {
  const told: Problem[] = problems.length > 0 ? problems : [{ code, severity: 'error', message }];
  return hint === undefined ? told : told.map((problem) => ({ hint, ...problem }));
}

function checkRead(read: ReadInput, request: CheckRequest, catalog: Catalog | undefined): CheckedInput {
  const profile = request.profile === undefined ? undefined : findProfile(request.profile);
  const options: ConvertOptions = {
    facts: new Map(),
    timeUnit: request.timeUnit,
    ...(profile === undefined ? {} : { app: profile.app }),
  };
  const converted = toTimelines(read, options);
  const needsUnit = request.timeUnit === 'auto' && isUnitMissing(converted.problems);
  // What the text has is the same in any unit, only how long it lasts is not.
  const byUnit = needsUnit
    ? UNITS.map((unit) => ({ unit, timelines: toTimelines(read, { ...options, timeUnit: unit }).timelines }))
    : [];
  const chosen = needsUnit
    ? (byUnit.find(({ timelines }) => timelines.length > 0)?.timelines ?? [])
    : converted.timelines;
  const parsed = chosen.map((timeline) => findProblems(timeline, { profile, catalog }));
  const isTimeline = read.format === 'draft-timeline';
  const found = parsed.flatMap(({ problems }) =>
    // The places are those of the timeline, which nobody sees when it was made from something else.
    isTimeline ? problems : problems.map(({ pointer: _, ...problem }) => problem),
  );
  const problems = [...converted.problems.map((problem) => softened(problem, needsUnit, read)), ...found];
  return {
    format: listInputFormats().find(({ id }) => id === read.format),
    drafts: parsed.map(({ timeline }, index) => {
      const source = chosen[index]!;
      return {
        ...countsOf(source),
        durationUs: needsUnit ? undefined : timeline?.durationUs,
        svg: needsUnit || index >= MAX_DRAWN ? undefined : drawn(timeline, request),
      };
    }),
    unitChoices: byUnit.flatMap(({ unit, timelines: [first] }) => {
      const durationUs = first === undefined ? undefined : parseTimeline(first).timeline?.durationUs;
      return durationUs === undefined ? [] : [{ unit, durationUs }];
    }),
    problems: findPlaces(request.content, distinct(problems)),
  };
}

function isUnitMissing(problems: readonly Problem[]): boolean {
  return problems.some(({ code, severity }) => code === UNIT_UNKNOWN && severity === 'error');
}

/** The lengths of the media decide about the unit when the draft is made, so that need not stop anybody here. */
function softened(problem: Problem, needsUnit: boolean, { mediaSources }: ReadInput): Problem {
  const mayBeFound = needsUnit && problem.code === UNIT_UNKNOWN && mediaSources.length > 0;
  return mayBeFound ? { ...problem, severity: 'warning' } : problem;
}

function countsOf(timeline: Timeline): Pick<CheckedDraft, 'name' | 'tracks' | 'clips' | 'media'> {
  const { name = '', tracks } = timeline;
  return {
    name,
    tracks: tracks.length,
    clips: tracks.reduce((sum, track) => sum + track.clips.length, 0),
    media: mediaSources(timeline).length,
  };
}

function drawn(timeline: NormalTimeline | undefined, options: SvgOptions): string | undefined {
  return timeline === undefined ? undefined : svgTimeline(planOfTimeline(timeline), options);
}

/** A finding of every draft of a text is told once. */
function distinct(problems: readonly Problem[]): Problem[] {
  const seen = new Map(problems.map((one) => [`${one.code} ${one.pointer} ${one.message}`, one]));
  return [...seen.values()];
}
