import { formatPointer, type Problem } from '@cozecut/problems';
import { nearestFrame } from '../timeline/frames.ts';
import { reportTo } from '../timeline/report.ts';
import type { ClipOf, TextDefaults, Track } from '../timeline/schema.ts';
import { lanesOf, type Span } from './lanes.ts';

/** One caption: what is shown from when to when. Times are microseconds, the rest is as in a timeline. */
export interface CaptionCue
  extends Pick<ClipOf<'text'>, 'text' | 'ranges' | 'style' | 'transform' | 'animations'> {
  startUs: number;
  endUs: number;
}

/** Options of {@link captionTracks}; look and place are those of all captions. */
export interface CaptionTracksOptions extends TextDefaults {
  /** Name of the first track; default `captions`. Others get a number behind it. */
  name?: string;
  /** Frame rate of the timeline: captions that touch on its grid do not overlap. */
  fps?: number;
  /** Whether a cue that cannot be used is left out with a warning; default false, an error. */
  lenient?: boolean;
}

/** Caption tracks of a timeline whose `timeUnit` is `us`, and what was found about the cues. */
export interface CaptionTracks {
  tracks: Extract<Track, { type: 'text' }>[];
  /** Pointers lead into the list of cues. */
  problems: Problem[];
}

/**
 * Lays cues on caption tracks, for importers. Cues that overlap go to further tracks, as many as are needed (`DR164`);
 * a cue without a text or a length is left out (`DR162`).
 */
export function captionTracks(
  cues: readonly CaptionCue[],
  { name = 'captions', fps, lenient = false, style, transform, animations }: CaptionTracksOptions = {},
): CaptionTracks {
  const problems: Problem[] = [];
  const report = reportTo(problems);
  const good = cues.filter((cue, index) => {
    const why = whyNot(cue);
    if (why === undefined) return true;
    report('DR162', lenient ? 'warning' : 'error', formatPointer([index]), `cue ${index + 1}: ${why}`);
    return false;
  });
  good.sort((a, b) => a.startUs - b.startUs);
  const lanes = lanesOf(good.map(({ startUs, endUs }) => spanOf(startUs, endUs, fps)));
  const defaults: TextDefaults = {
    ...(style === undefined ? {} : { style }),
    ...(transform === undefined ? {} : { transform }),
    ...(animations === undefined ? {} : { animations }),
  };
  const tracks: CaptionTracks['tracks'] = [];
  for (const [index, { startUs, endUs, ...cue }] of good.entries()) {
    const lane = lanes[index]!;
    tracks[lane] ??= {
      type: 'text',
      name: lane === 0 ? name : `${name}-${lane + 1}`,
      captions: true,
      ...(Object.keys(defaults).length === 0 ? {} : { defaults }),
      clips: [],
    };
    tracks[lane].clips.push({ ...cue, start: startUs, duration: endUs - startUs });
  }
  const moved = lanes.filter((lane) => lane > 0).length;
  if (moved > 0) {
    const first = formatPointer([cues.indexOf(good[lanes.findIndex((lane) => lane > 0)]!)]);
    report('DR164', 'warning', first, movedText(moved, tracks.length - 1), { hint: MOVED_HINT });
  }
  return { tracks, problems };
}

function whyNot({ startUs, endUs, text }: CaptionCue): string | undefined {
  if (!Number.isSafeInteger(startUs) || !Number.isSafeInteger(endUs))
    return 'its times are not whole microseconds';
  if (startUs < 0) return `starts before 0 (${startUs} us)`;
  if (endUs <= startUs) return `ends at ${endUs} us, not after its start at ${startUs} us`;
  return text.trim() === '' ? 'has no text' : undefined;
}

/** What a cue covers, in frames when a rate is known, else in microseconds. A cue is at least one frame long. */
export function spanOf(startUs: number, endUs: number, fps: number | undefined): Span {
  if (fps === undefined) return { start: startUs, end: endUs };
  const start = nearestFrame(startUs, fps);
  return { start, end: Math.max(nearestFrame(endUs, fps), start + 1) };
}

/** What to do about captions on several tracks. */
export const MOVED_HINT = 'give the further tracks another place, by `transform.y`';

/** How many captions were moved, in words. */
export function movedText(captions: number, tracks: number): string {
  const subject = captions === 1 ? '1 overlapping caption was' : `${captions} overlapping captions were`;
  return `${subject} moved to ${tracks === 1 ? 'a further track' : `${tracks} further tracks`}`;
}
