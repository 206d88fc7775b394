import { BugError, isUserError, UserError } from '@cozecut/problems';
import type { MediaFacts, MediaProbe } from '../media-file.ts';
import type { ByteSource } from './byte-source.ts';
import { lookInto, type Parsed } from './look-into.ts';
import { createProbeThreads, type ProbeThreads } from './probe-threads.ts';
import { SNIFF_BYTES, sniff } from './sniff.ts';

/** The threads of this process; none until something has to be parsed. */
let threads: ProbeThreads | undefined;

/**
 * Looks into content, in another thread: what a stranger made to last or to grow for ever is ended there.
 *
 * @param label - What to call it in messages.
 * @param own - Threads that differ from those of the process.
 * @throws UserError MEDIA_UNSUPPORTED when it is not media or damaged; the message says what was found.
 */
export async function probeBytes(source: ByteSource, label: string, own?: ProbeThreads): Promise<MediaProbe> {
  try {
    return { ...(await probe(source, label, own)), bytes: source.size };
  } catch (error) {
    if (isUserError(error) || error instanceof BugError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw unsupported(label, `is damaged or of a kind that cannot be used (${reason})`, error);
  }
}

async function probe(
  source: ByteSource,
  label: string,
  own: ProbeThreads | undefined,
): Promise<Omit<MediaProbe, 'bytes'>> {
  const head = await source.read(0, SNIFF_BYTES);
  if (head.length === 0) throw unsupported(label, 'is empty');
  const sniffed = sniff(head);
  if (sniffed.as === 'other')
    throw unsupported(label, `is ${sniffed.what}, which is not media that can be used`);
  if (sniffed.as === 'font') {
    const facts: MediaFacts = { kind: 'font', width: 0, height: 0, durationUs: 0, hasAudio: false };
    return { extension: sniffed.extension, facts, streams: [] };
  }
  const look = await (isQuick(sniffed) ? lookInto(source, sniffed) : threadsOf(own).look(source, sniffed));
  if ('refused' in look) throw unsupported(label, look.refused);
  return look.found;
}

function threadsOf(own: ProbeThreads | undefined): ProbeThreads {
  if (own !== undefined) return own;
  threads ??= createProbeThreads();
  return threads;
}

/** Pictures that have their size at one place: whatever else is in them is not looked at, and needs no thread. */
function isQuick(sniffed: Parsed): boolean {
  return sniffed.as === 'picture' && ['png', 'webp', 'bmp'].includes(sniffed.extension);
}

function unsupported(label: string, what: string, cause?: unknown): UserError {
  return new UserError('MEDIA_UNSUPPORTED', `${label} ${what}`, {
    hint: 'Use MP4, MOV, WebM, MKV, MP3, M4A, WAV, OGG, FLAC, PNG, JPEG, WebP, BMP, AVIF or GIF.',
    cause,
  });
}
