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

/** A media file on this machine. Structurally equal to `MediaFile` of `@cozecut/draft-core`. */
export interface MediaFile {
  /** Absolute path, symbolic links resolved. */
  path: string;
  /** Name to show: the last part of the address the user gave, cleaned. Not unique, never a path. */
  name: string;
  /** Lower-case hex SHA-256 of the content. */
  sha256: string;
  /** Extension by content, without the dot. */
  extension: string;
  /** Size in bytes. */
  bytes: number;
  facts: MediaFacts;
}
