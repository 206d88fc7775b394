import { findTrack } from '../timeline/find-track.ts';
import type { TextDefaults, Timeline, TimelineTransition, TimeUnit, TrackType } from '../timeline/schema.ts';
import { type ClipHandle, TrackBuilder, type TrackOf } from './track-builder.ts';

/** What a timeline says of itself. */
export interface TimelineOptions
  extends Omit<Timeline, '$schema' | 'schema' | 'timeUnit' | 'tracks' | 'transitions'> {
  /** Unit of every time that is a number; default seconds. */
  timeUnit?: TimeUnit;
}

/** What a track says of itself besides its type and its clips. */
export type TrackOptions<Kind extends TrackType> = Omit<TrackOf<Kind>, 'type' | 'clips' | 'name'>;

/** What a caption track says of itself. */
export interface CaptionOptions extends TextDefaults, Omit<TrackOptions<'text'>, 'captions' | 'defaults'> {
  name?: string;
}

/**
 * Starts a timeline: `buildTimeline({ name, canvas })`.
 *
 * @example
 * ```ts
 * import { buildTimeline } from '@cozecut/draft-core';
 *
 * const timeline = buildTimeline({ name: 'Morning', canvas: { width: 1080, height: 1920, fps: 30 } });
 * const walk = timeline.videoTrack('main').clip({ media: 'walk.mp4', start: 0, duration: 4 }); // seconds
 * timeline.transition(walk, { name: '叠化', duration: 0.5 });
 * timeline.captions().cue({ text: 'Out at six', start: 0.5, duration: 1.5 });
 * console.log(timeline.build().tracks.length); // => 2
 * ```
 */
export function buildTimeline(options: TimelineOptions): TimelineBuilder {
  return new TimelineBuilder(options);
}

/**
 * Writes a `draft-timeline/1` document step by step. It makes JSON and nothing else: what is wrong with it is for
 * `parseTimeline` to find, as in a document that a person wrote.
 */
export class TimelineBuilder {
  readonly #timeline: Timeline;
  readonly #ids = new Set<string>();
  #count = 0;

  /** @internal */
  constructor({ timeUnit = 's', ...options }: TimelineOptions) {
    this.#timeline = { schema: 'draft-timeline/1', ...options, timeUnit, tracks: [], transitions: [] };
  }

  /** Adds a track over the ones before it. */
  track<Kind extends TrackType>(type: Kind, name?: string, options?: TrackOptions<Kind>): TrackBuilder<Kind> {
    const named = name === undefined ? {} : { name };
    const track = { type, ...named, ...options, clips: [] } as unknown as TrackOf<Kind>;
    this.#timeline.tracks.push(track);
    return this.#builderOf(track);
  }

  /** Adds a track for videos and pictures. */
  videoTrack(name?: string, options?: TrackOptions<'video'>): TrackBuilder<'video'> {
    return this.track('video', name, options);
  }

  /** Adds a track for sounds. */
  audioTrack(name?: string, options?: TrackOptions<'audio'>): TrackBuilder<'audio'> {
    return this.track('audio', name, options);
  }

  /** Adds a track for texts. */
  textTrack(name?: string, options?: TrackOptions<'text'>): TrackBuilder<'text'> {
    return this.track('text', name, options);
  }

  /** Adds a caption track; look and place are those of all its captions. */
  captions({ name, style, transform, animations, ...options }: CaptionOptions = {}): TrackBuilder<'text'> {
    const given = Object.entries({ style, transform, animations }).filter(([, value]) => value !== undefined);
    const defaults = given.length === 0 ? {} : { defaults: Object.fromEntries(given) as TextDefaults };
    return this.track('text', name, { captions: true, ...defaults, ...options });
  }

  /**
   * A track that was added before: that of the name, or the only one of its type.
   *
   * @throws UserError DR012 when there is none, or several.
   */
  find<Kind extends TrackType>(type: Kind, name?: string): TrackBuilder<Kind> {
    return this.#builderOf(findTrack(this.#timeline, type, name));
  }

  /** Adds a transition from a clip to the one that follows it. */
  transition(after: ClipHandle, transition: Omit<TimelineTransition, 'after'>): this {
    this.#timeline.transitions!.push({ after: after.id, ...transition });
    return this;
  }

  /** The timeline as plain JSON; the builder can go on afterwards. */
  build(): Timeline {
    const { transitions, ...timeline } = JSON.parse(JSON.stringify(this.#timeline)) as Timeline;
    return transitions!.length === 0 ? timeline : { ...timeline, transitions: transitions! };
  }

  #builderOf<Kind extends TrackType>(track: TrackOf<Kind>): TrackBuilder<Kind> {
    return new TrackBuilder(track, this.#timeline.timeUnit, (wanted) => this.#takeId(wanted));
  }

  #takeId(wanted: string | undefined): string {
    let id = wanted ?? `clip-${++this.#count}`;
    while (wanted === undefined && this.#ids.has(id)) id = `clip-${++this.#count}`;
    this.#ids.add(id);
    return id;
  }
}
