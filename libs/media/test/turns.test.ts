import { describe, expect, test } from 'vitest';
import { failure, loopbackFetch, serve } from './support.ts';

/** A host that answers only when it is told to. */
async function gate() {
  const waiting: (() => void)[] = [];
  const server = await serve((_, response) => {
    response.write('begun ');
    waiting.push(() => response.end('done'));
  });
  const arrived = (count: number) => expect.poll(() => server.asked.length, { timeout: 20_000 }).toBe(count);
  return { ...server, arrived, finish: () => waiting.shift()?.() };
}

describe('requests at once', () => {
  test('to one host are limited, and go in the order they came', async () => {
    const host = await gate();
    const fetch = loopbackFetch({ maxConcurrentPerHost: 2 });
    const get = async (path: string) => (await fetch(`${host.origin}${path}`)).text();
    const all = ['/1', '/2', '/3', '/4', '/5'].map(get);
    for (let open = 2; open <= 5; open++) {
      await host.arrived(open);
      host.finish();
    }
    host.finish();
    expect(await Promise.all(all)).toEqual(Array(5).fill('begun done'));
    expect(host.asked).toEqual(['/1', '/2', '/3', '/4', '/5']);
  });

  test('to a busy host do not hold up those to another', async () => {
    const [busy, free] = [await gate(), await gate()];
    const fetch = loopbackFetch({ maxConcurrent: 2, maxConcurrentPerHost: 1 });
    const get = async (url: string) => (await fetch(url)).text();
    const slow = [get(`${busy.origin}/1`), get(`${busy.origin}/2`), get(`${busy.origin}/3`)];
    await busy.arrived(1);
    const other = get(free.origin);
    await free.arrived(1);
    free.finish();
    expect(await other).toBe('begun done');
    for (let open = 1; open <= 3; open++) {
      await busy.arrived(open);
      busy.finish();
    }
    await Promise.all(slow);
  });

  test('that wait are bounded', async () => {
    const host = await gate();
    const fetch = loopbackFetch({ maxConcurrentPerHost: 1, maxWaiting: 2 });
    const all = [1, 2, 3].map(async (id) => (await fetch(`${host.origin}/${id}`)).text());
    await host.arrived(1);
    const error = await failure(fetch(`${host.origin}/4`), 'MEDIA_BUSY');
    expect(error).toMatchObject({ retryable: true, message: expect.stringContaining('2 requests') });
    for (let open = 1; open <= 3; open++) {
      await host.arrived(open);
      host.finish();
    }
    await Promise.all(all);
  });

  test('that wait can be aborted, and their waiting counts for their deadline', async () => {
    const host = await gate();
    const fetch = loopbackFetch({ maxConcurrentPerHost: 1, totalTimeoutMs: 400 });
    const holder = await fetch(host.origin);
    const leaver = new AbortController();
    const left = fetch(host.origin, { signal: leaver.signal });
    const late = fetch(host.origin).then((response) => response.text());
    leaver.abort(new Error('no time'));
    await expect(left).rejects.toThrow('no time');
    await failure(late, 'MEDIA_TIMEOUT');
    await failure(holder.text(), 'MEDIA_TIMEOUT');
  });

  test.each(['cancelled', 'read', 'refused', 'aborted', 'forgotten'])(
    'make room when an answer is %s',
    async (way) => {
      const { origin } = await serve((request, response) => {
        if (request.url === '/first' && way === 'refused')
          response.writeHead(302, { location: 'ftp://a/' }).end();
        else if (request.url === '/first' && way !== 'read') response.write('begun');
        else response.end('whole');
      });
      const fetch = loopbackFetch({ maxConcurrent: 1, totalTimeoutMs: way === 'forgotten' ? 300 : 20_000 });
      const stop = new AbortController();
      const first = await fetch(`${origin}/first`, { signal: stop.signal }).catch(() => undefined);
      if (way === 'cancelled') await first?.body?.cancel();
      if (way === 'read') await first?.text();
      if (way === 'aborted') stop.abort();
      // A body that nobody reads gives its place back at its deadline, which is also that of the one that waits.
      if (way === 'forgotten') await fetch(origin).catch(() => undefined);
      expect(await (await fetch(origin)).text()).toBe('whole');
    },
  );
});
