import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { makePng } from '../../../tools/src/sample-media/index.ts';
import { EGRESS_LIMITS } from '../src/index.ts';
import { failure, library, loopbackFetch, serve, serveRaw } from './support.ts';

const MANY = 'x'.repeat(EGRESS_LIMITS.maxHeaderBytes + 1);

describe('an answer that is no HTTP', () => {
  test.each([
    ['a page without a status line, as in HTTP/0.9', '<html>hello</html>\r\n'],
    ['another protocol', 'SSH-2.0-OpenSSH_9.9\r\n'],
    ['nothing', ''],
    ['zero bytes', '\0'.repeat(1000)],
    ['a status that is none', 'HTTP/1.1 9999 What\r\n\r\n'],
    ['a version that is none', 'HTTP/9.9 200 OK\r\ncontent-length: 0\r\n\r\n'],
    ['a length that is no number', 'HTTP/1.1 200 OK\r\ncontent-length: many\r\n\r\nx'],
    ['a length below nothing', 'HTTP/1.1 200 OK\r\ncontent-length: -1\r\n\r\nx'],
    ['two lengths', 'HTTP/1.1 200 OK\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\nxx'],
    [
      'a length and chunks',
      'HTTP/1.1 200 OK\r\ncontent-length: 3\r\ntransfer-encoding: chunked\r\n\r\n1\r\nx\r\n0\r\n\r\n',
    ],
    ['a header without an end', `HTTP/1.1 200 OK\r\nx-long: ${MANY}`],
    ['headers without an end', `HTTP/1.1 200 OK\r\n${'a: b\r\n'.repeat(10_000)}`],
    ['a header in two lines with a null byte', 'HTTP/1.1 200 OK\r\na: b\0c\r\ncontent-length: 0\r\n\r\n'],
    [
      'an upgrade that nobody asked for',
      'HTTP/1.1 101 Switching Protocols\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n',
    ],
  ])('%s', async (_, bytes) => {
    const origin = await serveRaw((socket) => socket.end(Buffer.from(bytes, 'latin1')));
    await failure(loopbackFetch({ totalTimeoutMs: 15_000 })(`${origin}/a.mp4`), 'MEDIA_UNREACHABLE');
  });

  test.each([
    ['a chunk whose size is no number', 'transfer-encoding: chunked\r\n\r\nzz\r\nx\r\n0\r\n\r\n'],
    ['a chunk that is longer than it says', 'transfer-encoding: chunked\r\n\r\n1\r\nxyz\r\n0\r\n\r\n'],
    ['chunks without an end', 'transfer-encoding: chunked\r\n\r\n1\r\nx\r\n'],
    ['less than was announced', 'content-length: 10\r\n\r\nonly'],
    ['gzip that is none', 'content-encoding: gzip\r\ncontent-length: 4\r\n\r\nnone'],
  ])('whose body is %s', async (_, rest) => {
    const origin = await serveRaw((socket) => socket.end(`HTTP/1.1 200 OK\r\n${rest}`));
    const response = await loopbackFetch()(`${origin}/a.mp4`);
    await failure(response.arrayBuffer(), 'MEDIA_TRUNCATED');
  });

  test('more than was announced is not read', async () => {
    const origin = await serveRaw((socket) =>
      socket.end('HTTP/1.1 200 OK\r\ncontent-length: 4\r\n\r\nfourHTTP/1.1 200 OK\r\n\r\nmore'),
    );
    expect(await (await loopbackFetch()(`${origin}/a`)).text()).toBe('four');
  });
});

describe('content that grows when it is unpacked', () => {
  const plain = Buffer.alloc(5_000_000);
  test.each([
    ['gzip', gzipSync(plain)],
    ['deflate', deflateSync(plain)],
    ['br', brotliCompressSync(plain)],
    ['gzip, gzip', gzipSync(gzipSync(plain))],
    ['br, gzip', gzipSync(brotliCompressSync(plain))],
  ])('by %s is cut off at the limit', async (encoding, bomb) => {
    expect(bomb.length).toBeLessThan(100_000);
    const { origin } = await serve((_, response) =>
      response.writeHead(200, { 'content-encoding': encoding }).end(bomb),
    );
    const response = await loopbackFetch({ maxBytes: 100_000 })(origin);
    await failure(response.arrayBuffer(), 'MEDIA_TOO_LARGE');
  });

  test('in more layers than anybody needs is refused', async () => {
    let bomb = gzipSync(plain);
    for (let layer = 1; layer < 20; layer++) bomb = gzipSync(bomb);
    const { origin } = await serve((_, response) =>
      response.writeHead(200, { 'content-encoding': Array(20).fill('gzip').join(', ') }).end(bomb),
    );
    await failure(loopbackFetch({ maxBytes: 100_000 })(origin), 'MEDIA_UNREACHABLE');
  });
});

