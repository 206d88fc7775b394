import {
  type AnimationSlot,
  type CurvePoint,
  type CurveProperty,
  clipPlace,
  clipPointer,
  type NormalAnimation,
  type NormalClip,
  type NormalCurve,
} from './model.ts';
import { type NormaliseInput, optionalTime, type Time } from './normalise-input.ts';
import type { OffGrid } from './off-grid.ts';
import type { Report } from './report.ts';
import { type ClipReport, type Grid, resolveMediaTimes, resolveSpan, resolveStill } from './resolve.ts';
import type { Clip, ClipOf, TextDefaults, Track } from './schema.ts';
import { snapPoints } from './snap-points.ts';
import { textInput } from './text-input.ts';
import { parseTime } from './time.ts';

/** The track of a clip. */
export interface ClipTrack {
  track: Track;
  trackIndex: number;
  /** What its text clips take over. */
  inherited: TextDefaults | undefined;
}

type AnimationSlots = NonNullable<ClipOf<'video'>['animations']> & NonNullable<ClipOf<'text'>['animations']>;

const ALL_CURVES: ReadonlySet<CurveProperty> = new Set<CurveProperty>([
  'positionX',
  'positionY',
  'rotation',
  'scale',
  'scaleX',
  'scaleY',
  'opacity',
  'saturation',
  'contrast',
  'brightness',
  'volume',
]);
/** Curves that the schema lets the clips of a track type have, so that their form has been checked. */
const CURVES: Readonly<Record<Track['type'], ReadonlySet<CurveProperty>>> = {
  video: ALL_CURVES,
  text: ALL_CURVES,
  sticker: ALL_CURVES,
  audio: new Set<CurveProperty>(['volume']),
  effect: new Set(),
  filter: new Set(),
};

const SLOTS: readonly AnimationSlot[] = ['in', 'out', 'group', 'loop'];

/** Reads one clip: its times, its curves, its animations. */
export class ClipReader implements ClipReport {
  readonly report: Report;
  readonly #input: NormaliseInput;
  readonly #offGrid: OffGrid;
  readonly #track: ClipTrack;
  readonly #at: { trackIndex: number; index: number };
  #broken = false;

  constructor(input: NormaliseInput, offGrid: OffGrid, track: ClipTrack, index: number) {
    this.report = input.report;
    this.#input = input;
    this.#offGrid = offGrid;
    this.#track = track;
    this.#at = { trackIndex: track.trackIndex, index };
  }

