import { once } from 'node:events';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { createGuardedFetch } from '../src/index.ts';
import { failure, loopbackFetch, serve } from './support.ts';

describe('what may be reached', () => {
  test('a loopback address only by an entry that names it', async () => {
    const { origin, port } = await serve((_, response) => response.end('hello'));
    const reach = (allow: string[], url = `${origin}/`) =>
      createGuardedFetch({ allow, denyPrivate: true, maxBytes: 100 })(url);

    for (const allow of [['127.0.0.1'], [`127.0.0.1:${port}`], ['*', '0x7f.1']]) {
      expect(await (await reach(allow)).text()).toBe('hello');
    }
    expect(await (await reach([`localhost:${port}`], `http://localhost:${port}/`)).text()).toBe('hello');
    for (const allow of [[], ['*'], [`127.0.0.1:${port + 1}`], ['localhost'], ['*.0.0.1'], ['example.com']]) {
      await failure(reach(allow), 'EGRESS_DENIED');
    }
    await failure(reach(['127.0.0.1', '*'], `http://localhost:${port}/`), 'EGRESS_DENIED');
  });

  test('a private address like any other when private ones are not denied', async () => {
    const { origin } = await serve((_, response) => response.end('hello'));
    const fetch = createGuardedFetch({ allow: [], denyPrivate: false, maxBytes: 100 });
    expect(await (await fetch(origin)).text()).toBe('hello');
    const narrow = createGuardedFetch({ allow: ['example.com'], denyPrivate: false, maxBytes: 100 });
    await failure(narrow(origin), 'EGRESS_DENIED');
  });

  test('a host that is not in the list is not even looked up', async () => {
    const fetch = createGuardedFetch({ allow: ['*.example.com'], denyPrivate: true, maxBytes: 100 });
    for (const url of ['http://example.com/', 'http://example.com.evil.test/', 'http://badexample.com/']) {
      const error = await failure(fetch(url), 'EGRESS_DENIED');
      expect(error.message).toContain('not in the egress allow list');
      expect(error.hint).toContain('egress.allow');
    }
  });

  test('no other scheme, no user name, and messages without secrets', async () => {
    const fetch = loopbackFetch();
    for (const url of ['ftp://example.com/a', 'file:///etc/passwd', 'data:text/plain,hi']) {
      await failure(fetch(url), 'EGRESS_DENIED');
    }
    const error = await failure(fetch('http://me:pass@127.0.0.1:2/a.mp4?sign=secret#x'), 'EGRESS_DENIED');
    expect(error.message).not.toMatch(/me:|pass@|secret/);
    expect(error.message).toContain('http://127.0.0.1:2/a.mp4');
    await failure(fetch('no address'), 'MEDIA_ADDRESS_INVALID');
  });

  test.each(['http://example.com', 'exa mple.com', '', ':80', 'a*.com', '*x', 'host:99:99'])(
    'the allow entry %j is not understood',
    (entry) => {
      expect(() => createGuardedFetch({ allow: [entry], denyPrivate: true, maxBytes: 1 })).toThrow(
        JSON.stringify(entry),
      );
    },
  );
});

describe('redirects', () => {
  test('are followed, with the address they ended at', async () => {
    const { origin } = await serve((request, response) => {
      if (request.url === '/end') response.end('there');
      else response.writeHead(302, { location: '/end' }).end('elsewhere');
    });
    const response = await loopbackFetch()(`${origin}/start`);
    expect(response.url).toBe(`${origin}/end`);
    expect(await response.text()).toBe('there');
  });

  test.each([
    'http://localhost:PORT/',
    'http://2130706433:PORT/',
    'http://[::1]:PORT/',
    'ftp://example.com/',
  ])('to %s is refused and not asked', async (target) => {
    const inner = await serve((_, response) => response.end('secret'));
    const location = target.replace('PORT', String(inner.port));
    const outer = await serve((_, response) => response.writeHead(307, { location }).end());
    const fetch = createGuardedFetch({
      allow: ['*', `127.0.0.1:${outer.port}`],
      denyPrivate: true,
      maxBytes: 100,
    });
    const error = await failure(fetch(`${outer.origin}/a`), 'EGRESS_DENIED');
    expect(error.message).toContain(`redirected from ${outer.origin}/a`);
    expect(inner.asked).toEqual([]);
  });

  test('in a circle end', async () => {
    const { origin, asked } = await serve((_, response) =>
      response.writeHead(302, { location: '/again' }).end(),
    );
    const error = await failure(loopbackFetch({ maxRedirects: 3 })(origin), 'MEDIA_UNREACHABLE');
    expect(error.message).toContain('more than 3 times');
    expect(asked).toHaveLength(4);
  });

  test('do not carry credentials to another origin', async () => {
    const seen: Record<string, string | undefined>[] = [];
    const second = await serve((request, response) => {
      seen.push({ authorization: request.headers.authorization, kind: request.headers['x-kind'] as string });
      response.end();
    });
    const first = await serve((_, response) => response.writeHead(302, { location: second.origin }).end());
    await loopbackFetch()(first.origin, { headers: { authorization: 'Bearer x', 'x-kind': 'a' } });
    expect(seen).toEqual([{ authorization: undefined, kind: 'a' }]);
  });

  test('repeat a body with 307 and drop it with 303', async () => {
    const { origin } = await serve(async (request, response) => {
      if (request.url === '/303' || request.url === '/307') {
        response.writeHead(Number(request.url.slice(1)), { location: '/end' }).end();
        return;
      }
      let body = '';
      for await (const chunk of request) body += chunk;
      response.end(`${request.method} ${body}`);
    });
    const post = async (path: string) =>
      (await loopbackFetch()(`${origin}${path}`, { method: 'POST', body: 'data' })).text();
    expect(await post('/307')).toBe('POST data');
    expect(await post('/303')).toBe('GET ');
  });
});

