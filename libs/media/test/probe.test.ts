import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  AdtsOutputFormat,
  MkvOutputFormat,
  MovOutputFormat,
  Mp4OutputFormat,
  MpegTsOutputFormat,
} from 'mediabunny';
import { afterAll, expect, test } from 'vitest';
import { makeGif, makePng, makeSampleMedia } from '../../../tools/src/sample-media/index.ts';
import type { MediaFacts, MediaStream } from '../src/index.ts';
import { avifHeader, bmp, jpegHeader, mp3WithCover, remux, webpHeader } from './make-media.ts';
import { failure, hasProgram, library, serve, temporaryFolder } from './support.ts';

const samplesFolder = mkdtempSync(join(tmpdir(), 'cozecut-media-'));
afterAll(() => rmSync(samplesFolder, { recursive: true }));
const samples = await makeSampleMedia(samplesFolder);

const color = [200, 10, 10];
const photo = (width: number, height: number): MediaFacts => ({
  kind: 'photo',
  width,
  height,
  durationUs: 0,
  hasAudio: false,
});

/** Probes bytes through a file whose name says nothing true. */
async function probe(bytes: Uint8Array, name = 'misleading.txt') {
  const root = temporaryFolder();
  await writeFile(join(root, name), bytes);
  return library({ mediaRoots: [root] }).open(name);
}

test('the sample media are what they are, by content', async () => {
  const look = async (path: string) => {
    const { extension, facts } = await probe(await readFile(path));
    return { extension, ...facts };
  };
  const audio = { kind: 'audio', width: 0, height: 0, hasAudio: true };
  const video = { extension: 'mp4', kind: 'video' };
  const { streams } = await probe(await readFile(samples.videoRotated));
  const turned = { type: 'video', codec: 'avc', width: 180, height: 320, rotation: 90 };
  const sound = { type: 'audio', codec: 'aac', channels: 1, sampleRate: 48_000 };
  expect(streams).toEqual([
    { ...turned, startUs: 0, durationUs: 2_000_000, fps: 30, isVariableRate: false },
    { ...sound, startUs: 0, durationUs: 2_005_333 },
  ]);
  expect(await look(samples.video)).toEqual({
    ...{ ...video, width: 320, height: 180 },
    ...{ durationUs: 6_000_000, hasAudio: true },
  });
  expect(await look(samples.videoPortrait)).toEqual({
    ...{ ...video, width: 180, height: 320 },
    ...{ durationUs: 4_000_000, hasAudio: false },
  });
  expect(await look(samples.videoRotated)).toMatchObject({ ...video, width: 180, height: 320 });
  expect(await look(samples.music)).toEqual({ extension: 'wav', durationUs: 8_000_000, ...audio });
  expect(await look(samples.picture)).toEqual({ extension: 'png', ...photo(640, 360) });
  expect(await look(samples.gif)).toEqual({
    ...{ extension: 'gif', kind: 'gif', width: 64, height: 64 },
    ...{ durationUs: 1_000_000, hasAudio: false },
  });
});

test('still pictures, also a GIF of one frame, and a JPEG as it is shown', async () => {
  expect(await probe(jpegHeader(40, 30, 1))).toMatchObject({ extension: 'jpg', facts: photo(40, 30) });
  expect(await probe(jpegHeader(40, 30, 3))).toMatchObject({ extension: 'jpg', facts: photo(40, 30) });
  expect(await probe(jpegHeader(40, 30, 6))).toMatchObject({ extension: 'jpg', facts: photo(30, 40) });
  expect(await probe(bmp(5, 3))).toMatchObject({ extension: 'bmp', facts: photo(5, 3) });
  expect(await probe(webpHeader(7, 9))).toMatchObject({ extension: 'webp', facts: photo(7, 9) });
  expect(await probe(avifHeader(8, 6))).toMatchObject({ extension: 'avif', facts: photo(8, 6) });
  expect(await probe(makeGif(12, [color], 50))).toMatchObject({ extension: 'gif', facts: photo(12, 12) });
});

test('a GIF lasts as long as its frames, a frame without a delay 100 ms', async () => {
  expect((await probe(makeGif(300, [color, color, color], 7))).facts.durationUs).toBe(210_000);
  expect((await probe(makeGif(4, [color, color], 0))).facts.durationUs).toBe(200_000);
  const whole = makeGif(40, [color, color, color], 10);
  expect((await probe(whole.subarray(0, whole.length - 200))).facts).toMatchObject({
    kind: 'gif',
    durationUs: 300_000,
  });
});

