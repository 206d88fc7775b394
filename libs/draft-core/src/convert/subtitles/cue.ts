import type { ClipOf } from '../../timeline/schema.ts';

type TextClip = ClipOf<'text'>;

/** Style of a whole cue. */
export type CueStyle = NonNullable<TextClip['style']>;
/** Part of a cue with a style of its own; UTF-16 units. */
export type CueRange = NonNullable<TextClip['ranges']>[number];
/** Style of a part of a cue. */
export type RangeStyle = CueRange['style'];
/** Place, size and angle of a cue. */
export type CueTransform = NonNullable<TextClip['transform']>;

/** Timed text, whatever file it came from. */
export interface Cue {
  startUs: number;
  endUs: number;
  text: string;
  ranges?: CueRange[];
  /** What differs from the style of all cues. */
  style?: CueStyle;
  /** What differs from the place of all cues. */
  transform?: CueTransform;
  /** Id that the file gives it. */
  id?: string;
}

/** A word of a cue that lights up on its own. */
export interface TimedWord {
  startUs: number;
  endUs: number;
  /** Its place in the text, UTF-16 units. */
  start: number;
  end: number;
}

/** Style and place of captions that ask for nothing else: what the app itself gives to imported subtitles. */
export const captionDefaults: { style: CueStyle; transform: CueTransform } = {
  style: { size: 5, align: 'center', autoWrap: true },
  transform: { y: -0.8 },
};
