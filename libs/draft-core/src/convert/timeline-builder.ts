import type { Clip, ClipOf, Timeline, TimelineTransition, Track, TrackType } from '../timeline/schema.ts';
import type { Origins, ReadTimeline } from './complete.ts';
import type { Fields, Path } from './fields.ts';
import { chooseScale } from './one-scale.ts';
import { defined } from './values.ts';

type Marker = NonNullable<Timeline['markers']>[number];

/** Puts a timeline in microseconds together, and keeps where its parts came from. */
export class TimelineBuilder {
  readonly #origins: Origins = new Map();
  readonly #tracks: Track[] = [];
  readonly #transitions: TimelineTransition[] = [];
  readonly #markers: Marker[] = [];

  /** A new track over all others of its type. */
  addTrack(type: TrackType, more: Partial<Omit<Track, 'type' | 'clips'>>, path: Path): Track {
    const track = defined({ type, ...more, clips: [] }) as Track;
    this.#tracks.push(track);
    this.#origins.set(track, path);
    return track;
  }

  addClip(track: Track, clip: Clip, path: Path): void {
    (track.clips as Clip[]).push(clip);
    this.#origins.set(clip, path);
  }

  /** The clip that leaves gets an id, when it has none. */
  addTransition(track: Track, clip: Clip, transition: Omit<TimelineTransition, 'after'>, path: Path): void {
    clip.id ??= `clip-${this.#tracks.indexOf(track)}-${(track.clips as Clip[]).indexOf(clip)}`;
    const whole = { after: clip.id, ...transition };
    this.#transitions.push(whole);
    this.#origins.set(whole, path);
  }

  addMarker(marker: Marker): void {
    this.#markers.push(marker);
  }

  get tracks(): readonly Track[] {
    return this.#tracks;
  }

  /** Where a track or a clip came from. */
  originOf(part: Track | Clip): Path {
    return this.#origins.get(part) ?? [];
  }

  /** @param keepsEmpty - Whether tracks without clips stay. */
  finish(
    head: Pick<Timeline, 'name' | 'canvas'>,
    unit: ReadTimeline['unit'],
    keepsEmpty = false,
  ): ReadTimeline {
    for (const { clips } of this.#tracks) for (const clip of clips) chooseScale(clip as ClipOf<'video'>);
    const timeline = defined<Timeline>({
      schema: 'draft-timeline/1',
      name: head.name,
      timeUnit: 'us',
      canvas: head.canvas,
      tracks: this.#tracks.filter(({ clips }) => keepsEmpty || clips.length > 0),
      transitions: this.#transitions.length > 0 ? this.#transitions : undefined,
      markers: this.#markers.length > 0 ? this.#markers : undefined,
    });
    return { timeline, unit, origins: this.#origins };
  }
}

/** Whether a clip begins where another ends, give or take a rounding. */
export function touches(before: Clip, after: Clip): boolean {
  return Math.abs(endOf(before) - (after.start as number)) <= 1;
}

/** End of a clip whose times are numbers. */
export function endOf(clip: Clip): number {
  return (clip.start as number) + ((clip.duration ?? 0) as number);
}

/** The clips of a track in the order of time. */
export function inOrder(track: Track): Clip[] {
  return [...(track.clips as Clip[])].sort((a, b) => (a.start as number) - (b.start as number));
}

/** A transition that a clip asks for. */
export interface AskedTransition {
  track: Track;
  clip: Clip;
  transition: Omit<TimelineTransition, 'after'>;
  fields: Fields;
}

/**
 * Adds the transitions whose clip is followed directly. The others are dropped with a warning: programs write the same
 * transition at every clip, so that the last one has one that leads nowhere.
 */
export function linkTransitions(asked: readonly AskedTransition[], builder: TimelineBuilder): void {
  const orders = new Map<Track, Clip[]>();
  for (const { track, clip, transition, fields } of asked) {
    let clips = orders.get(track);
    if (clips === undefined) {
      clips = inOrder(track);
      orders.set(track, clips);
    }
    const next = clips[clips.indexOf(clip) + 1];
    if (next === undefined || !touches(clip, next)) {
      const why = next === undefined ? 'it is the last clip' : 'no clip follows directly';
      const place = `${fields.place}.transition`;
      fields.warn(
        'DR161',
        `${place}: ${JSON.stringify(transition.name ?? transition.id)} dropped, ${why}`,
        {},
        'transition',
      );
    } else builder.addTransition(track, clip, transition, fields.path);
  }
}