test('the same streams in other containers', async () => {
  const { video } = samples;
  const shown = { kind: 'video', width: 320, height: 180, hasAudio: true };
  for (const [extension, format] of [
    ['mkv', new MkvOutputFormat()],
    ['mov', new MovOutputFormat()],
    ['ts', new MpegTsOutputFormat()],
    ['mp4', new Mp4OutputFormat({ fastStart: 'fragmented' })],
  ] as const) {
    const file = await probe(await remux(video, format));
    expect(file).toMatchObject({ extension, facts: shown });
    expect(Math.abs(file.facts.durationUs - 6_000_000), extension).toBeLessThan(2_000);
  }
});

test('a stream that does not begin at 0 is not longer for it', async () => {
  const { video } = samples;
  for (const format of [new MpegTsOutputFormat(), new MkvOutputFormat()]) {
    const { facts } = await probe(await remux(video, format, { laterSeconds: 11.5 }));
    expect(Math.abs(facts.durationUs - 6_000_000)).toBeLessThan(2_000);
  }
});

test('audio is audio: without a picture in MP4, with a cover in MP3 and M4A', async () => {
  const { video } = samples;
  const cover = makePng(20, 20, () => [1, 2, 3]);
  const m4a = await remux(video, new Mp4OutputFormat(), { audioOnly: true, cover });
  expect(await probe(m4a, 'looks-like-video.mp4')).toMatchObject({
    extension: 'm4a',
    facts: { kind: 'audio', width: 0, height: 0, durationUs: 6_016_000, hasAudio: true },
  });
  const aac = await probe(await remux(video, new AdtsOutputFormat(), { audioOnly: true }));
  expect(aac).toMatchObject({ extension: 'aac', facts: { kind: 'audio', durationUs: 6_016_000 } });
  const mp3 = await probe(mp3WithCover(100, cover));
  expect(mp3).toMatchObject({ extension: 'mp3', facts: { kind: 'audio', width: 0, height: 0 } });
  expect(mp3.facts.durationUs).toBe(Math.floor((100 * 1152 * 1e6) / 44_100));
});

test.each([
  ['ttf', '\0\x01\0\0\0\x0a'],
  ['ttf', 'true\0\x0a'],
  ['otf', 'OTTO\0\x0a'],
  ['ttc', 'ttcf\0\x01\0\0'],
])('a font file is known by its first bytes: %s', async (extension, head) => {
  const found = await probe(Buffer.from(`${head}tables`, 'latin1'));
  const facts = { kind: 'font', width: 0, height: 0, durationUs: 0, hasAudio: false };
  expect(found).toMatchObject({ extension, facts });
});

test.each([
  ['a web font', 'wOF2\0\x01\0\0', 'web font'],
  ['the word true', 'true', 'is text'],
  ['an HTML page', '<!DOCTYPE html><html>not found</html>', 'web page'],
  ['an SVG drawing', '<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>', 'SVG'],
  ['text', 'nothing but words, ümlauts and 汉字', 'is text'],
  ['JSON', '{"error":"expired"}', 'JSON'],
  ['a ZIP', 'PK\x03\x04…', 'ZIP'],
  ['an AVI', 'RIFF\x10\0\0\0AVI LIST', 'AVI'],
  ['a HEIC', '\0\0\0\x18ftypheic\0\0\0\0mif1heic', 'HEIC'],
  ['noise', '\0\x07\x13\0\x99', 'unknown kind'],
  ['a PNG that stops after its signature', '\x89PNG\r\n\x1a\n', 'damaged'],
  ['an MP4 that stops after its first box', '\0\0\0\x14ftypisom\0\0\0\0isom', 'damaged|no video'],
  ['an MP3 that is none', 'ID3\x03\0\0\0\0\0\0 and then words', 'damaged|no video'],
  ['a GIF without a picture', 'GIF89a\x01\0\x01\0\0\0\0;', 'without a picture'],
])('%s is not media', async (_, content, words) => {
  const bytes = /[\u0100-\uffff]/.test(content) ? Buffer.from(content) : Buffer.from(content, 'latin1');
  const error = await failure(probe(bytes, 'movie.mp4'), 'MEDIA_UNSUPPORTED');
  expect(error.message).toMatch(new RegExp(words));
  expect(error.message).toContain('movie.mp4');
});

