import { inMicroseconds } from '../../convert/in-microseconds.ts';
import { ClipIds } from '../../timeline/clip-ids.ts';
import type { Clip, Timeline, Track } from '../../timeline/schema.ts';

/**
 * The timeline as edits work on it: every time a number of microseconds, and an id on every track and clip, which is
 * the one that they go by anyway.
 *
 * @param timeline - One in which nothing is an error.
 */
export function editableTimeline(timeline: Timeline): Timeline {
  const ids = new ClipIds(timeline);
  const written = inMicroseconds(timeline);
  const tracks = written.tracks.map((track, trackIndex) => {
    const clips = (track.clips as Clip[]).map((clip, index) =>
      clip.id === undefined ? { ...clip, id: ids.ofClip(clip, trackIndex, index) } : clip,
    );
    return { ...track, id: track.id ?? ids.free(`track-${trackIndex}`), clips } as Track;
  });
  return { ...written, tracks };
}