  get place(): string {
    return clipPlace(this.#at);
  }

  // A property, not a method: whoever works out times takes it apart.
  readonly pointer = (...path: (string | number)[]): string => clipPointer(this.#at, ...path);

  read(clip: Clip, id: string): NormalClip {
    const start = this.#time(clip.start, 'start');
    const duration = this.#time(clip.duration, 'duration');
    if (start !== undefined) this.#offGrid.check(start, this);
    if (start !== undefined && duration !== undefined) this.#offGrid.check(start + duration, this);
    const { type } = this.#track.track;
    switch (type) {
      case 'video':
      case 'audio':
        return this.#media(type, clip as ClipOf<'video'>, id, start, duration);
      default:
        return this.#timed(clip, id, start, duration);
    }
  }

  #media(
    kind: 'video' | 'audio',
    input: ClipOf<'video'>,
    id: string,
    startUs: number | undefined,
    durationUs: number | undefined,
  ): NormalClip {
    const stated = {
      startUs: startUs ?? 0,
      durationUs,
      sourceStartUs: this.#time(input.source?.start, 'source', 'start'),
      sourceDurationUs: this.#time(input.source?.duration, 'source', 'duration'),
      speed: input.speed,
    };
    const facts = this.#input.facts?.get(input.media);
    const still =
      kind === 'video' && (facts?.kind === 'photo' || (facts?.kind === 'gif' && this.#input.gifLoops));
    const times = this.#broken
      ? undefined
      : still
        ? resolveStill(stated, facts!, this.#grid, this)
        : resolveMediaTimes(stated, facts, this.#grid, this);
    const placed = times ?? { ...brokenSpan(startUs), source: { startUs: 0, durationUs: 1 }, speed: 1 };
    const fade = input.fade && {
      inUs: this.#time(input.fade.in, 'fade', 'in') ?? 0,
      outUs: this.#time(input.fade.out, 'fade', 'out') ?? 0,
    };
    const curves = this.#curves(input.keyframes, startUs ?? 0, durationUs ?? placed.statedUs, placed);
    const animations = kind === 'video' ? { animations: this.#animations(input.animations) } : {};
    const broken = this.#broken || times === undefined;
    return { kind, id, ...this.#at, ...placed, broken, fade, curves, ...animations, input } as NormalClip;
  }

  #timed(input: Clip, id: string, start: number | undefined, duration: number | undefined): NormalClip {
    const span =
      start === undefined || duration === undefined
        ? undefined
        : resolveSpan(start, duration, this.#grid, this);
    const placed = span ?? brokenSpan(start);
    const keyframes = 'keyframes' in input ? input.keyframes : undefined;
    const curves = this.#curves(keyframes, start ?? 0, duration ?? placed.durationUs, placed);
    const broken = this.#broken || span === undefined;
    const { track, inherited } = this.#track;
    const timed = { id, ...this.#at, ...placed, statedUs: duration ?? placed.durationUs, curves };
    if (track.type === 'sticker') {
      const animations = this.#animations((input as ClipOf<'sticker'>).animations);
      return { kind: 'sticker', ...timed, broken: broken || this.#broken, animations, input } as NormalClip;
    }
    if (track.type !== 'text') return { kind: track.type, ...timed, broken, input } as NormalClip;
    const written = input as ClipOf<'text'>;
    const merged = textInput(written, inherited);
    const animations = this.#animations(merged.animations, written.animations ?? {});
    return {
      kind: 'text',
      ...timed,
      broken: broken || this.#broken,
      animations,
      input: merged,
      written,
    };
  }

  get #grid(): Grid {
    return { fps: this.#input.timeline.canvas.fps, quantise: this.#input.quantise };
  }

  #time(value: Time | undefined, ...path: string[]): number | undefined {
    const us = optionalTime(value, () => this.pointer(...path), this.#input);
    if (value !== undefined && us === undefined) this.#broken = true;
    return us;
  }

  /** @param written - What the clip itself says; the rest it takes over, which is reported with the track. */
  #animations(
    slots: AnimationSlots | undefined,
    written: AnimationSlots | undefined = slots,
  ): NormalAnimation[] {
    if (slots === undefined) return [];
    return SLOTS.flatMap((slot) => {
      const input = slots[slot];
      if (input === undefined) return [];
      const own = written?.[slot]?.duration;
      const durationUs =
        own === undefined
          ? this.#inheritedTime(input.duration)
          : this.#time(own, 'animations', slot, 'duration');
      return [{ slot, durationUs, input }];
    });
  }

  #inheritedTime(value: Time | undefined): number | undefined {
    if (value === undefined) return undefined;
    const parsed = parseTime(value, this.#input.timeline.timeUnit);
    if ('us' in parsed) return parsed.us;
    this.#broken = true;
    return undefined;
  }

  /** Keyframes in order of time. */
  #curves(
    keyframes: ClipOf<'video'>['keyframes'],
    statedStartUs: number,
    statedDurationUs: number,
    placed: { startUs: number; durationUs: number },
  ): NormalCurve[] {
    if (keyframes === undefined) return [];
    const { fps, quantise } = this.#grid;
    const curves: NormalCurve[] = [];
    for (const [property, list] of Object.entries(keyframes) as [
      CurveProperty,
      [Time, number, string?][] | undefined,
    ][]) {
      // What else stands there is a mistake that was told.
      if (list === undefined || !CURVES[this.#track.track.type].has(property)) continue;
      const points: CurvePoint[] = [];
      for (const [index, [time, value, easing = 'linear']] of list.entries()) {
        const atUs = this.#time(time, 'keyframes', property, String(index), '0');
        if (atUs !== undefined) points.push({ atUs, value, easing, index });
      }
      points.sort((a, b) => a.atUs - b.atUs);
      for (const point of points) {
        if (point.atUs < 0 || point.atUs > statedDurationUs) {
          const at = `${point.atUs} us`;
          const message = `${this.place}: ${property} keyframe at ${at} is outside of the clip of ${statedDurationUs} us`;
          this.report('DR060', 'error', this.pointer('keyframes', property, point.index), message);
        }
      }
      points.forEach((point, index) => {
        const previous = points[index - 1];
        if (previous === undefined || previous.atUs !== point.atUs) return;
        const message = `${this.place}: second ${property} keyframe at ${point.atUs} us`;
        this.report('DR061', 'error', this.pointer('keyframes', property, point.index), message);
      });
      if (quantise) snapPoints(points, { startUs: statedStartUs, durationUs: statedDurationUs }, placed, fps);
      curves.push({ property, points });
    }
    return curves;
  }
}

function brokenSpan(startUs: number | undefined): { startUs: number; durationUs: number; statedUs: number } {
  return { startUs: Math.max(0, startUs ?? 0), durationUs: 1, statedUs: 1 };
}
