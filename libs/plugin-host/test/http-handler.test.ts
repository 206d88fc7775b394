import { UserError } from '@cozecut/problems';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  guarded,
  hostOf,
  logged,
  manifestOf,
  manifestOfGuide,
  outcome,
  type Reply,
  type Seen,
  startServer,
  temporaryFolder,
} from './support/plugin.ts';

const folder = temporaryFolder();
let answer: (seen: Seen, nth: number) => Reply;
let server: Awaited<ReturnType<typeof startServer>>;
beforeAll(async () => {
  server = await startServer((seen, nth) => answer(seen, nth));
});
afterAll(() => server.close());
beforeEach(() => {
  answer = () => ({ body: {} });
  server.seen.length = 0;
  logged.length = 0;
});

const KEY = 'k-123/"+&e';
const services = { secret: () => KEY };
const guide = () => manifestOfGuide('notes').replaceAll('https://api.example.com', server.url);
/** A tool with any input and output and this handler. */
const host = (http: object, more: object = {}, ports: object = services) =>
  hostOf(
    folder,
    manifestOf(
      Object.entries({
        handler: { http },
        input: { type: 'object' },
        output: { type: 'object' },
        ...more,
      })
        .map(([key, value]) => `${key}: ${JSON.stringify(value)}`)
        .join('\n'),
    ),
    ports,
  );
const last = () => server.seen.at(-1)!;

describe('the request', () => {
  test('the guide: path, query and header are filled in, the answer is mapped', async () => {
    answer = () => ({ body: { items: [{ title: 'One' }, { title: 'Two' }] } });
    const result = await outcome(
      hostOf(folder, guide(), services),
      { book: 'été & co', text: 'a&b=c#d' },
      'cloud',
    );
    expect(result).toEqual({ notes: [{ title: 'One' }, { title: 'Two' }], first: 'One' });
    expect(last()).toMatchObject({
      method: 'GET',
      url: '/v1/books/%C3%A9t%C3%A9%20%26%20co/notes?q=a%26b%3Dc%23d&order=date-desc',
      headers: { authorization: `Bearer ${KEY}`, accept: 'application/json' },
      body: '',
    });
  });

  test('the guide: a body keeps types, and leaves out what is missing', async () => {
    const add = (input: unknown) => outcome(hostOf(folder, guide(), services), input, 'cloud', 'add_note');
    await add({ title: '{tags} }}', tags: ['a', 'b'], author: { name: 'Ann' } });
    expect(last()).toMatchObject({ method: 'POST', headers: { 'content-type': 'application/json' } });
    expect(JSON.parse(last().body)).toEqual({
      note: { title: 'Re: {tags} }}', tags: ['a', 'b'], author: 'Ann' },
      format: '{plain}',
    });
    await add({ title: 'x' });
    expect(JSON.parse(last().body)).toEqual({ note: { title: 'Re: x' }, format: '{plain}' });
  });

  test('the whole input is the body when there is none', async () => {
    await outcome(host({ url: `${server.url}/` }), { a: [1, { b: null }], t: '{x}' });
    expect(JSON.parse(last().body)).toEqual({ a: [1, { b: null }], t: '{x}' });
  });

  test('a text template is sent as plain text', async () => {
    await outcome(host({ url: `${server.url}/`, body: 'Dear {name}, {{}}' }), { name: 'Ann\n"B"' });
    expect(last()).toMatchObject({
      body: 'Dear Ann\n"B", {}',
      headers: { 'content-type': 'text/plain; charset=utf-8' },
    });
  });

  test('a text value is JSON, unless the handler says what it is', async () => {
    await outcome(host({ url: `${server.url}/`, body: '{xml}' }), { xml: '<a/>' });
    expect(last()).toMatchObject({ body: '"<a/>"', headers: { 'content-type': 'application/json' } });
    const headers = { 'Content-Type': 'application/xml' };
    await outcome(host({ url: `${server.url}/`, body: '{xml}', headers }), { xml: '<a/>' });
    expect(last()).toMatchObject({ body: '<a/>', headers: { 'content-type': 'application/xml' } });
  });

  test.each(['GET', 'DELETE'])('%s has no body', async (method) => {
    await outcome(host({ method, url: `${server.url}/x` }), { a: 1 });
    expect(last()).toMatchObject({ method, body: '' });
    expect(last().headers).not.toHaveProperty('content-type');
  });

  test('a query of the address stays, lists and objects become JSON text, null is left out', async () => {
    const query = { list: '{list}', none: '{none}', deep: '{o.a.1}' };
    await outcome(host({ method: 'GET', url: `${server.url}/x?fixed=a%20b&n={n}`, query }), {
      n: 5,
      list: [1, 'é'],
      none: null,
      o: { a: [0, 'deep'] },
    });
    expect(last().url).toBe('/x?fixed=a%20b&n=5&list=%5B1%2C%22%C3%A9%22%5D&deep=deep');
  });
});

