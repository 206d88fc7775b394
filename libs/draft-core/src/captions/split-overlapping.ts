import type { Problem } from '@cozecut/problems';
import { reportTo } from '../timeline/report.ts';
import type { Timeline, TimeUnit, Track } from '../timeline/schema.ts';
import { parseTime } from '../timeline/time.ts';
import { MOVED_HINT, movedText, spanOf } from './caption-tracks.ts';
import { lanesOf, type Span } from './lanes.ts';

type TextTrack = Extract<Track, { type: 'text' }>;

/**
 * Repairs `DR111`: captions that overlap on the frame grid move to further tracks, which follow theirs and look the same.
 * Tracks in which a time cannot be read stay as they are.
 *
 * @param timeline - Of the right shape, as `parseTimeline` checks it; not changed.
 */
export function splitOverlappingCaptions(timeline: Timeline): { timeline: Timeline; problems: Problem[] } {
  const problems: Problem[] = [];
  const report = reportTo(problems);
  const tracks = captionLanes(timeline).flatMap((parts, index): Track[] => {
    if (parts.length < 2) return parts;
    const moved = parts.slice(1).reduce((sum, { clips }) => sum + clips.length, 0);
    report('DR164', 'warning', `/tracks/${index}`, movedText(moved, parts.length - 1), { hint: MOVED_HINT });
    return parts;
  });
  return { timeline: { ...timeline, tracks }, problems };
}

/** For each track itself; where it has captions that overlap, what stays on it, and further tracks for the others. */
export function captionLanes(timeline: Timeline): Track[][] {
  const names = new Set(timeline.tracks.map(({ name }) => name));
  return timeline.tracks.map((track) => {
    const parts = track.type === 'text' && track.captions === true ? split(track, timeline) : [];
    if (parts.length < 2) return [track];
    return parts.map((part, lane) => (lane === 0 ? part : further(part, lane, names)));
  });
}

/** The track once for each lane. */
function split(track: TextTrack, { timeUnit, canvas }: Timeline): TextTrack[] {
  const placed: { clip: TextTrack['clips'][number]; span: Span }[] = [];
  for (const clip of track.clips) {
    const span = readSpan(clip, timeUnit, canvas.fps);
    if (span === undefined) return [track];
    placed.push({ clip, span });
  }
  placed.sort((a, b) => a.span.start - b.span.start);
  const parts: TextTrack[] = [];
  for (const [index, lane] of lanesOf(placed.map(({ span }) => span)).entries()) {
    parts[lane] ??= { ...track, clips: [] };
    parts[lane].clips.push(placed[index]!.clip);
  }
  return parts;
}

function readSpan(clip: TextTrack['clips'][number], unit: TimeUnit, fps: number): Span | undefined {
  const [start, duration] = [parseTime(clip.start, unit), parseTime(clip.duration, unit)];
  return 'us' in start && 'us' in duration ? spanOf(start.us, start.us + duration.us, fps) : undefined;
}

function further(track: TextTrack, lane: number, names: Set<string | undefined>): TextTrack {
  const { id: _, name = 'captions', layer, absoluteLayer, ...rest } = track;
  let number = lane + 1;
  while (names.has(`${name}-${number}`)) number++;
  names.add(`${name}-${number}`);
  return {
    ...rest,
    name: `${name}-${number}`,
    ...(layer === undefined ? {} : { layer: layer + lane }),
    ...(absoluteLayer === undefined ? {} : { absoluteLayer: absoluteLayer + lane }),
  };
}
