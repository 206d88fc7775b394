import type { ListedClip, ListedTrack } from '@cozecut/draft-core';
import type { GetTrackOutput } from './tools.gen.ts';

/** A track as tools show it. */
export function shownTrack({ id, type, name, clips }: ListedTrack): GetTrackOutput['track'] {
  const starts = clips.map(({ startUs = 0 }) => startUs);
  const ends = clips.map(({ startUs = 0, durationUs = 0 }) => startUs + durationUs);
  return {
    track_id: id,
    type,
    name: name ?? '',
    clips: clips.length,
    start: starts.reduce((first, start) => Math.min(first, start), starts[0] ?? 0),
    end: ends.reduce((last, end) => Math.max(last, end), 0),
  };
}

/** A clip as tools show it. */
export function shownSegment(clip: ListedClip, track: ListedTrack): GetTrackOutput['segments'][number] {
  const { id, name, startUs = 0, durationUs = 0, source, speed, volume } = clip;
  return {
    segment_id: id,
    track_id: track.id,
    type: track.type,
    name: name ?? '',
    start: startUs,
    end: startUs + durationUs,
    ...(source === undefined
      ? {}
      : { source_start: source.startUs, source_end: source.startUs + source.durationUs }),
    ...(speed === undefined ? {} : { speed }),
    ...(volume === undefined ? {} : { volume }),
  };
}