describe('hostile input', () => {
  const get = (input: unknown, url = '/v1/{id}/x') =>
    outcome(host({ method: 'GET', url: `${server.url}${url}`, query: { q: '{q}' } }), input);

  test.each(['.', '..', ''])('a segment cannot be %j', async (id) => {
    expect(await get({ id })).toMatchObject({ error: { code: 'INPUT_INVALID' } });
    expect(server.seen).toEqual([]);
  });

  test.each([
    ['/v1/.{id}', '.'],
    ['/v1/%2e{id}', '.'],
    ['/v1/{id}{id}', '.'],
  ])('%s with %j is no way up', async (url, id) => {
    expect(await get({ id }, url)).toMatchObject({ error: { code: 'INPUT_INVALID' } });
    expect(server.seen).toEqual([]);
  });

  test.each(['../../etc', 'a/b', 'a?b=c', 'a#b', 'a\\..\\b', '%2e%2e%2f', 'a\r\nb', '{secret:KEY}', '{q}'])(
    'the value %j stays in its segment',
    async (id) => {
      await get({ id, q: id });
      const url = new URL(last().url, server.url);
      expect(url.pathname.split('/')).toHaveLength(4);
      expect(decodeURIComponent(url.pathname.split('/')[2]!)).toBe(id);
      expect([...url.searchParams]).toEqual([['q', id]]);
    },
  );

  test('whatever the values are, the address keeps its host and its segments', async () => {
    const asked: string[] = [];
    const watched = hostOf(folder, manifestOfGuide('notes'), {
      ...services,
      fetch: async (url) => {
        asked.push(String(url));
        return new Response('{"items":[]}');
      },
    });
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 30 }),
      fc
        .array(fc.constantFrom('.', '/', '\\', '?', '#', '@', ':', '%2e', '%', '\t', '\n', 'a', '{', '}'))
        .map((parts) => parts.join('')),
    );
    await fc.assert(
      fc.asyncProperty(text, text, async (book, q) => {
        asked.length = 0;
        const result = await watched.call('find_notes', { book, text: q }, { mode: 'cloud' });
        if (['', '.', '..'].includes(book)) {
          expect(result).toMatchObject({ ok: false, error: { code: 'INPUT_INVALID' } });
          return;
        }
        const url = new URL(asked[0]!);
        expect(url.origin).toBe('https://api.example.com');
        expect(url.hash + url.username + url.password).toBe('');
        const [root, v1, books, name, notes, ...more] = url.pathname.split('/');
        expect([root, v1, books, notes, more]).toEqual(['', 'v1', 'books', 'notes', []]);
        expect(decodeURIComponent(name!)).toBe(book.toWellFormed());
        expect([...url.searchParams.keys()]).toEqual(['q', 'order']);
        expect(url.searchParams.get('q')).toBe(q.toWellFormed());
      }),
    );
  });

  test.each(['a\r\nx-evil: 1', 'a\nb', 'a\u0000', '日本'])('a header cannot get %j', async (name) => {
    const result = await outcome(host({ url: `${server.url}/`, headers: { 'x-name': '{name}' } }), { name });
    expect(result).toMatchObject({ error: { code: 'INPUT_INVALID' } });
    expect(server.seen).toEqual([]);
  });

  test('what is missing inside a longer text is named', async () => {
    expect(await get({})).toMatchObject({
      error: { code: 'INPUT_INVALID', message: expect.stringContaining('"id"') },
    });
    const body = { say: 'Hello {person.name}' };
    expect(await outcome(host({ url: `${server.url}/`, body }), { person: {} })).toMatchObject({
      error: { code: 'INPUT_INVALID', message: expect.stringContaining('"person.name"') },
    });
  });

  test('a prototype is not a value', async () => {
    const body = { a: '{constructor}', b: '{o.__proto__}', c: '$.input.o.toString', d: '{list.length}' };
    await outcome(host({ url: `${server.url}/`, body }), { o: {}, list: [1] });
    expect(JSON.parse(last().body)).toEqual({});
  });

  test('the egress rules refuse what they do not allow', async () => {
    const stranger = host({ url: `${server.url}/` }, {}, { fetch: guarded([]) });
    expect(await outcome(stranger, {})).toMatchObject({ error: { code: 'EGRESS_DENIED' } });
    expect(server.seen).toEqual([]);
  });
});

