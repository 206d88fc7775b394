import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout, setImmediate as turn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { makeSampleMedia } from '../../../tools/src/sample-media/index.ts';
import type { ByteSource } from '../src/probe/byte-source.ts';
import { probeBytes } from '../src/probe/probe-bytes.ts';
import { createProbeThreads, type ProbeLimits } from '../src/probe/probe-threads.ts';
import { jpegHeader } from './make-media.ts';
import { failure, library, serve, temporaryFolder } from './support.ts';

const bytesOf = (content: Uint8Array): ByteSource => ({
  size: content.length,
  isFar: false,
  read: async (start: number, end: number) => content.subarray(start, end),
});

const HEAD = Buffer.from([...Buffer.from('GIF89a'), 8, 0, 8, 0, 0, 0, 0, 0x21, 0xfe]);

/** A picture that is a walk over blocks of one byte, as many as anybody wants to see. */
const endless: ByteSource = {
  size: 2 ** 40,
  isFar: false,
  read: async (start, end) =>
    Buffer.concat([HEAD.subarray(start), Buffer.alloc(end - start, 1)], end - start),
};

const probe = (source: ByteSource, limits: Partial<ProbeLimits>) =>
  probeBytes(source, 'a file', createProbeThreads(limits));

test('content that takes too long is left, while everything else goes on', async () => {
  let isDone = false;
  const refused = failure(probe(endless, { thinkMs: 400 }), 'MEDIA_UNSUPPORTED');
  void refused.then(() => {
    isDone = true;
  });
  // In this process there is a turn for others all the time, hundreds of them in what the content was given.
  let turns = 0;
  for (; !isDone; turns++) await turn();
  expect(turns).toBeGreaterThan(100);
  expect((await refused).message).toMatch(/^a file is damaged .*\(looking into it took more than 0\.4 s\)$/);
});

test('what comes after it is looked into, by as many threads as before', async () => {
  const threads = createProbeThreads({ thinkMs: 1_500, threads: 1 });
  const good = bytesOf(jpegHeader(7, 5, 1));
  const found = [endless, good, endless, good, good].map((source) =>
    probeBytes(source, 'a file', threads).then(
      ({ facts }) => facts.width,
      ({ code }) => code,
    ),
  );
  expect(await Promise.all(found)).toEqual(['MEDIA_UNSUPPORTED', 7, 'MEDIA_UNSUPPORTED', 7, 7]);
});

test('a thread that has been idle for too long ends, and takes no content into its end', async () => {
  const threads = createProbeThreads({ idleMs: 1 });
  const photo = bytesOf(jpegHeader(7, 5, 1));
  for (let round = 0; round < 12; round++) {
    expect((await probeBytes(photo, 'a file', threads)).facts.width).toBe(7);
    // Some of them come while it ends.
    await setTimeout(round / 4);
  }
});

test('content that takes too much memory is left', async () => {
  const { video } = await makeSampleMedia(temporaryFolder());
  const content = bytesOf(await readFile(video));
  const refused = await failure(probe(content, { memoryMb: 5 }), 'MEDIA_UNSUPPORTED');
  expect(refused.message).toContain('looking into it took more than 5 MB of memory');
  const asking = await failure(probe(content, { readBytes: 100 }), 'MEDIA_UNSUPPORTED');
  expect(asking.message).toContain('it asks for too much at once');
});

test('hosts that keep a look waiting hold up no other', async () => {
  const { video } = await makeSampleMedia(temporaryFolder());
  const whole = await readFile(video);
  const padding = Buffer.alloc(600_000);
  padding.writeUInt32BE(padding.length);
  padding.write('free', 4);
  // Between the first box and the index: that comes with another piece.
  const typeBytes = whole.readUInt32BE(0);
  const content = Buffer.concat([whole.subarray(0, typeBytes), padding, whole.subarray(typeBytes)]);
  const asked: (() => void)[] = [];
  let isSlow = true;
  const { promise: allAsked, resolve } = Promise.withResolvers<void>();
  const { origin } = await serve((request, response) => {
    const [, from = 0, to = 0] = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? '')?.map(Number) ?? [];
    const part = content.subarray(from, to + 1);
    response.writeHead(206, {
      etag: '"1"',
      'content-range': `bytes ${from}-${from + part.length - 1}/${content.length}`,
    });
    if (from === 0 || !isSlow) return void response.end(part);
    response.flushHeaders();
    asked.push(() => response.end(part));
    if (asked.length === 4) resolve();
  });
  const folder = temporaryFolder();
  const { probe: look, open } = library({ mediaRoots: [folder] });
  const waiting = Array.from({ length: 4 }, (_, index) => look(`${origin}/${index}`));
  await allAsked;
  const file = join(folder, 'own.jpg');
  await writeFile(file, jpegHeader(7, 5, 1));
  expect((await open(file)).facts).toMatchObject({ width: 7 });
  isSlow = false;
  for (const answer of asked) answer();
  for (const { facts } of await Promise.all(waiting))
    expect(facts).toMatchObject({ kind: 'video', width: 320 });
});