describe('a host that drips', () => {
  const drip = (everyMs: number, bytes = 1) =>
    serve((_, response) => {
      response.writeHead(200, { 'content-length': '1000000' });
      const timer = setInterval(() => response.write(Buffer.alloc(bytes)), everyMs);
      response.on('close', () => clearInterval(timer));
    });

  test('below the minimum rate is cut off long before the deadline', async () => {
    const { origin } = await drip(10);
    const fetch = loopbackFetch({ slowGraceMs: 300, minBytesPerSecond: 10_000, totalTimeoutMs: 600_000 });
    const response = await fetch(`${origin}/slow.mp4`);
    const error = await failure(response.arrayBuffer(), 'MEDIA_TIMEOUT');
    expect(error.message).toContain('sends less than 10000 bytes in a second');
  });

  test('above the minimum rate is cut off by the deadline', async () => {
    const { origin } = await drip(5, 1000);
    const fetch = loopbackFetch({ slowGraceMs: 600_000, minBytesPerSecond: 1, totalTimeoutMs: 300 });
    const response = await fetch(`${origin}/slow.mp4`);
    const error = await failure(response.arrayBuffer(), 'MEDIA_TIMEOUT');
    expect(error.message).toContain('took longer than the 300 ms');
  });

  test('through one redirect after the other is cut off by the same deadline', async () => {
    const { origin } = await serve((request, response) => {
      const step = Number(request.url?.slice(1)) + 1;
      setTimeout(() => response.writeHead(302, { location: `/${step}` }).end(), 50);
    });
    const fetch = loopbackFetch({ totalTimeoutMs: 400, maxRedirects: 1_000_000 });
    await failure(fetch(`${origin}/0`), 'MEDIA_TIMEOUT');
  });

  test('headers, or one interim answer after the other, is cut off by the deadline', async () => {
    for (const line of ['a: b\r\n', 'HTTP/1.1 103 Early Hints\r\n\r\n']) {
      const origin = await serveRaw((socket) => {
        if (line.startsWith('a')) socket.write('HTTP/1.1 200 OK\r\n');
        const timer = setInterval(() => socket.write(line), 20);
        socket.on('close', () => clearInterval(timer));
      });
      await failure(loopbackFetch({ totalTimeoutMs: 300 })(origin), 'MEDIA_TIMEOUT');
    }
  });

  test('is not a reader who takes a while', async () => {
    const { origin } = await serve((_, response) => response.end(Buffer.alloc(300_000)));
    const fetch = loopbackFetch({ slowGraceMs: 1_500, minBytesPerSecond: 1_000_000 });
    let bytes = 0;
    for await (const chunk of (await fetch(origin)).body!) {
      bytes += chunk.byteLength;
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
    expect(bytes).toBe(300_000);
  });
});

describe('45 hosts that drip', () => {
  const serveDrips = () =>
    Promise.all(
      Array.from({ length: 45 }, () =>
        serve((_, response) => {
          response.writeHead(200, { 'content-length': '1000000' });
          const timer = setInterval(() => response.write('.'), 50);
          response.on('close', () => clearInterval(timer));
        }),
      ),
    );

  test('do not hold up another host', async () => {
    const drips = await serveDrips();
    const picture = makePng(4, 4, () => [1, 2, 3]);
    const good = await serve((_, response) => response.end(picture));
    const { open } = library({ fetch: loopbackFetch({ slowGraceMs: 600_000 }) });
    const stop = new AbortController();
    let ended = 0;
    const slow = drips.map(({ origin }) =>
      expect(open(`${origin}/slow.mp4`, { signal: stop.signal }))
        .rejects.toThrow('enough')
        .finally(() => ended++),
    );
    await Promise.all(drips.map(({ asked }) => expect.poll(() => asked.length, { timeout: 20_000 }).toBe(1)));
    for (let call = 0; call < 20; call++) {
      expect((await open(`${good.origin}/${call}.png`)).facts.width).toBe(4);
    }
    expect(ended).toBe(0);
    stop.abort(new Error('enough'));
    await Promise.all(slow);
  });

  test('are all cut off', async () => {
    const drips = await serveDrips();
    const { open } = library({ fetch: loopbackFetch({ slowGraceMs: 500, minBytesPerSecond: 10_000 }) });
    await Promise.all(drips.map(({ origin }) => failure(open(`${origin}/slow.mp4`), 'MEDIA_TIMEOUT')));
  });
});
