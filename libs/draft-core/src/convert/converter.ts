import type { Catalog, CatalogApp } from '@cozecut/catalog';
import type { Problem } from '@cozecut/problems';
import type { MediaFacts } from '../media-facts.ts';
import type { Timeline, TimeUnit } from '../timeline/schema.ts';

/** Formats that can be read. */
export type InputFormat =
  | 'draft-timeline'
  | 'coze2jianying'
  | 'capcut-mate'
  | 'vectcut'
  | 'capcut-cli'
  | 'jianying-plan'
  | 'otio'
  | 'srt'
  | 'vtt'
  | 'ass'
  | 'lrc';

/** How an input is to be read, where the format or the input itself leaves a choice. */
export interface ReadOptions {
  /** Format to read; default: the one that fits. */
  from?: string | undefined;
  /** Name or path of the file; its extension helps to find out the format, its base names a draft without a name. */
  fileName?: string | undefined;
  /** Rows for a templated compile spec: one timeline for each. JSON lines, or the parsed rows. */
  rows?: unknown;
}

/** What a conversion needs besides the input. */
export interface ConvertOptions {
  /** What is known of the media, by the names in `mediaSources`. */
  facts: ReadonlyMap<string, MediaFacts>;
  /** Text of the files that an input names besides its media, by the name it has there. */
  texts?: ReadonlyMap<string, string>;
  /** Unit of the times of the input; `auto` (default) works it out and stops when it cannot. */
  timeUnit?: TimeUnit | 'auto';
  /** Whether text at (0.5, 0.5..1) stands for a place counted from the top left. */
  legacyPosition?: boolean;
  /** Canvas for inputs that have none; default 1920x1080. */
  canvas?: { width: number; height: number };
  /** Frames per second: of times that count frames, and of the canvas for inputs that have none. */
  fps?: number;
  /** Whether malformed cues are skipped with a warning; default: they are errors. */
  lenient?: boolean;
  /** What two fields of a subtitle time without a fraction mean. */
  shortTimes?: 'mm:ss' | 'hh:mm';
  /** Size of the picture that positions of an ASS file are counted in; default: what the file says. */
  playRes?: { width: number; height: number };
  /** What becomes of word times: a range for each word of one clip (default), or a clip for each word. */
  karaoke?: 'ranges' | 'words';
  /** Whether the offset between a subtitle file and its stream is added to all times. */
  streamOffset?: 'apply' | 'ignore';
  /** Whether a `Timer` other than 100 stretches the times of an ASS file. */
  timer?: 'apply' | 'ignore';
  /** What a keyframe offset above 0 and up to 1 means in calls of capcut-mate. */
  keyframeOffset?: 'ratio' | 'us';
  /** Resources of the apps, to choose between names of which a tool takes any; without one it is the first. */
  catalog?: Catalog;
  /** App whose resources are meant; default: that of the default profile. */
  app?: CatalogApp;
  /** Length on the timeline of sound with a speed in calls of VectCut: of the source, or of what is heard. */
  audioLength?: 'source' | 'played';
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
  /** Distinct files of text that the input names besides its media, for `texts` of the options. */
  textSources?: string[];
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
  /** Extensions of files in this format, in lower case without the dot; only for formats that are plain text. */
  extensions?: readonly string[];
  /** Whether a value (parsed JSON, or text that is none) is of this format. */
  detect(value: unknown): boolean;
  read(value: unknown, options: Omit<ReadOptions, 'from'>): ReadInput;
}
