import {
  BufferTarget,
  EncodedAudioPacketSource,
  EncodedPacketSink,
  EncodedVideoPacketSource,
  FilePathSource,
  Input,
  MP4,
  Output,
  type OutputFormat,
} from 'mediabunny';

/** Puts the streams of an MP4 into another container, later by `laterSeconds`. */
export async function remux(
  path: string,
  format: OutputFormat,
  options: { laterSeconds?: number; audioOnly?: boolean; cover?: Uint8Array } = {},
): Promise<Uint8Array> {
  const { laterSeconds = 0, audioOnly = false, cover } = options;
  const input = new Input({ source: new FilePathSource(path), formats: [MP4] });
  const target = new BufferTarget();
  const output = new Output({ format, target });
  const video = audioOnly ? null : await input.getPrimaryVideoTrack();
  const audio = await input.getPrimaryAudioTrack();
  const videoSource = new EncodedVideoPacketSource('avc');
  const audioSource = new EncodedAudioPacketSource('aac');
  if (video) output.addVideoTrack(videoSource, { frameRate: 30 });
  if (audio) output.addAudioTrack(audioSource);
  if (cover) {
    const image = { data: cover, mimeType: 'image/png', kind: 'coverFront' as const };
    output.setMetadataTags({ title: 'With a cover', images: [image] });
  }
  await output.start();
  const copyVideo = async () => {
    if (!video) return;
    const decoderConfig = (await video.getDecoderConfig())!;
    for await (const packet of new EncodedPacketSink(video).packets()) {
      await videoSource.add(packet.clone({ timestamp: packet.timestamp + laterSeconds }), { decoderConfig });
    }
    videoSource.close();
  };
  const copyAudio = async () => {
    if (!audio) return;
    const decoderConfig = (await audio.getDecoderConfig())!;
    for await (const packet of new EncodedPacketSink(audio).packets()) {
      await audioSource.add(packet.clone({ timestamp: packet.timestamp + laterSeconds }), { decoderConfig });
    }
    audioSource.close();
  };
  await Promise.all([copyVideo(), copyAudio()]);
  await output.finalize();
  input.dispose();
  return new Uint8Array(target.buffer!);
}

/** MP3 of silence (128 kbit/s, 44.1 kHz) with a cover picture in its ID3 tag. */
export function mp3WithCover(frames: number, cover: Uint8Array): Uint8Array {
  const frame = Buffer.alloc(417);
  frame.set([0xff, 0xfb, 0x90, 0x00]);
  const picture = Buffer.concat([Buffer.from('\0image/png\0\x03\0', 'latin1'), cover]);
  const apic = Buffer.concat([Buffer.from('APIC'), uint32(picture.length), Buffer.alloc(2), picture]);
  const size = [21, 14, 7, 0].map((shift) => (apic.length >> shift) & 127);
  return Buffer.concat([
    Buffer.from('ID3'),
    Buffer.from([3, 0, 0, ...size]),
    apic,
    ...Array(frames).fill(frame),
  ]);
}

/** Header of a JPEG with an EXIF orientation: all that a probe reads. */
export function jpegHeader(width: number, height: number, orientation: number): Uint8Array {
  const tiff = [
    ...[0x4d, 0x4d, 0, 42, 0, 0, 0, 8],
    ...[0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0, 0, 0, 0, 0],
  ];
  const exif = [...Buffer.from('Exif\0\0'), ...tiff];
  const frame = [8, height >> 8, height & 255, width >> 8, width & 255, 3, 1, 17, 0, 2, 17, 1, 3, 17, 1];
  const segment = (marker: number, body: number[]) => [0xff, marker, 0, body.length + 2, ...body];
  return Uint8Array.from([0xff, 0xd8, ...segment(0xe1, exif), ...segment(0xc0, frame), 0xff, 0xd9]);
}

/** A BMP, 24 bit, black. */
export function bmp(width: number, height: number): Uint8Array {
  const row = Math.ceil((width * 3) / 4) * 4;
  const file = Buffer.alloc(54 + row * height);
  file.write('BM');
  file.writeUInt32LE(file.length, 2);
  file.writeUInt32LE(54, 10);
  file.writeUInt32LE(40, 14);
  file.writeInt32LE(width, 18);
  file.writeInt32LE(height, 22);
  file.writeUInt16LE(1, 26);
  file.writeUInt16LE(24, 28);
  return file;
}

/** Header of a lossless WebP. */
export function webpHeader(width: number, height: number): Uint8Array {
  const body = Buffer.alloc(10);
  body[0] = 0x2f;
  body.writeUInt32LE((width - 1) | ((height - 1) << 14), 1);
  const riff = Buffer.alloc(20);
  riff.write('RIFF');
  riff.writeUInt32LE(12 + body.length, 4);
  riff.write('WEBPVP8L', 8);
  riff.writeUInt32LE(body.length, 16);
  return Buffer.concat([riff, body]);
}

/** A FLAC file up to its first frame: 44.1 kHz, two channels, 16 bits. */
export function flacHeader(samples: number): Uint8Array {
  const info = Buffer.alloc(34);
  info.writeUInt16BE(4096, 0);
  info.writeUInt16BE(4096, 2);
  info.writeBigUInt64BE((44_100n << 44n) | (1n << 41n) | (15n << 36n) | BigInt(samples), 10);
  return Buffer.concat([Buffer.from('fLaC'), Buffer.from([0x80, 0, 0, info.length]), info]);
}

/** Boxes of an AVIF up to the size of its picture. */
export function avifHeader(width: number, height: number): Uint8Array {
  const box = (type: string, ...parts: Uint8Array[]): Buffer => {
    const body = Buffer.concat(parts);
    return Buffer.concat([uint32(body.length + 8), Buffer.from(type), body]);
  };
  const size = box('ispe', uint32(0), uint32(width), uint32(height));
  const meta = box('meta', uint32(0), box('iprp', box('ipco', size)));
  return Buffer.concat([box('ftyp', Buffer.from('avif\0\0\0\0avifmif1')), meta]);
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}