describe('the answer', () => {
  const ask = (http: object = {}) => outcome(host({ url: `${server.url}/v1/x?a=b`, ...http }), {});

  test('nothing is an empty object', async () => {
    answer = () => ({ status: 204 });
    expect(await ask()).toEqual({});
  });

  test('a response template reads lists, single values and the status', async () => {
    answer = () => ({ status: 201, body: [1, { a: 'x' }] });
    const response = { all: '$.data', a: '$.data[1].a', none: '$.data[7]', status: '$.status', fixed: 1 };
    expect(await ask({ response })).toEqual({ all: [1, { a: 'x' }], a: 'x', status: 201, fixed: 1 });
  });

  test.each([
    ['a list', { body: [1] }],
    ['a number', { body: '5' }],
    ['a page', { body: '<html>', headers: { 'content-type': 'text/html' } }],
    ['half an object', { body: '{"a":' }],
  ])('%s is not an output', async (_name, reply) => {
    answer = () => reply;
    expect(await ask()).toMatchObject({
      error: { code: 'UPSTREAM_INVALID', message: expect.stringContaining(`POST ${server.url}/v1/x`) },
    });
  });

  test('another status is told, with the beginning of what was said', async () => {
    answer = () => ({ status: 404, body: `no such\n  thing ${'x'.repeat(1000)}` });
    const result = await ask();
    expect(result).toMatchObject({ error: { code: 'UPSTREAM_FAILED' } });
    const { message } = (result as { error: { message: string } }).error;
    expect(message).toContain(`POST ${server.url}/v1/x answered 404: no such thing xxx`);
    expect(message.length).toBeLessThan(300 + 80);
  });

  test('the detail of a problem document is what is told', async () => {
    answer = () => ({
      status: 422,
      headers: { 'content-type': 'application/problem+json' },
      body: { title: 'Bad', detail: 'the title is taken' },
    });
    expect(await ask()).toMatchObject({
      error: { message: `POST ${server.url}/v1/x answered 422: the title is taken` },
    });
  });

  test('an answer against the output schema does not get through', async () => {
    answer = () => ({ body: { count: 'many' } });
    const output = { type: 'object', properties: { count: { type: 'integer' } } };
    expect(await outcome(host({ url: `${server.url}/` }, { output }), {})).toMatchObject({
      error: { code: 'OUTPUT_INVALID' },
    });
  });
});

