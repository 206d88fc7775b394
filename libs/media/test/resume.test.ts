import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { makePng } from '../../../tools/src/sample-media/index.ts';
import type { MediaLibraryOptions } from '../src/index.ts';
import { failure, filesBelow, library, loopbackFetch, serve, sha256, temporaryFolder } from './support.ts';

/** Behind its end a PNG may hold anything. */
const picture = (color: number) =>
  Buffer.concat([makePng(9, 9, () => [color, 0, 0]), Buffer.alloc(400_000, color)]);
const red = picture(1);
const blue = picture(2);

interface HostState {
  content: Buffer;
  headers: Record<string, string>;
  /** How many bytes each answer gives before it breaks off; the ones after the last are whole. */
  breaks: number[];
  /** `range if-range status` of each request. */
  log: string[];
  /** Changes an answer 206. */
  tamper: (response: ServerResponse) => void;
  hasRanges: boolean;
}

/** A host that breaks off, and knows ranges. */
async function host(changes: Partial<HostState> = {}): Promise<HostState & { url: string }> {
  const state: HostState = {
    ...{ content: red, headers: { etag: '"1"' }, breaks: [], log: [], tamper: () => {}, hasRanges: true },
    ...changes,
  };
  const answer = (request: IncomingMessage, response: ServerResponse) => {
    const { range, 'if-range': validator } = request.headers;
    const start = Number(/^bytes=(\d+)-$/.exec(range ?? '')?.[1] ?? 0);
    const { etag, 'last-modified': modified } = state.headers;
    const isPart = state.hasRanges && range !== undefined && (validator === etag || validator === modified);
    for (const [name, value] of Object.entries(state.headers)) response.setHeader(name, value);
    if (isPart && start >= state.content.length) response.statusCode = 416;
    else if (isPart) {
      response.statusCode = 206;
      response.setHeader(
        'content-range',
        `bytes ${start}-${state.content.length - 1}/${state.content.length}`,
      );
      state.tamper(response);
    }
    state.log.push(`${range ?? '-'} ${validator ?? '-'} ${response.statusCode}`);
    const body = state.content.subarray(isPart ? start : 0);
    const limit = state.breaks.shift();
    if (!response.hasHeader('transfer-encoding')) response.setHeader('content-length', body.length);
    if (limit === undefined) response.end(body);
    else response.write(body.subarray(0, limit), () => setTimeout(() => response.destroy(), 20));
  };
  const { origin } = await serve(answer);
  return Object.assign(state, { url: `${origin}/a.png` });
}

/** Open attempts one after the other over one folder, as calls make them. */
function calls(options: Partial<MediaLibraryOptions> = {}) {
  const cacheFolder = join(temporaryFolder(), 'cache');
  return {
    cacheFolder,
    get: async (url: string, signal?: AbortSignal) => {
      const one = library({ cacheFolder, ...options });
      try {
        return await one.open(url, { signal });
      } finally {
        await one.close();
      }
    },
  };
}