describe('limits', () => {
  test('a length that is announced too large is refused before the body', async () => {
    const { origin } = await serve((_, response) => {
      response.writeHead(200, { 'content-length': '1000001' });
      response.write('x');
    });
    const error = await failure(
      loopbackFetch({ maxBytes: 1_000_000 })(`${origin}/big.mp4`),
      'MEDIA_TOO_LARGE',
    );
    expect(error.message).toContain('announces 1000001 bytes');
  });

  test('a body without a length is cut off at the limit', async () => {
    const { origin } = await serve((_, response) => {
      const more = () => response.write(Buffer.alloc(10_000)) && setImmediate(more);
      response.on('drain', more);
      more();
    });
    const response = await loopbackFetch({ maxBytes: 1_000_000 })(`${origin}/endless.mp4`);
    await failure(response.arrayBuffer(), 'MEDIA_TOO_LARGE');
  });

  test('a body counts as it is after decompression', async () => {
    const bomb = gzipSync(Buffer.alloc(5_000_000));
    const { origin } = await serve((_, response) => {
      response.writeHead(200, { 'content-encoding': 'gzip', 'content-length': bomb.length }).end(bomb);
    });
    const response = await loopbackFetch({ maxBytes: 1_000_000 })(origin);
    await failure(response.arrayBuffer(), 'MEDIA_TOO_LARGE');
  });

  test('a body of exactly the limit passes', async () => {
    const { origin } = await serve((_, response) => response.end(Buffer.alloc(1000)));
    const response = await loopbackFetch({ maxBytes: 1000 })(origin);
    expect((await response.arrayBuffer()).byteLength).toBe(1000);
  });

  test('a host that drips is cut off', async () => {
    const { origin } = await serve((_, response) => {
      const timer = setInterval(() => response.write('.'), 20);
      response.on('close', () => clearInterval(timer));
    });
    const response = await loopbackFetch({ totalTimeoutMs: 300 })(`${origin}/slow.mp4`);
    const error = await failure(response.arrayBuffer(), 'MEDIA_TIMEOUT');
    expect(error.message).toContain(`${origin}/slow.mp4 took longer than the 300 ms`);
  });

  test('a host that never answers is cut off', async () => {
    const { origin } = await serve(() => undefined);
    await failure(loopbackFetch({ totalTimeoutMs: 200 })(origin), 'MEDIA_TIMEOUT');
  });

  test('a body that ends early is an error', async () => {
    const { origin } = await serve((_, response) => {
      response.writeHead(200, { 'content-length': '1000' });
      response.write('only this', () => response.destroy());
    });
    const response = await loopbackFetch()(`${origin}/cut.mp4`);
    await failure(response.arrayBuffer(), 'MEDIA_TRUNCATED');
  });

  test('nobody at the address', async () => {
    const { origin, port } = await serve((_, response) => response.end());
    const error = await failure(loopbackFetch()(origin.replace(String(port), '2')), 'MEDIA_UNREACHABLE');
    expect(error.message).toContain('connection refused');
  });
});

describe('the caller', () => {
  test('may abort before the answer and during the body, and sees the own reason', async () => {
    const { origin } = await serve((request, response) => {
      if (request.url === '/body') response.write('begin');
    });
    const before = new AbortController();
    const waiting = loopbackFetch()(origin, { signal: before.signal });
    before.abort(new Error('enough'));
    await expect(waiting).rejects.toThrow('enough');

    const during = new AbortController();
    const response = await loopbackFetch()(`${origin}/body`, { signal: during.signal });
    const text = response.text();
    during.abort(new Error('enough now'));
    await expect(text).rejects.toThrow('enough now');
  });

  test('may cancel a body, which closes the connection', async () => {
    const closed = Promise.withResolvers<void>();
    const { origin } = await serve((_, response) => {
      response.write('begin');
      void once(response, 'close').then(() => closed.resolve());
    });
    const response = await loopbackFetch()(origin);
    await response.body?.cancel();
    await closed.promise;
  });

  test('gets an ordinary answer: status, headers, JSON, no body', async () => {
    const { origin } = await serve((request, response) => {
      if (request.url === '/none') response.writeHead(204).end();
      else response.writeHead(404, { 'content-type': 'application/json', 'x-a': 'b' }).end('{"a":1}');
    });
    const response = await loopbackFetch()(new Request(origin));
    expect(response).toBeInstanceOf(Response);
    expect([response.status, response.ok, response.headers.get('x-a')]).toEqual([404, false, 'b']);
    expect(await response.json()).toEqual({ a: 1 });
    expect((await loopbackFetch()(`${origin}/none`)).body).toBeNull();
  });
});
