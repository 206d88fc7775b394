/**
 * What a compiler must know about a media file; times in microseconds. Structurally equal to `MediaFacts` of
 * `@cozecut/draft-core`, which this package does not import.
 */
export interface MediaFacts {
  /** A still picture is a photo, also when its file is a GIF; an animated WebP or AVIF is a photo of its first frame. */
  kind: 'video' | 'photo' | 'gif' | 'audio' | 'font';
  /** Displayed width in pixels, after rotation; 0 for audio and fonts. */
  width: number;
  /** Displayed height in pixels, after rotation; 0 for audio and fonts. */
  height: number;
  /** Length of the stream that is used, floored to whole microseconds; 0 for a photo and a font. */
  durationUs: number;
  hasAudio: boolean;
}

/** A moving picture in a file. */
export interface VideoStream {
  type: 'video';
  /** `avc`, `hevc`, `vp9`, …; nothing when it is not known. */
  codec: string | undefined;
  /** Where its first packet stands in the time of the file, in microseconds; negative before 0. */
  startUs: number;
  /** From its first to the end of its last packet, in microseconds, without what is before 0. */
  durationUs: number;
  /** As it is shown, after rotation. */
  width: number;
  height: number;
  /** How far the stored picture is turned clockwise to be shown, in degrees. */
  rotation: 0 | 90 | 180 | 270;
  /** Frames in a second, by the first frames; 0 when there is only one. */
  fps: number;
  /** Whether the first frames are not all shown for the same time; what comes behind them is not looked at. */
  isVariableRate: boolean;
}

/** Sound in a file. */
export interface AudioStream {
  type: 'audio';
  /** `aac`, `mp3`, `opus`, `pcm-s16`, …; nothing when it is not known. */
  codec: string | undefined;
  /** See {@link VideoStream}. */
  startUs: number;
  durationUs: number;
  channels: number;
  /** Samples in a second. */
  sampleRate: number;
}

/** A stream of a file. Cover art is none. */
export type MediaStream = VideoStream | AudioStream;

/** What is in media, by its content alone. */
export interface MediaProbe {
  /** Extension by content, without the dot. */
  extension: string;
  facts: MediaFacts;
  /** What the file holds, in its order; none in a picture or a font. */
  streams: readonly MediaStream[];
  /** Size in bytes. */
  bytes: number;
}

/** A media file on this machine. Has all that `MediaFile` of `@cozecut/draft-core` has. */
export interface MediaFile extends MediaProbe {
  /** Absolute path, symbolic links resolved. What was downloaded is there until the library is closed. */
  path: string;
  /** Name to show: the last part of the address the user gave, cleaned. Not unique, never a path. */
  name: string;
  /** Lower-case hex SHA-256 of the content. */
  sha256: string;
}