describe('secrets', () => {
  const places = {
    headers: { 'x-key': '{secret:API_KEY}' },
    query: { key: '{secret:API_KEY}' },
    body: { key: '{secret:API_KEY}', deep: ['Bearer {secret:API_KEY}'] },
  };

  test('they are looked up at each call and sent in header, query and body', async () => {
    const asked: string[] = [];
    const secret = (reference: string) => {
      asked.push(reference);
      return KEY;
    };
    const one = host({ url: `${server.url}/`, ...places }, {}, { secret });
    await one.preload();
    expect(asked).toEqual([]);
    await outcome(one, {});
    expect(new Set(asked)).toEqual(new Set(['secret:API_KEY']));
    expect(last().headers['x-key']).toBe(KEY);
    expect(new URL(last().url, server.url).searchParams.get('key')).toBe(KEY);
    expect(JSON.parse(last().body)).toEqual({ key: KEY, deep: [`Bearer ${KEY}`] });
  });

  test('neither an error nor the log has them, also when the other side repeats them', async () => {
    answer = ({ url, headers, body }) => ({ status: 500, body: `${url} ${headers['x-key']} ${body}` });
    const echoed = await outcome(host({ url: `${server.url}/`, ...places }), {});
    answer = ({ headers }) => ({ body: JSON.stringify(headers['x-key']) });
    const scalar = await outcome(host({ url: `${server.url}/`, ...places }), {});
    const refused = await outcome(
      host({ url: `${server.url}/`, ...places }, {}, { ...services, fetch: guarded([]) }),
      {},
    );
    const broken = { ...services, fetch: () => Promise.reject(new TypeError(`fetch of ?key=${KEY} failed`)) };
    const unreachable = await outcome(host({ url: `${server.url}/`, ...places }, {}, broken), {});
    expect([echoed, scalar, refused, unreachable]).toMatchObject(
      ['UPSTREAM_FAILED', 'UPSTREAM_INVALID', 'EGRESS_DENIED', 'UPSTREAM_UNREACHABLE'].map((code) => ({
        error: { code },
      })),
    );
    const told = JSON.stringify([echoed, scalar, refused, unreachable, logged]);
    expect(told).not.toContain('k-123');
  });

  test('a secret that is not there is said by name, and nothing is sent', async () => {
    const secret = () => {
      throw new UserError('SECRET_MISSING', 'the secret API_KEY is not set');
    };
    const result = await outcome(host({ url: `${server.url}/`, ...places }, {}, { secret }), {});
    expect(result).toMatchObject({ error: { code: 'SECRET_MISSING' } });
    expect(server.seen).toEqual([]);
  });

  test('a secret that is no line of Latin letters is not put into a header, and not shown', async () => {
    const one = host({ url: `${server.url}/`, ...places }, {}, { secret: () => 'hidden\nx-evil: 1' });
    const result = await outcome(one, {});
    expect(result).toMatchObject({ error: { code: 'SECRET_INVALID' } });
    expect(JSON.stringify([result, logged])).not.toContain('hidden');
    expect(server.seen).toEqual([]);
  });

  test('a value cannot name a secret', async () => {
    await outcome(host({ url: `${server.url}/`, body: { a: '{a}', b: 'x {a}' } }), { a: '{secret:API_KEY}' });
    expect(JSON.parse(last().body)).toEqual({ a: '{secret:API_KEY}', b: 'x {secret:API_KEY}' });
  });

  test('a redirect does not take them along', async () => {
    answer = ({ url }) =>
      url === '/a' ? { status: 307, headers: { location: '/b' } } : { body: { ok: true } };
    expect(await outcome(host({ url: `${server.url}/a` }), {})).toEqual({ ok: true });
    server.seen.length = 0;
    const kept = await outcome(host({ url: `${server.url}/a`, headers: places.headers }), {});
    expect(kept).toMatchObject({ error: { code: 'UPSTREAM_UNREACHABLE' } });
    expect(server.seen).toHaveLength(1);
  });
});