describe('a download that breaks off', () => {
  test('goes on where it was, within one call', async () => {
    const page = await host({ breaks: [100_000, 50_000] });
    const progress: number[] = [];
    const { get } = calls({ onProgress: ({ receivedBytes }) => progress.push(receivedBytes) });
    const file = await get(page.url);
    expect([file.sha256, file.bytes]).toEqual([sha256(red), red.length]);
    expect(page.log).toEqual(['- - 200', 'bytes=100000- "1" 206', 'bytes=150000- "1" 206']);
    expect(progress).toEqual(progress.toSorted((a, b) => a - b));
    expect(progress.at(-1)).toBe(red.length);
  });

  test('goes on at the next call, after each kind of end', async () => {
    const page = await host({ breaks: [100_000, 0, 0, 0] });
    const { get, cacheFolder } = calls();
    await failure(get(page.url), 'MEDIA_TRUNCATED');
    expect((await filesBelow(cacheFolder)).filter((path) => path.includes('leases'))).toEqual([]);
    page.breaks = [];
    expect((await get(page.url)).sha256).toBe(sha256(red));
    expect(page.log.at(-1)).toBe('bytes=100000- "1" 206');
  });

  test('goes on after it was aborted, and after its host was too slow', async () => {
    for (const way of ['abort', 'slow']) {
      let isFirst = true;
      const asked: string[] = [];
      const begun = Promise.withResolvers<void>();
      const { origin } = await serve((request, response) => {
        asked.push(request.headers.range ?? '-');
        response.setHeader('etag', '"1"');
        if (isFirst) {
          isFirst = false;
          response.setHeader('content-length', red.length);
          response.write(red.subarray(0, 100_000), () => begun.resolve());
        } else {
          response.setHeader('content-range', `bytes 100000-${red.length - 1}/${red.length}`);
          response.writeHead(206).end(red.subarray(100_000));
        }
      });
      const fetch = loopbackFetch(way === 'slow' ? { slowGraceMs: 300, minBytesPerSecond: 1 } : {});
      let received = 0;
      const { get } = calls({
        fetch,
        onProgress: ({ receivedBytes }) => {
          received = receivedBytes;
        },
      });
      const stop = new AbortController();
      const first = get(origin, stop.signal);
      if (way === 'slow') await failure(first, 'MEDIA_TIMEOUT');
      else {
        first.catch(() => undefined);
        await begun.promise;
        await expect.poll(() => received, { timeout: 20_000 }).toBe(100_000);
        stop.abort(new Error('no time'));
        await expect(first).rejects.toThrow('no time');
      }
      expect((await get(origin)).sha256).toBe(sha256(red));
      expect(asked, way).toEqual(['-', 'bytes=100000-']);
    }
  });

  test('begins anew when the content changed in the meantime', async () => {
    const page = await host({ breaks: [100_000, 0, 0, 0] });
    const { get } = calls();
    await failure(get(page.url), 'MEDIA_TRUNCATED');
    Object.assign(page, { breaks: [], content: blue, headers: { etag: '"2"' } });
    expect((await get(page.url)).sha256).toBe(sha256(blue));
    expect(page.log.at(-1)).toBe('bytes=100000- "1" 200');
  });

  test('goes on by the date of the content when that is old enough', async () => {
    const date = 'Fri, 02 Jan 2026 00:00:00 GMT';
    for (const [modified, expected] of [
      ['Fri, 02 Jan 2026 00:00:00 GMT', '- - 200'],
      ['Thu, 01 Jan 2026 00:00:00 GMT', 'bytes=100000- Thu, 01 Jan 2026 00:00:00 GMT 206'],
    ]) {
      const page = await host({ breaks: [100_000], headers: { date, 'last-modified': modified! } });
      expect((await calls().get(page.url)).sha256).toBe(sha256(red));
      expect(page.log).toEqual(['- - 200', expected]);
    }
  });

  test.each<[string, Partial<HostState>]>([
    ['has no validator', { headers: {} }],
    ['has a weak one', { headers: { etag: 'W/"1"' } }],
    ['says it knows no ranges', { headers: { etag: '"1"', 'accept-ranges': 'none' } }],
  ])('begins anew when its host %s', async (_, changes) => {
    const page = await host({ breaks: [100_000], ...changes });
    const { get, cacheFolder } = calls();
    expect((await get(page.url)).sha256).toBe(sha256(red));
    expect(page.log).toEqual(['- - 200', '- - 200']);
    expect((await filesBelow(cacheFolder)).filter((path) => path.includes('parts'))).toEqual([]);
  });

  test.each<[string, (response: ServerResponse) => void]>([
    ['another range', (response) => response.setHeader('content-range', 'bytes 99999-400000/400001')],
    [
      'a range of something longer',
      (response) => response.setHeader('content-range', 'bytes 100000-1/999999'),
    ],
    ['no range at all', (response) => response.removeHeader('content-range')],
    ['the range of another version', (response) => response.setHeader('etag', '"2"')],
    ['a packed range', (response) => response.setHeader('content-encoding', 'gzip')],
  ])('begins anew when the answer has %s', async (_, tamper) => {
    const page = await host({ breaks: [100_000], tamper });
    expect((await calls().get(page.url)).sha256).toBe(sha256(red));
    expect(page.log).toEqual(['- - 200', 'bytes=100000- "1" 206', '- - 200']);
  });

  test('is larger than the limit only by all of its parts, and is refused then', async () => {
    const page = await host({ breaks: [250_000], headers: { etag: '"1"', 'transfer-encoding': 'chunked' } });
    const { get, cacheFolder } = calls({ fetch: loopbackFetch({ maxBytes: 300_000 }) });
    await failure(get(page.url), 'MEDIA_TOO_LARGE');
    expect(page.log).toHaveLength(2);
    expect(await filesBelow(cacheFolder)).toEqual([]);
  });

  test('by a host that gives a range in pieces is put together', async () => {
    const asked: string[] = [];
    const { origin } = await serve((request, response) => {
      asked.push(request.headers.range ?? '-');
      response.setHeader('etag', '"1"');
      const start = Number(/\d+/.exec(request.headers.range ?? '')?.[0] ?? -1);
      if (start < 0) {
        response.setHeader('content-length', red.length);
        response.write(red.subarray(0, 100_000), () => setTimeout(() => response.destroy(), 20));
        return;
      }
      const end = Math.min(start + 100_000, red.length);
      response.setHeader('content-range', `bytes ${start}-${end - 1}/${red.length}`);
      response.writeHead(206).end(red.subarray(start, end));
    });
    expect((await calls().get(origin)).sha256).toBe(sha256(red));
    expect(asked).toEqual(['-', 'bytes=100000-', 'bytes=200000-', 'bytes=300000-', 'bytes=400000-']);
  });
});

