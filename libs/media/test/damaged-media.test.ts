import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { isUserError } from '@cozecut/problems';
import fc from 'fast-check';
import { AdtsOutputFormat, MkvOutputFormat, Mp4OutputFormat, MpegTsOutputFormat } from 'mediabunny';
import { expect, test, vi } from 'vitest';
import { makeGif, makePng, makeSampleMedia } from '../../../tools/src/sample-media/index.ts';
import { probeBytes } from '../src/probe/probe-bytes.ts';
import { avifHeader, flacHeader, jpegHeader, mp3WithCover, remux, webpHeader } from './make-media.ts';
import { temporaryFolder } from './support.ts';

/** Something that happens to a file; places are shares of its size. */
type Damage =
  | { byte: number; at: number }
  | { number: number; at: number }
  | { cut: number }
  | { from: number; bytes: number; at: number };

/** Mostly where the header is: damage there does the most. */
const place = fc.oneof(
  fc.double({ min: 0, max: 0.02, noNaN: true }),
  fc.double({ min: 0, max: 1, noNaN: true }),
);
const damage: fc.Arbitrary<Damage> = fc.oneof(
  fc.record({ byte: fc.nat(255), at: place }),
  fc.record({ number: fc.constantFrom(0, 1, 0x10000, 0x7fffffff, 0xffffffff), at: place }),
  fc.record({ cut: place }),
  fc.record({ from: place, bytes: fc.nat(600), at: place }),
);

function damaged(file: Uint8Array, damages: readonly Damage[]): Uint8Array {
  let bytes = Buffer.from(file);
  for (const one of damages) {
    const size = bytes.length;
    const position = (share: number) => Math.floor(share * Math.max(0, size - 4));
    if (size < 4) break;
    if ('byte' in one) bytes[position(one.at)] = one.byte;
    else if ('number' in one) bytes.writeUInt32BE(one.number, position(one.at));
    else if ('cut' in one) bytes = bytes.subarray(0, position(one.cut));
    else {
      const [from, at] = [position(one.from), position(one.at)];
      bytes = Buffer.concat([
        bytes.subarray(0, at),
        bytes.subarray(from, from + one.bytes),
        bytes.subarray(at),
      ]);
    }
  }
  return bytes;
}

test('what breaks off is refused, and not looked through for ever', async () => {
  const folder = temporaryFolder();
  const { video } = await makeSampleMedia(folder);
  const sound = flacHeader(44_100);
  const mkv = Buffer.from(await remux(video, new MkvOutputFormat()));
  const cluster = mkv.indexOf('1f43b675', 0, 'hex');
  const aac = Buffer.from(await remux(video, new AdtsOutputFormat(), { audioOnly: true }));
  // The second frame says that it has no bytes, not even those of its header.
  const second = ((aac[3]! & 3) << 11) | (aac[4]! << 3) | (aac[5]! >> 5);
  aac.writeUInt8(aac[second + 3]! & 0xfc, second + 3);
  aac.writeUInt8(0, second + 4);
  aac.writeUInt8(aac[second + 5]! & 0x1f, second + 5);
  const broken = {
    'no-frame.flac': sound,
    'no-frame-but-zeros.flac': Buffer.concat([sound, Buffer.alloc(5_000)]),
    'half-a-header.flac': sound.subarray(0, 20),
    'junk-to-its-end.mkv': Buffer.concat([mkv.subarray(0, cluster), Buffer.alloc(9_000, 0xee)]),
    'element-without-a-size.mkv': Buffer.concat([mkv.subarray(0, cluster + 4), Buffer.alloc(9_000)]),
    'frame-of-no-bytes.aac': aac,
  };
  const files = Object.entries(broken).map(([name, bytes]) => {
    const file = join(folder, name);
    writeFileSync(file, bytes);
    return file;
  });
  // In a process of its own: one that looks for ever does not even notice its own timers.
  const script = join(import.meta.dirname, 'child/probe-files.ts');
  const args = ['--conditions=@cozecut/source', script, ...files];
  const { stdout } = await promisify(execFile)(process.execPath, args, { timeout: 20_000 });
  expect(stdout.split('\n')).toEqual([...files.slice(1).map(() => 'MEDIA_UNSUPPORTED'), 'audio', '']);
});

test('damaged media are refused or have sensible facts, without endless reading and without a word', async () => {
  const { video, videoRotated, music } = await makeSampleMedia(temporaryFolder());
  const cover = makePng(9, 9, () => [1, 2, 3]);
  const files: Uint8Array[] = [
    ...(await Promise.all([video, videoRotated, music].map((path) => readFile(path)))),
    await remux(video, new MkvOutputFormat()),
    await remux(video, new MpegTsOutputFormat()),
    await remux(video, new Mp4OutputFormat({ fastStart: 'fragmented' })),
    await remux(video, new AdtsOutputFormat(), { audioOnly: true }),
    ...[
      mp3WithCover(50, cover),
      cover,
      makeGif(
        9,
        [
          [1, 2, 3],
          [4, 5, 6],
        ],
        5,
      ),
    ],
    ...[jpegHeader(40, 30, 6), webpHeader(7, 9), avifHeader(8, 6), flacHeader(44_100)],
  ];
  const spies = (['log', 'info', 'warn', 'error'] as const).map((name) => vi.spyOn(console, name));
  const cases = fc.tuple(fc.nat(files.length - 1), fc.array(damage, { minLength: 1, maxLength: 6 }));
  await fc.assert(
    fc.asyncProperty(cases, async ([index, damages]) => {
      const bytes = damaged(files[index]!, damages);
      let reads = 0;
      const read = async (start: number, end: number) => {
        reads++;
        if (reads > 20_000) throw new Error('reads without an end');
        return bytes.subarray(start, end);
      };
      const found = await probeBytes({ size: bytes.length, isFar: false, read }, 'a file').catch((error) => {
        if (isUserError(error)) return error;
        throw error;
      });
      expect(reads).toBeLessThan(20_000);
      if (isUserError(found)) expect(found.code).toBe('MEDIA_UNSUPPORTED');
      else {
        const { width, height, durationUs } = found.facts;
        for (const number of [width, height, durationUs]) {
          expect(Number.isSafeInteger(number) && number >= 0, JSON.stringify(found.facts)).toBe(true);
        }
        const numbers = found.streams.flatMap((stream) =>
          Object.values(stream).filter((value) => typeof value === 'number'),
        );
        expect(numbers.every(Number.isFinite), JSON.stringify(found.streams)).toBe(true);
      }
    }),
    { numRuns: 400 },
  );
  for (const spy of spies) expect(spy).not.toHaveBeenCalled();
  vi.restoreAllMocks();
});