describe('retries', () => {
  /** A host whose waits take no time; `random` 0 gives the shortest wait. */
  const patient = (http: object, more: object, ports: object = {}) => {
    const waits: number[] = [];
    const wait = async (ms: number) => void waits.push(ms);
    return { waits, host: host(http, more, { random: () => 0, wait, ...ports }) };
  };
  const get = { method: 'GET', url: '' };
  const failing = (times: number, reply: Reply) => (_seen: Seen, nth: number) =>
    nth <= times ? reply : { body: { nth } };
  beforeEach(() => {
    get.url = `${server.url}/`;
  });

  test.each([429, 502, 503, 504])('status %d is tried again, with growing waits', async (status) => {
    answer = failing(2, { status });
    const { waits, host } = patient(get, { retries: 2 });
    expect(await outcome(host, {})).toEqual({ nth: 3 });
    expect(waits).toEqual([125, 250]);
  });

  test('the waits have a cap and jitter', async () => {
    answer = () => ({ status: 503 });
    const { waits, host } = patient(get, { retries: 8, timeout: '10m' }, { random: () => 0.5 });
    expect(await outcome(host, {})).toMatchObject({ error: { code: 'UPSTREAM_FAILED' } });
    expect(waits).toEqual([188, 375, 750, 1500, 3000, 6000, 6000, 6000]);
  });

  test.each([400, 401, 404, 500])('status %d is not tried again', async (status) => {
    answer = failing(1, { status });
    expect(await outcome(patient(get, { retries: 2 }).host, {})).toMatchObject({
      error: { code: 'UPSTREAM_FAILED' },
    });
    expect(server.seen).toHaveLength(1);
  });

  test('a POST is repeated only when that is harmless', async () => {
    answer = failing(1, { status: 503 });
    const post = { url: `${server.url}/` };
    const harmless = { retries: 1, effects: { idempotent: true } };
    expect(await outcome(patient(post, { retries: 1 }).host, {})).toMatchObject({
      error: { code: 'UPSTREAM_FAILED' },
    });
    server.seen.length = 0;
    expect(await outcome(patient(post, harmless).host, {})).toEqual({ nth: 2 });
    server.seen.length = 0;
    const keyed = { retries: 1, effects: { idempotent: 'key' } };
    expect(await outcome(patient(post, keyed).host, {})).toMatchObject({
      error: { code: 'UPSTREAM_FAILED' },
    });
  });

  test('no connection is tried again', async () => {
    const gone = await startServer(() => ({}));
    await gone.close();
    const { waits, host } = patient({ method: 'GET', url: gone.url }, { retries: 2 });
    expect(await outcome(host, {})).toMatchObject({
      error: { code: 'UPSTREAM_UNREACHABLE', message: expect.stringContaining('connection refused') },
    });
    expect(waits).toHaveLength(2);
  });

  test('Retry-After is waited for, as seconds or as a date', async () => {
    const now = Date.parse('2026-01-01T00:00:00Z');
    answer = (_seen, nth) =>
      nth === 1
        ? { status: 429, headers: { 'retry-after': '7' } }
        : nth === 2
          ? { status: 503, headers: { 'retry-after': 'Thu, 01 Jan 2026 00:00:09 GMT' } }
          : { body: { nth } };
    const { waits, host } = patient(get, { retries: 3 }, { now: () => now });
    expect(await outcome(host, {})).toEqual({ nth: 3 });
    expect(waits).toEqual([7000, 9000]);
  });

  test('a wait beyond the deadline is not begun', async () => {
    answer = () => ({ status: 429, headers: { 'retry-after': '60' }, body: 'slow down' });
    const { waits, host } = patient(get, { retries: 3, timeout: '30s' });
    expect(await outcome(host, {})).toMatchObject({
      error: { code: 'UPSTREAM_FAILED', message: expect.stringContaining('429: slow down') },
    });
    expect(waits).toEqual([]);
  });

  test('the deadline ends a request and a wait', async () => {
    const hanging = host(
      { method: 'GET', url: `${server.url}/` },
      { timeout: '50ms' },
      {
        fetch: (_url: unknown, init: RequestInit) =>
          new Promise((_resolve, reject) => {
            init.signal?.addEventListener('abort', () => reject(init.signal?.reason));
          }),
      },
    );
    expect(await outcome(hanging, {})).toMatchObject({ error: { code: 'DEADLINE_EXCEEDED' } });
  });
});

describe('a template that cannot be read stops the plugin before the first call', () => {
  test.each([
    ['a value in the host', { url: 'https://{a}.example.com/' }],
    ['a value in the port', { url: 'https://example.com:{a}/' }],
    ['an open brace', { url: 'https://example.com/', body: { a: '{a' } }],
    ['a secret in the address', { url: 'https://example.com/{secret:KEY}' }],
    ['the answer in the body', { url: 'https://example.com/', body: '$.data' }],
    ['a header of two lines', { url: 'https://example.com/', headers: { a: 'b\n' } }],
  ])('%s', async (_name, http) => {
    await expect((async () => host(http).preload())()).rejects.toMatchObject({
      code: expect.stringMatching(/^(MANIFEST_INVALID|HANDLER_TEMPLATE)$/),
    });
  });
});