test('a playlist is not media and is not followed', async () => {
  const { origin, asked } = await serve((_, response) => response.end());
  const playlist = `#EXTM3U\n#EXT-X-TARGETDURATION:5\n#EXTINF:5,\n${origin}/a.ts\n#EXT-X-ENDLIST\n`;
  const error = await failure(probe(Buffer.from(playlist)), 'MEDIA_UNSUPPORTED');
  expect(error.message).toContain('HLS playlist');
  expect(asked).toEqual([]);
});

const hasTools = hasProgram('ffprobe') && hasProgram('ffmpeg');
if (!hasTools) process.stderr.write('The agreement with ffprobe is not tested: install ffmpeg to test it.\n');

/** Makes a file with ffmpeg and says where it is. */
function makeWithFfmpeg(folder: string, name: string, ...options: string[]): string {
  const run = spawnSync('ffmpeg', ['-v', 'error', '-y', ...options, join(folder, name)], {
    encoding: 'utf8',
  });
  expect(run.stderr).toBe('');
  return join(folder, name);
}

const source = ['-f', 'lavfi', '-i', 'testsrc=size=96x64:rate=25:duration=1.6'];
const sound = ['-f', 'lavfi', '-i', 'sine=frequency=440:duration=1.9'];

test.skipIf(!hasTools)('ffprobe agrees', async () => {
  const folder = temporaryFolder();
  const { video, videoRotated, gif, music, picture } = samples;
  const made = (name: string, ...options: string[]) => makeWithFfmpeg(folder, name, ...options);
  const h264 = ['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p'];
  const bframes = made('bframes.mp4', ...source, ...sound, ...h264, '-bf', '3', '-preset', 'fast');
  const cover = [
    '-i',
    picture,
    ...['-map', '0', '-map', '1'],
    '-c:v',
    'copy',
    '-disposition:v',
    'attached_pic',
  ];
  const files = [
    ...[video, videoRotated, gif, music, bframes],
    made('turned.mov', '-i', bframes, '-c', 'copy', '-metadata:s:v:0', 'rotate=270'),
    made('ntsc.mkv', ...source, ...h264, '-r', '30000/1001'),
    made('broadcast.ts', ...source, ...sound, ...h264, '-c:a', 'aac'),
    made('vp9.webm', ...source, ...sound, '-c:v', 'libvpx-vp9', '-cpu-used', '8', '-c:a', 'libopus'),
    made(
      'two-sounds.mp4',
      ...source,
      ...sound,
      ...sound,
      ...['-map', '0', '-map', '1', '-map', '2'],
      ...h264,
    ),
    made('vbr.mp3', ...sound, '-q:a', '4'),
    made('tone.m4a', ...sound, '-ac', '2'),
    made('tone.ogg', ...sound, '-c:a', 'libvorbis'),
    ...['cover.flac', 'cover.mp3', 'cover.m4a'].map((name) => made(name, ...sound, ...cover)),
    made('moving.gif', ...source),
  ];
  const { open } = library({ mediaRoots: [folder, samplesFolder] });
  for (const path of files) {
    const { facts, streams } = await open(path);
    const told = askFfprobe(path);
    const used = told.find(({ type }) => type === (facts.kind === 'audio' ? 'audio' : 'video'))!;
    expect([facts.width, facts.height], path).toEqual([used.width, used.height]);
    expect(Math.abs(facts.durationUs / 1e6 - used.seconds), path).toBeLessThan(0.03);
    if (facts.kind === 'gif') continue;
    const plain = (stream: MediaStream) =>
      stream.type === 'video'
        ? [
            'video',
            FFMPEG_CODECS[stream.codec ?? ''] ?? stream.codec,
            stream.width,
            stream.height,
            stream.rotation,
          ]
        : ['audio', FFMPEG_CODECS[stream.codec ?? ''] ?? stream.codec, stream.channels, stream.sampleRate];
    expect(streams.map(plain), path).toEqual(
      told.map(({ type, codec, width, height, rotation, channels, sampleRate }) =>
        type === 'video' ? [type, codec, width, height, rotation] : [type, codec, channels, sampleRate],
      ),
    );
    for (const [index, stream] of streams.entries()) {
      if (stream.type !== 'video') continue;
      expect(stream.fps, path).toBeCloseTo(told[index]!.fps, 1);
      expect(stream.isVariableRate, path).toBe(askWhetherRateChanges(path));
    }
  }
});

