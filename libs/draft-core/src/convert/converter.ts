import type { Problem } from '@cozecut/problems';
import type { MediaFacts } from '../media-facts.ts';
import type { Timeline, TimeUnit } from '../timeline/schema.ts';

/** Formats that can be read. */
export type InputFormat = 'coze2jianying' | 'draft-timeline';

/** What a conversion needs besides the input. */
export interface ConvertOptions {
  /** What is known of the media, by the names in `mediaSources`. */
  facts: ReadonlyMap<string, MediaFacts>;
  /** Unit of the times of the input; `auto` (default) works it out and stops when it cannot. */
  timeUnit?: TimeUnit | 'auto';
  /** Whether text at (0.5, 0.5..1) stands for a place counted from the top left. */
  legacyPosition?: boolean;
}

/** The timelines of an input. One with an error in it is left out. */
export interface Converted {
  timelines: Timeline[];
  /** Unit of the times of each draft in the input, in its order; `undefined` where it could not be decided. */
  units: (TimeUnit | undefined)[];
  /** All findings, those of reading included. */
  problems: Problem[];
}

/** Where an input names a file. */
export interface MediaPlace {
  /** JSON pointer. */
  pointer: string;
  /** The same for people: `drafts[0].tracks[1].segments[0]`. */
  place: string;
}

/** An input whose format is known. */
export interface ReadInput {
  format: InputFormat;
  /** Names of the drafts, in order; free text that need not be the name of a folder. */
  names: string[];
  /** Distinct files and addresses that the drafts play, in order. */
  mediaSources: string[];
  /** Where each of them is named first. */
  mediaPlaces: ReadonlyMap<string, MediaPlace>;
  /** Findings so far. */
  problems: Problem[];
  /** Second phase; see `toTimelines`. */
  convert(options: ConvertOptions): Converted;
}

/** Reads one format. */
export interface Converter {
  id: InputFormat;
  /** Name for people. */
  title: string;
  /** Whether a value (parsed JSON, or text that is none) is of this format. */
  detect(value: unknown): boolean;
  read(value: unknown): ReadInput;
}