describe('what is tried again', () => {
  test.each([408, 425, 429, 500, 502, 503, 504])('an answer %i, up to four times', async (status) => {
    const pauses: number[] = [];
    let bad = 3;
    const { origin, asked } = await serve((_, response) => {
      if (bad-- > 0) response.writeHead(status).end();
      else response.end(red);
    });
    const wait = async (ms: number) => void pauses.push(ms);
    expect((await calls({ wait, random: () => 0.5 }).get(origin)).sha256).toBe(sha256(red));
    expect(pauses).toEqual([250, 500, 1000]);
    bad = 100;
    await failure(calls({ wait }).get(origin), 'MEDIA_UNREACHABLE');
    expect(asked).toHaveLength(8);
  });

  test.each([400, 401, 403, 404, 410, 416, 451, 501])('not an answer %i', async (status) => {
    const { origin, asked } = await serve((_, response) => response.writeHead(status).end());
    await expect(calls().get(origin)).rejects.toThrow(`HTTP ${status}`);
    expect(asked).toHaveLength(1);
  });

  test('after the time that the host asks for, unless that is too long', async () => {
    const pauses: number[] = [];
    let retryAfter = '7';
    const { origin, asked } = await serve((_, response) => {
      response.writeHead(asked.length === 1 ? 503 : 200, { 'retry-after': retryAfter }).end(red);
    });
    const wait = async (ms: number) => void pauses.push(ms);
    await calls({ wait }).get(origin);
    expect(pauses).toEqual([7000]);
    asked.length = 0;
    retryAfter = '3600';
    await failure(calls({ wait }).get(origin), 'MEDIA_UNREACHABLE');
    expect(asked).toHaveLength(1);
  });

  test('only within the deadline of the whole download', async () => {
    const { origin, asked } = await serve((_, response) => response.writeHead(503).end());
    const { get } = calls({
      totalTimeoutMs: 300,
      wait: (_, signal) => new Promise((resolve) => signal.addEventListener('abort', () => resolve())),
    });
    await failure(get(origin), 'MEDIA_TIMEOUT');
    expect(asked).toHaveLength(1);
  });
});
