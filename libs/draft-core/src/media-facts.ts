/** What the compiler must know about a media file; times in microseconds. */
export interface MediaFacts {
  kind: 'video' | 'photo' | 'gif' | 'audio' | 'font';
  /** Displayed width in pixels, after rotation; 0 for audio and fonts. */
  width: number;
  /** Displayed height in pixels, after rotation; 0 for audio and fonts. */
  height: number;
  /** Length of the stream that is used, floored to whole microseconds; 0 for a photo and a font. */
  durationUs: number;
  hasAudio: boolean;
}

/** A file that is ready to be copied into a draft. */
export interface SourceFile {
  /** Absolute path on this machine. */
  path: string;
  /** Name to show: the last part of the address the user gave. */
  name: string;
  /** Lower-case hex SHA-256 of the content. */
  sha256: string;
  /** Extension by content, without the dot. */
  extension: string;
  /** Size in bytes. */
  bytes: number;
}

/** A stream of a media file. */
export interface StreamFacts {
  type: 'video' | 'audio';
  /** How far the stored picture is turned clockwise to be shown, in degrees. */
  rotation?: number;
  /** Whether its frames are not all shown for the same time. */
  isVariableRate?: boolean;
}

/** A media file that is ready to be copied into a draft. */
export interface MediaFile extends SourceFile {
  facts: MediaFacts;
  /** What it holds, when somebody has looked. */
  streams?: readonly StreamFacts[];
}

/** Length in microseconds that the apps give to pictures that have none of their own. */
export const STILL_US = 10_800_000_000;
