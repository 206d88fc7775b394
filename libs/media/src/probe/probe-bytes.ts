import { isUserError, UserError } from '@cozecut/problems';
import type { MediaFacts, MediaProbe } from '../media-file.ts';
import type { ByteSource } from './byte-source.ts';
import { readGif } from './gif.ts';
import { readPictureSize } from './picture.ts';
import { SNIFF_BYTES, sniff } from './sniff.ts';
import { readStreams } from './stream.ts';

/**
 * Looks into content.
 *
 * @param label - What to call it in messages.
 * @throws UserError MEDIA_UNSUPPORTED when it is not media or damaged; the message says what was found.
 */
export async function probeBytes(source: ByteSource, label: string): Promise<MediaProbe> {
  try {
    return { ...(await probe(source, label)), bytes: source.size };
  } catch (error) {
    if (isUserError(error)) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw unsupported(label, `is damaged or of a kind that cannot be used (${reason})`, error);
  }
}

async function probe(source: ByteSource, label: string): Promise<Omit<MediaProbe, 'bytes'>> {
  const head = await source.read(0, SNIFF_BYTES);
  if (head.length === 0) throw unsupported(label, 'is empty');
  const sniffed = sniff(head);
  switch (sniffed.as) {
    case 'gif': {
      const { width, height, frames, durationUs } = await readGif(source);
      if (frames === 0 || width === 0 || height === 0) throw unsupported(label, 'is a GIF without a picture');
      const moving: MediaFacts = { kind: 'gif', width, height, durationUs, hasAudio: false };
      return { extension: 'gif', facts: frames === 1 ? photo(width, height) : moving, streams: [] };
    }
    case 'picture': {
      const { width, height } = await readPictureSize(source);
      if (!(width > 0 && height > 0)) throw unsupported(label, 'is a picture without a size');
      return { extension: sniffed.extension, facts: photo(width, height), streams: [] };
    }
    case 'stream': {
      const found = await readStreams(source);
      if (!found) throw unsupported(label, 'has no video and no audio in it');
      return found;
    }
    case 'font': {
      const facts: MediaFacts = { kind: 'font', width: 0, height: 0, durationUs: 0, hasAudio: false };
      return { extension: sniffed.extension, facts, streams: [] };
    }
    case 'other':
      throw unsupported(label, `is ${sniffed.what}, which is not media that can be used`);
  }
}

function photo(width: number, height: number): MediaFacts {
  return { kind: 'photo', width, height, durationUs: 0, hasAudio: false };
}

function unsupported(label: string, what: string, cause?: unknown): UserError {
  return new UserError('MEDIA_UNSUPPORTED', `${label} ${what}`, {
    hint: 'Use MP4, MOV, WebM, MKV, MP3, M4A, WAV, OGG, FLAC, PNG, JPEG, WebP, BMP, AVIF or GIF.',
    cause,
  });
}
