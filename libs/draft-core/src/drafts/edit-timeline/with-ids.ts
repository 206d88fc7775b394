import { ClipIds } from '../../timeline/clip-ids.ts';
import type { Clip, Timeline, Track } from '../../timeline/schema.ts';

/** The timeline with an id on every track and clip: those that it goes by anyway, written down. */
export function withIds(timeline: Timeline): Timeline {
  const ids = new ClipIds(timeline);
  const tracks = timeline.tracks.map((track, trackIndex) => {
    const clips = (track.clips as Clip[]).map((clip, index) =>
      clip.id === undefined ? { ...clip, id: ids.ofClip(clip, trackIndex, index) } : clip,
    );
    return { ...track, id: track.id ?? ids.free(`track-${trackIndex}`), clips } as Track;
  });
  return { ...timeline, tracks };
}
