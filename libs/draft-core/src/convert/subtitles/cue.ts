import type { CaptionCue } from '../../captions/caption-tracks.ts';
import type { ClipOf, RangeStyle, TextRange } from '../../timeline/schema.ts';

export type { RangeStyle };

/** Style of a whole cue. */
export type CueStyle = NonNullable<ClipOf<'text'>['style']>;
/** Part of a cue with a style of its own; UTF-16 units. */
export type CueRange = Extract<TextRange, { start: number }>;
/** Place, size and angle of a cue. */
export type CueTransform = NonNullable<ClipOf<'text'>['transform']>;

/** Timed text, whatever file it came from. */
export interface Cue extends Omit<CaptionCue, 'ranges' | 'animations'> {
  ranges?: CueRange[];
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
