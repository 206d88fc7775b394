import type { ResourceReference } from '@cozecut/catalog';
import { formatPointer, type PathSegment } from '@cozecut/problems';
import type { ClipOf, RangeStyle, TextDefaults, TimelineTransition, TrackType } from './schema.ts';

/**
 * A timeline that was checked: every time is in whole microseconds, every clip has an id and a length, clips are in
 * order. What needs no arithmetic (style, transform, names) is read from `input`, the clip as it was written.
 */
export interface NormalTimeline {
  name: string;
  /** Profile the timeline asks for. */
  profile: string | undefined;
  canvas: { width: number; height: number; fps: number; ratio: string };
  mainTrackMagnet: boolean;
  /** Picture for the list of drafts. */
  cover: string | undefined;
  /** In the order of the document. */
  tracks: NormalTrack[];
  transitions: NormalTransition[];
  /** Notes, in the order of the document. */
  markers: { atUs: number; text: string }[];
  /** Whether parts are missing because they could not be read. */
  incomplete: boolean;
  /** End of the last clip, in microseconds. */
  durationUs: number;
}

/** A track with its place in the drawing order. */
export interface NormalTrack {
  type: TrackType;
  id: string;
  name: string | undefined;
  muted: boolean;
  /** Whether the clips are captions. */
  captions: boolean;
  /** What the clips of a text track take over, as it stands in the document. */
  defaults: TextDefaults | undefined;
  /** Layer as the app stores it (`render_index`); higher is nearer to the viewer. */
  renderIndex: number;
  /** Sorted by start. */
  clips: NormalClip[];
  /** Index in the document. */
  index: number;
  /** Whether clips are missing because they could not be read. */
  incomplete: boolean;
}

interface ClipTimes {
  id: string;
  startUs: number;
  durationUs: number;
  /** Length before the ends were moved to the frame grid. */
  statedUs: number;
  trackIndex: number;
  /** Index in the document. */
  index: number;
  /** Whether its times could not be worked out; other rules still look at it, nothing is compiled. */
  broken: boolean;
}

/** How much shorter the frame grid made a clip, in microseconds: what fitted into it before still does. */
export function lostToGridUs({ statedUs, durationUs }: Pick<ClipTimes, 'statedUs' | 'durationUs'>): number {
  return Math.max(0, statedUs - durationUs);
}

/** A span of the media file, in microseconds. */
export interface SourceRange {
  startUs: number;
  durationUs: number;
}

interface MediaTimes extends ClipTimes {
  source: SourceRange;
  speed: number;
  fade: { inUs: number; outUs: number } | undefined;
  curves: NormalCurve[];
}

/** Slot of an animation: at the start, at the end, over the whole clip, or between start and end. */
export type AnimationSlot = 'in' | 'out' | 'group' | 'loop';

/** An animation of a clip. */
export interface NormalAnimation {
  slot: AnimationSlot;
  /** Length that is asked for, in microseconds. */
  durationUs: number | undefined;
  /** The resource, by name or id. */
  input: ResourceReference;
}

/** A video or picture clip. */
export interface NormalVideoClip extends MediaTimes {
  kind: 'video';
  input: ClipOf<'video'>;
  animations: NormalAnimation[];
}

/** A sound clip. */
export interface NormalAudioClip extends MediaTimes {
  kind: 'audio';
  input: ClipOf<'audio'>;
}

/** A text clip. */
export interface NormalTextClip extends ClipTimes {
  kind: 'text';
  /** With what it takes over from its track, and with every range at its place. */
  input: Omit<ClipOf<'text'>, 'ranges'> & { ranges?: NormalTextRange[] };
  /** As it stands in the document. */
  written: ClipOf<'text'>;
  curves: NormalCurve[];
  animations: NormalAnimation[];
}

/** A part of a text with a style of its own, in UTF-16 units. */
export interface NormalTextRange {
  start: number;
  end: number;
  style: RangeStyle;
  /** Index in the document. */
  index: number;
}

/** A sticker clip. */
export interface NormalStickerClip extends ClipTimes {
  kind: 'sticker';
  input: ClipOf<'sticker'>;
  curves: NormalCurve[];
  animations: NormalAnimation[];
}

/** A clip that may have animations. */
export type AnimatedClip = NormalVideoClip | NormalTextClip | NormalStickerClip;

/** A clip of an effect track. */
export interface NormalEffectClip extends ClipTimes {
  kind: 'effect';
  input: ClipOf<'effect'>;
}

/** A clip of a filter track. */
export interface NormalFilterClip extends ClipTimes {
  kind: 'filter';
  input: ClipOf<'filter'>;
}

/** A clip that plays a file. */
export type NormalMediaClip = NormalVideoClip | NormalAudioClip;

/** Any clip. */
export type NormalClip =
  | NormalMediaClip
  | NormalTextClip
  | NormalStickerClip
  | NormalEffectClip
  | NormalFilterClip;

/** Property of a clip that can change over time. */
export type CurveProperty = keyof NonNullable<ClipOf<'video'>['keyframes']>;

/** Keyframes of one property, sorted by time. */
export interface NormalCurve {
  property: CurveProperty;
  points: CurvePoint[];
}

/** One keyframe. */
export interface CurvePoint {
  /** Microseconds from the start of the clip. */
  atUs: number;
  value: number;
  /** Shapes the way to the next point; one of `EASINGS` unless a rule has complained. */
  easing: string;
  /** Index in the document. */
  index: number;
}

/** A transition between a clip and the next one of its track. */
export interface NormalTransition {
  afterId: string;
  durationUs: number | undefined;
  input: TimelineTransition;
  index: number;
}

/** JSON pointer to a clip of the document, or to something in it. */
export function clipPointer(clip: { trackIndex: number; index: number }, ...path: PathSegment[]): string {
  return formatPointer(['tracks', clip.trackIndex, 'clips', clip.index, ...path]);
}

/** How a message names a clip: its place in the document. */
export function clipPlace(clip: { trackIndex: number; index: number }): string {
  return `tracks[${clip.trackIndex}].clips[${clip.index}]`;
}

/** Ways to get from one keyframe to the next. */
export const EASINGS: readonly string[] = ['linear', 'ease-in', 'ease-out', 'ease-in-out', 'hold'];
