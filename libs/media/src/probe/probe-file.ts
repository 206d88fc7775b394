import { type FileHandle, open } from 'node:fs/promises';
import { UserError } from '@cozecut/problems';
import type { MediaFacts } from '../media-file.ts';
import { readGif } from './gif.ts';
import { readPictureSize } from './picture.ts';
import { SNIFF_BYTES, sniff } from './sniff.ts';
import { readStreams } from './stream.ts';

/** What is in a file, by its content alone. */
export interface Probed {
  /** Without the dot. */
  extension: string;
  facts: MediaFacts;
}

/**
 * Looks into a file.
 *
 * @param path - Absolute path.
 * @param label - What to call the file in messages.
 * @throws UserError MEDIA_UNSUPPORTED when it is not media or damaged; the message says what was found.
 */
export async function probeFile(path: string, label: string): Promise<Probed> {
  let file: FileHandle;
  try {
    file = await open(path, 'r');
  } catch (error) {
    throw unsupported(label, `cannot be read (${error instanceof Error ? error.message : error})`, error);
  }
  try {
    return await probe(file, path, label);
  } catch (error) {
    if (error instanceof UserError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw unsupported(label, `is damaged or of a kind that cannot be used (${reason})`, error);
  } finally {
    await file.close();
  }
}

async function probe(file: FileHandle, path: string, label: string): Promise<Probed> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(SNIFF_BYTES), 0, SNIFF_BYTES, 0);
  if (bytesRead === 0) throw unsupported(label, 'is empty');
  const sniffed = sniff(buffer.subarray(0, bytesRead));
  switch (sniffed.as) {
    case 'gif': {
      const { width, height, frames, durationUs } = await readGif(file);
      if (frames === 0 || width === 0 || height === 0) throw unsupported(label, 'is a GIF without a picture');
      if (frames === 1) return { extension: 'gif', facts: photo(width, height) };
      return { extension: 'gif', facts: { kind: 'gif', width, height, durationUs, hasAudio: false } };
    }
    case 'picture': {
      const { width, height } = await readPictureSize(file);
      if (!(width > 0 && height > 0)) throw unsupported(label, 'is a picture without a size');
      return { extension: sniffed.extension, facts: photo(width, height) };
    }
    case 'stream': {
      const found = await readStreams(path);
      if (!found) throw unsupported(label, 'has no video and no audio in it');
      return found;
    }
    case 'font':
      return {
        extension: sniffed.extension,
        facts: { kind: 'font', width: 0, height: 0, durationUs: 0, hasAudio: false },
      };
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
