import { mkdtempSync, rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MkvOutputFormat, Mp4OutputFormat } from 'mediabunny';
import { afterAll, describe, expect, test } from 'vitest';
import { makeGif, makePng, makeSampleMedia } from '../../../tools/src/sample-media/index.ts';
import { remux } from './make-media.ts';
import { contentOf, failure, library, serve } from './support.ts';

/** A host that gives pieces and counts what it sent. */
async function host(
  content: Uint8Array,
  change: (response: ServerResponse, request: IncomingMessage) => void = () => {},
) {
  let sent = 0;
  const ranges: (string | undefined)[] = [];
  const server = await serve((request, response) => {
    const { range } = request.headers;
    ranges.push(range);
    response.setHeader('etag', '"1"');
    const [, from = 0, to = 0] = /^bytes=(\d+)-(\d+)$/.exec(range ?? '')?.map(Number) ?? [];
    const isPart = range !== undefined && from < content.length;
    const body = isPart ? content.subarray(from, to + 1) : content;
    if (isPart)
      response.setHeader('content-range', `bytes ${from}-${from + body.length - 1}/${content.length}`);
    response.statusCode = isPart ? 206 : 200;
    change(response, request);
    sent += body.length;
    response.end(body);
  });
  return { url: `${server.origin}/a.mp4`, ranges, sent: () => sent };
}

const folder = mkdtempSync(join(tmpdir(), 'cozecut-media-'));
afterAll(() => rmSync(folder, { recursive: true }));
const { video } = await makeSampleMedia(folder);

/** A video that is mostly padding, with its index behind that or in front of it. */
async function longVideo(indexFirst: boolean): Promise<Uint8Array> {
  const bytes = await remux(video, new Mp4OutputFormat({ fastStart: indexFirst ? 'in-memory' : false }));
  const padding = Buffer.alloc(5_000_000);
  padding.writeUInt32BE(padding.length);
  padding.write('free', 4);
  // Behind everything the padding moves nothing that the index points at.
  return Buffer.concat([bytes, padding]);
}

describe('a look into media at an address', () => {
  test.each([true, false])('gets a small part of a long video (index first: %s)', async (indexFirst) => {
    const content = await longVideo(indexFirst);
    const page = await host(content);
    const { probe, cacheFolder, close } = library();
    const found = await probe(page.url);
    expect(found).toMatchObject({
      extension: 'mp4',
      bytes: content.length,
      facts: { kind: 'video', width: 320, height: 180, durationUs: 6_000_000, hasAudio: true },
      streams: [
        { type: 'video', codec: 'avc', fps: 30 },
        { type: 'audio', codec: 'aac' },
      ],
    });
    expect(page.sent()).toBeLessThan(content.length / 2);
    await close();
    await expect(contentOf(cacheFolder)).rejects.toThrow('ENOENT');
  });

  test.each<[string, (response: ServerResponse, request: IncomingMessage) => void]>([
    [
      'knows no ranges',
      (response) => {
        response.statusCode = 200;
      },
    ],
    ['has no validator', (response) => response.removeHeader('etag')],
    ['gives a wrong range', (response) => response.setHeader('content-range', 'bytes 5-9/10')],
    [
      'changes in between',
      (response, request) => {
        if (request.headers['if-range'] !== undefined) response.statusCode = 200;
      },
    ],
  ])('downloads it when the host %s', async (_, change) => {
    const content = Buffer.concat([await readFile(video), Buffer.alloc(600_000)]);
    const mkv = Buffer.from(await remux(video, new MkvOutputFormat()));
    for (const bytes of [content, mkv]) {
      const page = await host(bytes, (response, request) => {
        if (request.headers.range !== undefined) change(response, request);
      });
      const { probe } = library();
      expect((await probe(page.url)).facts).toMatchObject({ kind: 'video', width: 320 });
    }
  });

  test('downloads what has to be read as a whole, and asks no more for what is in the cache', async () => {
    const gif = makeGif(
      300,
      Array.from({ length: 74 }, (_, index) => [index, 0, 0]),
      5,
    );
    expect(gif.length).toBeGreaterThan(24 * 262_144);
    const page = await host(gif, (response) => response.setHeader('cache-control', 'max-age=60'));
    const { probe, open } = library();
    expect((await probe(page.url)).facts).toMatchObject({ kind: 'gif', durationUs: 74 * 50_000 });
    await open(page.url);
    const asked = page.ranges.length;
    expect((await probe(page.url)).facts.kind).toBe('gif');
    expect(page.ranges).toHaveLength(asked);
  });

  test('says what a download would say', async () => {
    const web = await host(Buffer.from('<!doctype html><title>Sign in</title>'));
    const error = await failure(library().probe(web.url), 'MEDIA_UNSUPPORTED');
    expect(error.message).toContain('web page');
    const { origin } = await serve((_, response) => response.writeHead(404).end());
    await failure(library().probe(origin), 'MEDIA_NOT_FOUND');
    await failure(library().probe('http://localhost:2/a.mp4'), 'EGRESS_DENIED');
    await failure(library().probe('/etc/hostname'), 'MEDIA_FORBIDDEN');
    const gone = AbortSignal.abort(new Error('gone'));
    await expect(library().probe(web.url, { signal: gone })).rejects.toThrow('gone');
    const inside = `data:image/png;base64,${Buffer.from(makePng(3, 2, () => [0, 0, 0])).toString('base64')}`;
    expect((await library().probe(inside)).facts).toMatchObject({ kind: 'photo', width: 3, height: 2 });
  });
});
