import type { MediaFacts } from '../../media-facts.ts';
import type { Clip } from '../../timeline/schema.ts';

/** Where a clip lies and what it plays of its file, in microseconds. */
export interface ClipTimes {
  startUs: number;
  /** Missing when only the file would tell. */
  durationUs: number | undefined;
  source: { start: number; duration: number } | undefined;
  speed: number;
}

/** Times of a clip as edits see them; a clip without a length plays its file to the end. */
export function clipTimes(clip: Clip, facts: MediaFacts | undefined): ClipTimes {
  const startUs = Number(clip.start);
  if (!('media' in clip)) return { startUs, durationUs: Number(clip.duration), source: undefined, speed: 1 };
  const [stated, sourceStart, sourceStated] = [clip.duration, clip.source?.start, clip.source?.duration].map(
    (value) => (value === undefined ? undefined : Number(value)),
  );
  const speed = clip.speed ?? (stated && sourceStated ? sourceStated / stated : 1);
  const start = sourceStart ?? 0;
  const wholeUs = facts !== undefined && facts.durationUs > start ? facts.durationUs - start : undefined;
  const playedUs = sourceStated ?? (stated === undefined ? wholeUs : undefined);
  const durationUs = stated ?? (playedUs === undefined ? undefined : Math.round(playedUs / speed));
  const duration = playedUs ?? (durationUs === undefined ? undefined : Math.round(durationUs * speed));
  return { startUs, durationUs, source: duration === undefined ? undefined : { start, duration }, speed };
}
