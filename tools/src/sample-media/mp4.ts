import {
  BufferTarget,
  EncodedAudioPacketSource,
  EncodedPacket,
  EncodedVideoPacketSource,
  Mp4OutputFormat,
  Output,
} from 'mediabunny';
import { H264Encoder, type Yuv } from './h264.ts';

/** What a sample video is like. */
export interface VideoOptions {
  /** Stored size in pixels, even numbers. */
  width: number;
  height: number;
  seconds: number;
  /** Degrees clockwise that a player turns it by; not turned if not set. */
  rotation?: 90 | 180 | 270;
  /** Whether it has an audio track (of silence). */
  audio: boolean;
}

const FRAMES_PER_SECOND = 30;
const SAMPLE_RATE = 48_000;
const SAMPLES_PER_PACKET = 1024;
/** AAC-LC, 48 kHz, mono. */
const AAC_CONFIG = Uint8Array.from([0x11, 0x88]);
/** One channel without any band, then the end mark. */
const AAC_SILENCE = Uint8Array.from([0, 0, 0, 7]);

/** Makes an MP4 (H.264, AAC); the picture is another gradient every second. The same options give the same bytes. */
export async function makeVideo(options: VideoOptions): Promise<Uint8Array> {
  const { width, height, seconds } = options;
  const target = new BufferTarget();
  const output = new Output({ format: new Mp4OutputFormat({ fastStart: 'in-memory' }), target });
  const video = new EncodedVideoPacketSource('avc');
  const audio = new EncodedAudioPacketSource('aac');
  output.addVideoTrack(video, { frameRate: FRAMES_PER_SECOND, rotation: options.rotation ?? 0 });
  if (options.audio) output.addAudioTrack(audio);
  await output.start();

  const encoder = new H264Encoder(width, height);
  const codec = { codec: 'avc1.42c01e', codedWidth: width, codedHeight: height };
  const meta = { decoderConfig: { ...codec, description: encoder.configuration() } };
  for (let frame = 0; frame < seconds * FRAMES_PER_SECOND; frame++) {
    const isKey = frame % FRAMES_PER_SECOND === 0;
    const second = frame / FRAMES_PER_SECOND;
    const data = isKey
      ? encoder.keyFrame((x, y) => gradient(x / width, y / height, second))
      : encoder.repeatFrame();
    const packet = new EncodedPacket(data, isKey ? 'key' : 'delta', second, 1 / FRAMES_PER_SECOND);
    await video.add(packet, meta);
  }
  if (options.audio) {
    const sound = {
      codec: 'mp4a.40.2',
      sampleRate: SAMPLE_RATE,
      numberOfChannels: 1,
      description: AAC_CONFIG,
    };
    for (let sample = 0; sample < seconds * SAMPLE_RATE; sample += SAMPLES_PER_PACKET) {
      const length = SAMPLES_PER_PACKET / SAMPLE_RATE;
      const packet = new EncodedPacket(AAC_SILENCE, 'key', sample / SAMPLE_RATE, length);
      await audio.add(packet, { decoderConfig: sound });
    }
  }
  await output.finalize();
  return withoutTimes(new Uint8Array(target.buffer!));
}

function gradient(x: number, y: number, second: number): Yuv {
  const angle = second * 1.1;
  const luma = 40 + 150 * (0.5 + 0.5 * Math.sin(angle + 3 * x + 2 * y));
  return [
    Math.round(luma),
    Math.round(128 + 80 * Math.cos(angle + x)),
    Math.round(128 + 80 * Math.sin(angle + y)),
  ];
}

/** Clears the creation and modification times, which the muxer takes from the clock. */
function withoutTimes(file: Uint8Array): Uint8Array {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const walk = (start: number, end: number): void => {
    for (let at = start; at < end; at += view.getUint32(at)) {
      const type = String.fromCharCode(...file.subarray(at + 4, at + 8));
      if (['moov', 'trak', 'mdia'].includes(type)) walk(at + 8, at + view.getUint32(at));
      if (['mvhd', 'tkhd', 'mdhd'].includes(type)) file.fill(0, at + 12, at + (file[at + 8] === 1 ? 28 : 20));
    }
  };
  walk(0, file.length);
  return file;
}
