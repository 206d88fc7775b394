import { ClipIds } from './clip-ids.ts';
import { ClipReader } from './clip-reader.ts';
import { LayerCounter } from './layers.ts';
import { clipPointer, type NormalClip, type NormalTimeline, type NormalTrack } from './model.ts';
import { type NormaliseInput, optionalTime } from './normalise-input.ts';
import { OffGrid } from './off-grid.ts';
import type { Track } from './schema.ts';
import { inheritedBy } from './text-input.ts';

/** Turns a timeline of the right shape into the model that rules and compiler work on. */
export function normalise(input: NormaliseInput): NormalTimeline {
  const { timeline } = input;
  const layers = new LayerCounter();
  const ids = new ClipIds(timeline);
  const offGrid = new OffGrid(input);
  const tracks = timeline.tracks.flatMap((track, index): NormalTrack[] => {
    if (input.unreadable.has(`/tracks/${index}`)) return [];
    if (track.layer !== undefined && track.absoluteLayer !== undefined) {
      const message = `tracks[${index}]: choose layer or absoluteLayer`;
      input.report('DR017', 'error', `/tracks/${index}/layer`, message);
    }
    checkDefaults(track, index, input);
    const clips: NormalClip[] = [];
    const clipTrack = { track, trackIndex: index, inherited: inheritedBy(track) };
    for (const [clipIndex, clip] of track.clips.entries()) {
      if (isUnreadable(input, index, clipIndex)) continue;
      clips.push(
        new ClipReader(input, offGrid, clipTrack, clipIndex).read(clip, ids.ofClip(clip, index, clipIndex)),
      );
    }
    return [
      {
        type: track.type,
        id: track.id ?? ids.free(`track-${index}`),
        name: track.name,
        muted: track.muted ?? false,
        captions: track.type === 'text' && track.captions === true,
        defaults: track.type === 'text' ? track.defaults : undefined,
        renderIndex: layers.take(track),
        clips: clips.sort((a, b) => a.startUs - b.startUs),
        index,
        incomplete: clips.length < track.clips.length || clips.some(({ broken }) => broken),
      },
    ];
  });
  offGrid.summarise();
  return {
    name: timeline.name,
    profile: timeline.profile,
    canvas: { ...timeline.canvas, ratio: timeline.canvas.ratio ?? 'original' },
    mainTrackMagnet: timeline.mainTrackMagnet ?? true,
    cover: timeline.cover,
    tracks,
    transitions: readTransitions(input),
    markers: readMarkers(input),
    incomplete: input.unreadable.size > 0 || tracks.some(({ incomplete }) => incomplete),
    durationUs: endOf(tracks),
  };
}

/** Times that the clips of a track take over are reported once, where they are written. */
function checkDefaults(track: Track, index: number, input: NormaliseInput): void {
  if (track.type !== 'text') return;
  for (const [slot, animation] of Object.entries(track.defaults?.animations ?? {})) {
    optionalTime(animation?.duration, () => `/tracks/${index}/defaults/animations/${slot}/duration`, input);
  }
}

function readTransitions(input: NormaliseInput): NormalTimeline['transitions'] {
  return (input.timeline.transitions ?? []).flatMap((transition, index) => {
    if (input.unreadable.has(`/transitions/${index}`)) return [];
    const durationUs = optionalTime(transition.duration, () => `/transitions/${index}/duration`, input);
    return [{ afterId: transition.after, durationUs, input: transition, index }];
  });
}

function readMarkers(input: NormaliseInput): NormalTimeline['markers'] {
  return (input.timeline.markers ?? []).flatMap((marker, index) => {
    if (input.unreadable.has(`/markers/${index}`)) return [];
    const { at, text } = marker;
    const atUs = optionalTime(at, () => `/markers/${index}/at`, input);
    return atUs === undefined ? [] : [{ atUs, text }];
  });
}

// Making a pointer for every clip costs more than the rest of the loop; mostly there is nothing to compare it with.
function isUnreadable({ unreadable }: NormaliseInput, trackIndex: number, index: number): boolean {
  return unreadable.size > 0 && unreadable.has(clipPointer({ trackIndex, index }));
}

function endOf(tracks: NormalTrack[]): number {
  let end = 0;
  for (const { clips } of tracks) {
    for (const clip of clips) if (!clip.broken) end = Math.max(end, clip.startUs + clip.durationUs);
  }
  return end;
}
