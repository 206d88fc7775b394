import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { makePng } from '../../../tools/src/sample-media/index.ts';
import type { MediaLibraryOptions, MediaProgress } from '../src/index.ts';
import { failure, filesBelow, library, loopbackFetch, serve, sha256, temporaryFolder } from './support.ts';

/** Behind its end a PNG may hold anything. */
const picture = (color: number) =>
  Buffer.concat([makePng(9, 9, () => [color, 0, 0]), Buffer.alloc(400_000, color)]);
const red = picture(1);
const blue = picture(2);
const END = `${red.length - 1}/${red.length}`;

/** What the download of the test has got of its file so far. */
let arrivedBytes = 0;

/** Sends the first part of an answer and breaks off when the other side has it. */
function breakOff(response: ServerResponse, first: Buffer, start: number): void {
  response.write(first);
  const timer = setInterval(() => {
    if (arrivedBytes < start + first.length && first.length > 0) return;
    clearInterval(timer);
    response.destroy();
  }, 5);
}

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
    else breakOff(response, body.subarray(0, limit), isPart ? start : 0);
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
      const onProgress = (progress: MediaProgress) => {
        arrivedBytes = progress.receivedBytes;
        options.onProgress?.(progress);
      };
      arrivedBytes = 0;
      const one = library({ cacheFolder, ...options, onProgress });
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

  test.each(['aborted', 'cut off because its host drips'])('goes on after it was %s', async (way) => {
    const asked: string[] = [];
    const { origin } = await serve((request, response) => {
      const start = Number(/\d+/.exec(request.headers.range ?? '')?.[0] ?? 0);
      asked.push(request.headers.range ?? '-');
      response.setHeader('etag', '"1"');
      if (start === 0) {
        response.setHeader('content-length', red.length);
        response.write(red.subarray(0, 100_000));
      } else {
        response.setHeader('content-range', `bytes ${start}-${red.length - 1}/${red.length}`);
        response.writeHead(206).end(red.subarray(start));
      }
    });
    const isAborted = way === 'aborted';
    const { get } = calls(
      isAborted ? {} : { fetch: loopbackFetch({ slowGraceMs: 2_000, minBytesPerSecond: 1e6 }) },
    );
    const stop = new AbortController();
    const first = get(origin, stop.signal);
    if (isAborted) {
      const outcome = expect(first).rejects.toThrow('no time');
      await expect.poll(() => arrivedBytes, { timeout: 20_000 }).toBe(100_000);
      stop.abort(new Error('no time'));
      await outcome;
    } else await failure(first, 'MEDIA_TIMEOUT');
    expect((await get(origin)).sha256).toBe(sha256(red));
    expect(asked).toEqual(['-', expect.stringMatching(/^bytes=[1-9]\d*-$/)]);
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
    ['another range', (response) => response.setHeader('content-range', `bytes 99999-${END}`)],
    [
      'a range of something longer',
      (response) => response.setHeader('content-range', 'bytes 100000-999998/999999'),
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
        breakOff(response, red.subarray(0, 100_000), 0);
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

  test('not a closed port', async () => {
    const pauses: number[] = [];
    const wait = async (ms: number) => void pauses.push(ms);
    const { get } = calls({ wait });
    await failure(get('http://127.0.0.1:2/a.png'), 'MEDIA_UNREACHABLE');
    expect(pauses).toEqual([]);
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