test.skipIf(!hasTools)(
  'a video of one frame has no rate, and one that cannot be used says what it is',
  async () => {
    const folder = temporaryFolder();
    const { open } = library({ mediaRoots: [folder] });
    const still = await open(
      makeWithFfmpeg(folder, 'still.mp4', ...source, '-frames:v', '1', '-pix_fmt', 'yuv420p'),
    );
    expect(still.streams).toMatchObject([{ type: 'video', fps: 0 }]);
    for (const [name, words] of [
      ['a.avi', 'is an AVI video'],
      ['a.wmv', 'is a WMV or WMA file'],
      ['a.flv', 'is an FLV video'],
    ] as const) {
      const error = await failure(open(makeWithFfmpeg(folder, name, ...source)), 'MEDIA_UNSUPPORTED');
      expect(error.message).toContain(words);
      expect(error.hint).toContain('MP4');
    }
  },
);

test.skipIf(!hasTools)('a rate that changes is told, as ffprobe does', async () => {
  const folder = temporaryFolder();
  const { open } = library({ mediaRoots: [folder] });
  const long = ['-f', 'lavfi', '-i', 'testsrc=size=96x64:rate=30:duration=4'];
  const vfr = ['-fps_mode', 'vfr', '-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p'];
  const dropped = ['-vf', "select='lt(mod(n,7),4)+eq(mod(n,11),0)'", ...vfr];
  const slower = ['-vf', "setpts='if(lt(N,30),N,2*N-30)/30/TB'", ...vfr];
  for (const [name, isVariableRate, options] of [
    ['dropped.mp4', true, dropped],
    ['dropped.mkv', true, dropped],
    ['slower.mp4', true, slower],
    ['even.mkv', false, vfr],
    ['even.mp4', false, ['-r', '60000/1001', '-c:v', 'libx264', '-pix_fmt', 'yuv420p']],
  ] as const) {
    const path = makeWithFfmpeg(folder, name, ...long, ...options);
    const { streams } = await open(path);
    expect(streams, name).toMatchObject([{ type: 'video', isVariableRate }]);
    expect(askWhetherRateChanges(path), name).toBe(isVariableRate);
  }
});

const FFMPEG_CODECS: Record<string, string> = { avc: 'h264', 'pcm-s16': 'pcm_s16le' };

interface RawStream {
  codec_type: string;
  codec_name: string;
  width?: number;
  height?: number;
  avg_frame_rate: string;
  channels?: number;
  sample_rate?: string;
  duration?: string;
  tags?: { DURATION?: string };
  disposition: { attached_pic: number };
  side_data_list?: { rotation?: number }[];
}

/** Whether some frames are shown for clearly longer than others, by the times that ffprobe reads. */
function askWhetherRateChanges(path: string): boolean {
  const args = ['-v', 'error', '-select_streams', 'v:0', '-show_entries', 'packet=pts_time'];
  const { stdout } = spawnSync('ffprobe', [...args, '-of', 'csv=p=0', path], { encoding: 'utf8' });
  const times = stdout
    .split('\n')
    .map((line) => Number.parseFloat(line))
    .filter((time) => !Number.isNaN(time))
    .sort((a, b) => a - b);
  const lengths = times.slice(1).map((time, index) => time - times[index]!);
  return Math.max(...lengths) > 1.5 * Math.min(...lengths);
}

/** What ffprobe says of the streams of a file, cover art left out; sizes as they are shown. */
function askFfprobe(path: string) {
  const args = ['-v', 'error', '-show_streams', '-show_format', '-of', 'json', path];
  const answer = JSON.parse(spawnSync('ffprobe', args, { encoding: 'utf8' }).stdout) as {
    streams: RawStream[];
    format: { duration: string };
  };
  const shown = answer.streams.filter(({ disposition }) => disposition.attached_pic === 0);
  return shown.map(({ width = 0, height = 0, duration, tags, side_data_list: sides, ...stream }) => {
    const [hours = 0, minutes = 0, rest = 0] = (tags?.DURATION ?? '0:0:0').split(':').map(Number);
    // ffprobe counts against the clock.
    const counted = sides?.find((side) => side.rotation !== undefined)?.rotation ?? 0;
    const rotation = (360 - counted) % 360;
    const [frames = 0, seconds = 1] = stream.avg_frame_rate.split('/').map(Number);
    return {
      type: stream.codec_type,
      codec: stream.codec_name,
      width: rotation % 180 === 0 ? width : height,
      height: rotation % 180 === 0 ? height : width,
      rotation,
      fps: frames / seconds,
      channels: stream.channels,
      sampleRate: Number(stream.sample_rate),
      seconds: Number(duration ?? (hours * 3600 + minutes * 60 + rest || answer.format.duration)),
    };
  });
}
