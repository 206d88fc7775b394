import type { MediaFacts } from '../media-facts.ts';
import { isOnGrid, snapToFrame } from './frames.ts';
import { LayerCounter } from './layers.ts';
import {
  type CurvePoint,
  type CurveProperty,
  clipPlace,
  clipPointer,
  type NormalClip,
  type NormalCurve,
  type NormalTimeline,
  type NormalTrack,
} from './model.ts';
import type { Report } from './report.ts';
import { type ClipReport, type Grid, resolveMediaTimes, resolveSpan, resolveStill } from './resolve.ts';
import type { Clip, ClipOf, Timeline, Track } from './schema.ts';
import { snapPoints } from './snap-points.ts';
import { parseTime } from './time.ts';

/** What the normaliser needs besides the timeline. */
export interface NormaliseInput {
  timeline: Timeline;
  /** Pointers of tracks, clips and transitions to leave out. */
  unreadable: ReadonlySet<string>;
  facts: ReadonlyMap<string, MediaFacts> | undefined;
  quantise: boolean;
  /** Whether the app repeats an animated picture like a still one. */
  gifLoops: boolean;
  report: Report;
}

type Time = string | number;

/** Turns a timeline of the right shape into the model that rules and compiler work on. */
export function normalise(input: NormaliseInput): NormalTimeline {
  const { timeline } = input;
  const layers = new LayerCounter();
  const ids = new Ids(timeline);
  const offGrid = new OffGrid(input);
  const tracks = timeline.tracks.flatMap((track, index): NormalTrack[] => {
    if (input.unreadable.has(`/tracks/${index}`)) return [];
    const clips: NormalClip[] = [];
    for (const [clipIndex, clip] of track.clips.entries()) {
      if (isUnreadable(input, index, clipIndex)) continue;
      clips.push(
        new ClipReader(input, offGrid, track, index, clipIndex).read(
          clip,
          ids.ofClip(clip, index, clipIndex),
        ),
      );
    }
    return [
      {
        type: track.type,
        id: track.id ?? ids.free(`track-${index}`),
        name: track.name,
        muted: track.muted ?? false,
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
    tracks,
    transitions: readTransitions(input),
    incomplete: input.unreadable.size > 0 || tracks.some(({ incomplete }) => incomplete),
    durationUs: endOf(tracks),
  };
}

function readTransitions(input: NormaliseInput): NormalTimeline['transitions'] {
  return (input.timeline.transitions ?? []).flatMap((transition, index) => {
    if (input.unreadable.has(`/transitions/${index}`)) return [];
    const durationUs = optionalTime(transition.duration, `/transitions/${index}/duration`, input);
    return [{ afterId: transition.after, durationUs, input: transition, index }];
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

/** Hands out ids that nobody has written. */
class Ids {
  readonly #taken = new Set<string>();

  constructor({ tracks }: Timeline) {
    // Parts that cannot be read are still in here.
    for (const track of tracks as (Partial<Track> | null)[]) {
      if (track?.id !== undefined) this.#taken.add(track.id);
      if (!Array.isArray(track?.clips)) continue;
      for (const clip of track.clips) if (clip?.id !== undefined) this.#taken.add(clip.id);
    }
  }

  free(wanted: string): string {
    let id = wanted;
    for (let n = 2; this.#taken.has(id); n++) id = `${wanted}-${n}`;
    this.#taken.add(id);
    return id;
  }

  ofClip(clip: Clip, trackIndex: number, index: number): string {
    return clip.id ?? this.free(`clip-${trackIndex}-${index}`);
  }
}

/** Ends of clips that are not on the frame grid: each is a warning when it stays so, one note when all are moved. */
class OffGrid {
  readonly #input: NormaliseInput;
  #count = 0;
  #largestUs = 0;
  #first: string | undefined;

  constructor(input: NormaliseInput) {
    this.#input = input;
  }

  check(us: number, clip: ClipReport): void {
    const { fps } = this.#input.timeline.canvas;
    if (!(fps > 0) || isOnGrid(us, fps)) return;
    const offUs = Math.abs(us - snapToFrame(us, fps));
    if (!this.#input.quantise) {
      const message = `${clip.place}: ${us} us is ${offUs} us off the ${fps} fps grid`;
      this.#input.report('DR008', 'warning', clip.pointer(), message, { hint: 'the app will move it' });
      return;
    }
    this.#count++;
    this.#largestUs = Math.max(this.#largestUs, offUs);
    this.#first ??= clip.pointer();
  }

  summarise(): void {
    if (this.#first === undefined) return;
    const { fps } = this.#input.timeline.canvas;
    const ends = this.#count === 1 ? '1 clip end was' : `${this.#count} clip ends were`;
    const message = `${ends} moved to the ${fps} fps grid, by at most ${this.#largestUs} us`;
    this.#input.report('DR008', 'info', this.#first, message);
  }
}

function optionalTime(value: Time | undefined, pointer: string, input: NormaliseInput): number | undefined {
  if (value === undefined) return undefined;
  const parsed = parseTime(value, input.timeline.timeUnit);
  if ('us' in parsed) return parsed.us;
  input.report(parsed.code, 'error', pointer, parsed.message, { hint: parsed.hint });
  return undefined;
}

/** Reads one clip: its times, its curves. */
class ClipReader implements ClipReport {
  readonly report: Report;
  readonly #input: NormaliseInput;
  readonly #offGrid: OffGrid;
  readonly #track: Track;
  readonly #at: { trackIndex: number; index: number };
  #broken = false;

  constructor(input: NormaliseInput, offGrid: OffGrid, track: Track, trackIndex: number, index: number) {
    this.report = input.report;
    this.#input = input;
    this.#offGrid = offGrid;
    this.#track = track;
    this.#at = { trackIndex, index };
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
    switch (this.#track.type) {
      case 'video':
      case 'audio':
        return this.#media(this.#track.type, clip as ClipOf<'video'>, id, start, duration);
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
    const curves = this.#curves(input.keyframes, startUs ?? 0, durationUs ?? placed.durationUs, placed);
    const broken = this.#broken || times === undefined;
    return { kind, id, ...this.#at, ...placed, broken, fade, curves, input } as NormalClip;
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
    return { kind: this.#track.type, id, ...this.#at, ...placed, broken, curves, input } as NormalClip;
  }

  get #grid(): Grid {
    return { fps: this.#input.timeline.canvas.fps, quantise: this.#input.quantise };
  }

  #time(value: Time | undefined, ...path: string[]): number | undefined {
    const us = optionalTime(value, this.pointer(...path), this.#input);
    if (value !== undefined && us === undefined) this.#broken = true;
    return us;
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
      [Time, number, string?][],
    ][]) {
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

function brokenSpan(startUs: number | undefined): { startUs: number; durationUs: number } {
  return { startUs: Math.max(0, startUs ?? 0), durationUs: 1 };
}
