import { formatPointer, type Problem } from '@cozecut/problems';
import { captionTracks } from '../../captions/caption-tracks.ts';
import type { Timeline, Track } from '../../timeline/schema.ts';
import type { Converted, ConvertOptions, InputFormat, ReadInput, ReadOptions } from '../converter.ts';
import type { Cue, CueStyle } from './cue.ts';
import type { LineFindings } from './line-findings.ts';

/** Cues that belong on one track, and what they have in common. */
export interface CueGroup {
  cues: Cue[];
  name: string;
  style?: CueStyle;
}

/** The result of a conversion: a timeline of the cues. */
export function subtitleTimeline(
  groups: readonly CueGroup[],
  name: string,
  options: ConvertOptions,
  findings: LineFindings,
): Converted {
  const { canvas = { width: 1920, height: 1080 }, fps = 30 } = options;
  const tracks: Track[] = [];
  const moved: Problem[] = [];
  for (const { cues, ...rest } of groups) {
    const result = captionTracks(cues, { ...rest, fps });
    tracks.push(...result.tracks);
    // Their pointers lead into a list that nobody sees.
    moved.push(...result.problems.map(({ pointer: _, ...problem }) => problem));
  }
  if (tracks.length === 0 && !findings.hasErrors) findings.error('DR162', 1, 'there are no cues in the file');
  const timeline: Timeline = {
    schema: 'draft-timeline/1',
    name,
    timeUnit: 'us',
    canvas: { ...canvas, fps },
    tracks: tracks.map(withUniqueIds(new Set())),
  };
  const problems = [...findings.finish(), ...moved];
  const failed = problems.some(({ severity }) => severity === 'error');
  return { timelines: failed ? [] : [timeline], units: [undefined], problems };
}

/** Ids of a file may repeat; clips without one get theirs later. */
function withUniqueIds(taken: Set<string>): (track: Track) => Track {
  return (track) => {
    for (const clip of track.clips) {
      if (clip.id === undefined) continue;
      if (taken.has(clip.id)) delete clip.id;
      else taken.add(clip.id);
    }
    return track;
  };
}

function withoutEmptyRanges({ ranges, ...cue }: Cue): Cue {
  return ranges === undefined || ranges.length === 0 ? cue : { ...cue, ranges };
}

/** Cues in the order of time; one without a length, or before another that comes earlier in the file, is told. */
export function orderedCues(cues: readonly (Cue & { line: number })[], findings: LineFindings): Cue[] {
  const kept: Cue[] = [];
  let lastStartUs = Number.NEGATIVE_INFINITY;
  for (const { line, ...cue } of cues) {
    if (cue.startUs < 0 && cue.endUs > 0 && findings.lenient) {
      findings.readAs(line, 'a start before 0 is read as 0');
      cue.startUs = 0;
    }
    if (cue.startUs < 0) findings.malformed(line, 'the cue starts before 0');
    else if (cue.endUs === cue.startUs)
      findings.malformed(line, 'the cue has no length: it ends when it starts');
    else if (cue.endUs < cue.startUs) findings.malformed(line, 'the cue ends before it starts');
    else if (cue.startUs < lastStartUs && !findings.lenient) {
      findings.malformed(
        line,
        'the cue starts before the one above it',
        'sort the file, or read it leniently',
      );
    } else {
      if (cue.startUs < lastStartUs)
        findings.warn('DR162', line, 'the cue starts before the one above it; sorted');
      lastStartUs = Math.max(lastStartUs, cue.startUs);
      if (cue.text === '') findings.readAs(line, 'a cue without text is left out');
      else kept.push(withoutEmptyRanges(cue));
    }
  }
  return kept;
}

/** First phase for a text file: nothing is fetched, so everything is read in the second. */
export function readSubtitles(
  format: InputFormat,
  name: string | undefined,
  { fileName }: Omit<ReadOptions, 'from'>,
  convert: (name: string, options: ConvertOptions) => Converted,
): ReadInput {
  const base = fileName?.replace(/^.*[\\/]/, '').replace(/\.[^.]+$/, '');
  const chosen = name || base || 'captions';
  return {
    format,
    names: [chosen],
    mediaSources: [],
    mediaPlaces: new Map(),
    problems: [],
    convert: (options) => convert(chosen, options),
  };
}

/** A text file that came as something else. */
export function refuseValue(title: string, value: unknown): Converted {
  const problem: Problem = {
    code: 'DR162',
    severity: 'error',
    pointer: formatPointer([]),
    message: `${title}: expected text (got ${Array.isArray(value) ? 'a list' : typeof value})`,
  };
  return { timelines: [], units: [undefined], problems: [problem] };
}
