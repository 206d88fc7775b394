import type { InputFormat, InputTrack } from 'mediabunny';
import type { MediaFacts } from '../media-file.ts';

/** What a file of audio or video holds; `extension` by its container. */
export interface StreamFacts {
  extension: string;
  facts: MediaFacts;
}

/**
 * Probes a file of audio or video.
 *
 * @param path - Absolute path.
 * @returns Nothing when it has neither a video nor an audio stream with content.
 * @throws Error of `mediabunny` when the container is damaged or of an unknown kind.
 */
export async function readStreams(path: string): Promise<StreamFacts | undefined> {
  const bunny = await import('mediabunny');
  // Playlists are left out on purpose: they would make the library open other addresses.
  const { MP4, QTFF, MATROSKA, WEBM, WAVE, OGG, FLAC, MP3, ADTS, MPEG_TS } = bunny;
  const extensions = new Map<InputFormat, string>([
    [MP4, 'mp4'],
    [QTFF, 'mov'],
    [MATROSKA, 'mkv'],
    [WEBM, 'webm'],
    [WAVE, 'wav'],
    [OGG, 'ogg'],
    [FLAC, 'flac'],
    [MP3, 'mp3'],
    [ADTS, 'aac'],
    [MPEG_TS, 'ts'],
  ]);
  const formats = [...extensions.keys()];
  const input = new bunny.Input({ source: new bunny.FilePathSource(path), formats });
  try {
    const extension = extensions.get(await input.getFormat()) ?? 'bin';
    const video = await input.getPrimaryVideoTrack();
    const audio = await input.getPrimaryAudioTrack();
    const videoUs = video ? await durationUs(video) : 0;
    if (video && videoUs > 0) {
      const [width, height] = [await video.getDisplayWidth(), await video.getDisplayHeight()];
      const facts: MediaFacts = {
        kind: 'video',
        width,
        height,
        durationUs: videoUs,
        hasAudio: audio !== null,
      };
      return { extension, facts };
    }
    const audioUs = audio ? await durationUs(audio) : 0;
    if (audioUs === 0) return undefined;
    return {
      extension: extension === 'mp4' ? 'm4a' : extension,
      facts: { kind: 'audio', width: 0, height: 0, durationUs: audioUs, hasAudio: true },
    };
  } finally {
    input.dispose();
  }
}

/**
 * Length of a stream from its first to the end of its last packet, floored. Streams of broadcasts and recordings do
 * not begin at 0; what is before 0 (priming of an encoder) is not shown.
 */
async function durationUs(track: InputTrack): Promise<number> {
  const resolution = await track.getTimeResolution();
  const seconds = (await track.computeDuration()) - Math.max(0, await track.getFirstTimestamp());
  // Whole ticks, so that 2.002 s does not become 2001999 µs.
  return Math.floor((Math.round(seconds * resolution) * 1_000_000) / resolution);
}
