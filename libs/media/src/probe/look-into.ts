import type { MediaFacts, MediaProbe } from '../media-file.ts';
import type { ByteSource } from './byte-source.ts';
import { readGif } from './gif.ts';
import { readPictureSize } from './picture.ts';
import type { Sniffed } from './sniff.ts';
import { readStreams } from './stream.ts';

/** What the first bytes of a file say it is, where more has to be read to know what is in it. */
export type Parsed = Extract<Sniffed, { as: 'gif' | 'picture' | 'stream' }>;

/** What is in a file, or what is wrong with it: the end of a sentence that begins with its name. */
export type Look = { found: Omit<MediaProbe, 'bytes'> } | { refused: string };

/**
 * Parses content of strangers: it may take as long and as much as it likes, and runs in a thread of its own.
 *
 * @throws Error of a parser when the content is damaged; whatever `source` throws.
 */
export async function lookInto(source: ByteSource, sniffed: Parsed): Promise<Look> {
  switch (sniffed.as) {
    case 'gif': {
      const { width, height, frames, durationUs } = await readGif(source);
      if (frames === 0 || width === 0 || height === 0) return { refused: 'is a GIF without a picture' };
      const moving: MediaFacts = { kind: 'gif', width, height, durationUs, hasAudio: false };
      return {
        found: { extension: 'gif', facts: frames === 1 ? photo(width, height) : moving, streams: [] },
      };
    }
    case 'picture': {
      const { width, height } = await readPictureSize(source);
      if (!(width > 0 && height > 0)) return { refused: 'is a picture without a size' };
      return { found: { extension: sniffed.extension, facts: photo(width, height), streams: [] } };
    }
    case 'stream': {
      const found = await readStreams(source);
      return found === undefined ? { refused: 'has no video and no audio in it' } : { found };
    }
  }
}

function photo(width: number, height: number): MediaFacts {
  return { kind: 'photo', width, height, durationUs: 0, hasAudio: false };
}
