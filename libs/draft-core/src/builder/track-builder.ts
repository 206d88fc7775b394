import { UserError } from '@cozecut/problems';
import type { Clip, ClipOf, TimeUnit, Track, TrackType } from '../timeline/schema.ts';
import { parseTime, US_PER_UNIT } from '../timeline/time.ts';

/** A track of one kind. */
export type TrackOf<Kind extends TrackType> = Extract<Track, { type: Kind }>;

/** A clip that was put on a track. */
export interface ClipHandle {
  /** Id that the clip has in the timeline. */
  readonly id: string;
}

/** Puts clips on one track of a timeline. Clips are those of the schema; times are as the timeline counts them. */
export class TrackBuilder<Kind extends TrackType> {
  readonly #track: TrackOf<Kind>;
  readonly #timeUnit: TimeUnit;
  readonly #takeId: (wanted: string | undefined) => string;

  /** @internal */
  constructor(track: TrackOf<Kind>, timeUnit: TimeUnit, takeId: (wanted: string | undefined) => string) {
    this.#track = track;
    this.#timeUnit = timeUnit;
    this.#takeId = takeId;
  }

  /** Adds a clip where it says. */
  clip(clip: ClipOf<Kind>): ClipHandle {
    const id = this.#takeId(clip.id);
    (this.#track.clips as Clip[]).push({ ...clip, id });
    return { id };
  }

  /**
   * Adds a clip that starts where the last one that was added ends; on an empty track at 0.
   *
   * @throws UserError DR130 when the last clip has no length of its own, DR004 or DR005 when its times are none.
   */
  append(clip: Omit<ClipOf<Kind>, 'start'>): ClipHandle {
    const last = (this.#track.clips as Clip[]).at(-1);
    const startUs = last === undefined ? 0 : this.#endUs(last);
    return this.clip({ ...clip, start: startUs / US_PER_UNIT[this.#timeUnit] } as unknown as ClipOf<Kind>);
  }

  /** Adds a clip and gives back the track, to go on with the next one. */
  cue(clip: ClipOf<Kind>): this {
    this.clip(clip);
    return this;
  }

  #endUs(clip: Clip): number {
    if (clip.duration !== undefined) return this.#us(clip.start) + this.#us(clip.duration);
    const { source, speed = 1 } = clip as ClipOf<'video'>;
    if (source?.duration === undefined) {
      throw new UserError('DR130', `the clip "${clip.id}" has no length, so nothing can be added after it`, {
        hint: 'give it a `duration`',
      });
    }
    return this.#us(clip.start) + Math.round(this.#us(source.duration) / speed);
  }

  #us(time: string | number): number {
    const parsed = parseTime(time, this.#timeUnit);
    if ('us' in parsed) return parsed.us;
    throw new UserError(parsed.code, parsed.message, { hint: parsed.hint });
  }
}
