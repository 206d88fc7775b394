import type { Clip, ClipOf, Timeline, TimelineTransition, Track, TrackType } from '@cozecut/draft-core';
import { type Problem, UserError } from '@cozecut/problems';

/** A clip before it has an id, and the transition that it wants to the next one. */
export interface NewClip<Kind extends TrackType = TrackType> {
  clip: Omit<ClipOf<Kind>, 'id' | 'start' | 'duration'> & { start: number; duration: number };
  transition?: Omit<TimelineTransition, 'after'>;
}

/** Where new clips go. */
export interface TrackChoice<Kind extends TrackType> {
  type: Kind;
  /** Id or name of a track that is there; without it a new one is made. */
  track_id?: string;
  /** Name of a new track. */
  track_name?: string;
}

/** A timeline with new clips. */
export interface PlacedClips {
  timeline: Timeline;
  trackId: string;
  segmentInfos: { id: string; start: number; end: number }[];
  /** Transitions that lead nowhere, which are left out. */
  problems: Problem[];
}

/**
 * Puts clips on a track, by default on a new one above the earlier ones of its kind. Nothing is checked but the track.
 *
 * @throws UserError TRACK_NOT_FOUND, INPUT_INVALID when the track takes no such clips.
 */
export function placeClips<Kind extends TrackType>(
  timeline: Timeline,
  choice: TrackChoice<Kind>,
  items: readonly NewClip<Kind>[],
  uuid: () => string,
): PlacedClips {
  const clips = items.map(({ clip }) => ({ ...clip, id: uuid() })) as unknown as (Clip & { id: string })[];
  const target = choice.track_id === undefined ? undefined : trackFor(timeline, choice.track_id, choice.type);
  const track = target ?? emptyTrack(timeline, choice, uuid());
  const filled = { ...track, clips: [...track.clips, ...clips] } as Track;
  const starts = new Set((filled.clips as Clip[]).map(({ start }) => Number(start)));
  const transitions: TimelineTransition[] = [];
  const problems: Problem[] = [];
  for (const [index, { clip, transition }] of items.entries()) {
    if (transition === undefined) continue;
    if (starts.has(clip.start + clip.duration)) transitions.push({ ...transition, after: clips[index]!.id });
    else if (index < items.length - 1) problems.push(leadsNowhere(index));
  }
  const tracks =
    target === undefined
      ? [...timeline.tracks, filled]
      : timeline.tracks.map((one) => (one === target ? filled : one));
  const all = [...(timeline.transitions ?? []), ...transitions];
  return {
    timeline: { ...timeline, tracks, ...(all.length === 0 ? {} : { transitions: all }) },
    trackId: track.id!,
    segmentInfos: items.map(({ clip }, index) => ({
      id: clips[index]!.id,
      start: clip.start,
      end: clip.start + clip.duration,
    })),
    problems,
  };
}

/** A new track over those of its type. */
export function emptyTrack(
  { tracks }: Timeline,
  { type, track_name }: Pick<TrackChoice<TrackType>, 'type' | 'track_name'>,
  id: string,
): Track {
  const ofType = tracks.filter((track) => track.type === type);
  const names = new Set(tracks.map(({ name }) => name));
  let count = ofType.length + 1;
  while (names.has(`${type}_${count}`)) count += 1;
  const layers = ofType.map(({ layer }, index) => layer ?? index);
  return {
    id,
    type,
    name: track_name ?? `${type}_${count}`,
    layer: Math.max(-1, ...layers) + 1,
    clips: [],
  } as Track;
}

/**
 * The track with an id or a name.
 *
 * @throws UserError TRACK_NOT_FOUND
 */
export function findTrackById({ tracks }: Timeline, idOrName: string): Track {
  const found = tracks.find(({ id }) => id === idOrName) ?? tracks.find(({ name }) => name === idOrName);
  if (found !== undefined) return found;
  throw new UserError('TRACK_NOT_FOUND', `there is no track ${JSON.stringify(idOrName)}`, {
    hint:
      tracks.length === 0
        ? 'the draft has no tracks yet'
        : `there are ${tracks.map(({ name, id }) => name ?? id).join(', ')}`,
  });
}

function trackFor(timeline: Timeline, idOrName: string, type: TrackType): Track {
  const track = findTrackById(timeline, idOrName);
  if (track.type === type) return track;
  throw new UserError('INPUT_INVALID', `${idOrName} is a track of ${track.type} clips, not of ${type} clips`);
}

/** The last one often has a transition because all have the same. */
function leadsNowhere(index: number): Problem {
  return {
    code: 'DR074',
    severity: 'warning',
    message: `the transition of clip ${index} is left out: no clip follows directly`,
    hint: 'close the gap and add it with add_transitions',
  };
}
