import type { InputAudioTrack, InputFormat, InputTrack, InputVideoTrack } from 'mediabunny';
import type { AudioStream, MediaProbe, MediaStream, VideoStream } from '../media-file.ts';
import type { ByteSource } from './byte-source.ts';
import { endEndlessReads } from './endless-reads.ts';

/** Frames that are looked at for the frame rate, and for whether it changes. */
const RATE_FRAMES = 64;
/** Further streams are not looked at; a file may claim to have thousands. */
const MAX_STREAMS = 16;

/**
 * Probes audio or video.
 *
 * @returns Nothing when it has neither a video nor an audio stream with content.
 * @throws Error of `mediabunny` when the container is damaged or of an unknown kind; whatever `source` throws.
 */
export async function readStreams(source: ByteSource): Promise<Omit<MediaProbe, 'bytes'> | undefined> {
  const bunny = await import('mediabunny');
  // What is odd in a file comes back as a result; nothing below an app prints.
  bunny.Logging.level = bunny.LogLevel.Silent;
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
  const bytes = new bunny.CustomSource({
    getSize: () => source.size,
    read: (start, end) => source.read(start, end),
    // What comes from far away comes in pieces that are large enough as they are.
    prefetchProfile: source.isFar ? 'none' : 'fileSystem',
    // What is read ahead in vain is nobody's error.
    handleUnhandledError: () => undefined,
  });
  endEndlessReads(bytes);
  const input = new bunny.Input({ source: bytes, formats: [...extensions.keys()] });
  try {
    const extension = extensions.get(await input.getFormat()) ?? 'bin';
    const video = await input.getPrimaryVideoTrack();
    const audio = await input.getPrimaryAudioTrack();
    const known = new Map<InputTrack, MediaStream>();
    for (const [index, track] of (await input.getTracks()).entries()) {
      const isUsed = track === video || track === audio;
      if (!isUsed && index >= MAX_STREAMS) continue;
      const first = () => new bunny.EncodedPacketSink(track).getFirstPacket({ metadataOnly: true });
      const stream = await readStream(track, first).catch((error: unknown) => {
        if (isUsed || source.isFar) throw error;
        // A damaged stream that nobody uses does no harm.
        return undefined;
      });
      if (stream !== undefined && stream.durationUs > 0) known.set(track, stream);
    }
    const streams = [...known.values()];
    const shown = video === null ? undefined : known.get(video);
    if (shown?.type === 'video') {
      const { width, height, durationUs } = shown;
      const facts = { kind: 'video' as const, width, height, durationUs, hasAudio: audio !== null };
      return { extension, facts, streams };
    }
    const heard = audio === null ? undefined : known.get(audio);
    if (heard === undefined) return undefined;
    return {
      extension: extension === 'mp4' ? 'm4a' : extension,
      facts: { kind: 'audio', width: 0, height: 0, durationUs: heard.durationUs, hasAudio: true },
      streams,
    };
  } finally {
    input.dispose();
  }
}

async function readStream(
  track: InputTrack,
  first: () => Promise<unknown>,
): Promise<MediaStream | undefined> {
  // A stream that breaks off before its content has no length, and for some the library would look for one for ever.
  if ((await first()) === null) return undefined;
  if (track.isVideoTrack()) return readVideo(track);
  return track.isAudioTrack() ? readAudio(track) : undefined;
}

async function readVideo(track: InputVideoTrack): Promise<VideoStream> {
  const isStill = (await track.computePacketStats(2)).packetCount < 2;
  const { bestGuessFrameRate: rate, frameRateIsConstant } = await track.computeFrameRateMetrics({
    targetPacketCount: RATE_FRAMES,
  });
  return {
    type: 'video',
    codec: (await track.getCodec()) ?? undefined,
    ...(await readTimes(track)),
    width: await track.getDisplayWidth(),
    height: await track.getDisplayHeight(),
    rotation: await track.getRotation(),
    fps: isStill ? 0 : Math.round(rate * 1000) / 1000,
    isVariableRate: !isStill && !frameRateIsConstant,
  };
}

async function readAudio(track: InputAudioTrack): Promise<AudioStream> {
  return {
    type: 'audio',
    codec: (await track.getCodec()) ?? undefined,
    ...(await readTimes(track)),
    channels: await track.getNumberOfChannels(),
    sampleRate: await track.getSampleRate(),
  };
}

/**
 * Start and length of a stream, floored. Streams of broadcasts and recordings do not begin at 0; what is before 0
 * (priming of an encoder) is not shown.
 */
async function readTimes(track: InputTrack): Promise<{ startUs: number; durationUs: number }> {
  const resolution = await track.getTimeResolution();
  const first = await track.getFirstTimestamp();
  // Whole ticks, so that 2.002 s does not become 2001999 µs.
  const toUs = (seconds: number) => Math.floor((Math.round(seconds * resolution) * 1_000_000) / resolution);
  return { startUs: toUs(first), durationUs: toUs((await track.computeDuration()) - Math.max(0, first)) };
}
