import { once } from 'node:events';
import { request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import { join } from 'node:path';
import { createAuthenticator, createSharedTokenCheck } from '@cozecut/auth';
import { diskFiles, loadManifest } from '@cozecut/manifest';
import { createArchives, createHost, type HostServices } from '@cozecut/plugin-host';
import type { Store } from '@cozecut/store';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { listen, type RunningServer, type ServerOptions } from '../src/index.ts';
import { closeGate, type House, openHouse, putArchive, call as request } from './harness.ts';

let house: House;
let folder: string;
let store: Store;
let logged: string[];
let server: RunningServer;
/** Answers before any job has ended. */
let hasty: RunningServer;
const start = (change?: Partial<ServerOptions>) => house.start(change);

beforeAll(async () => {
  house = await openHouse();
  ({ folder, store, logged } = house);
  server = await start();
  hasty = await start({ jobWaitMs: 0 });
});
afterAll(() => house.close());

const call = (path: string, body?: unknown, init: RequestInit = {}, { url }: { url: string } = server) =>
  request(url + path, body, init);

async function settled(path: string, done: (body: { status: string; phase: string }) => boolean) {
  for (;;) {
    const answer = await call(path);
    if (done(answer.body)) return answer;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

describe('a tool at its path', () => {
  test('takes path and body as one input', async () => {
    const answer = await call('/v1/groups/g%201/words', { words: ['a', 'b'] });
    expect(answer).toMatchObject({ status: 200, body: { text: 'g 1: a b' } });
  });

  test('refuses bad input with problem+json that names each mistake', async () => {
    const answer = await call('/v1/groups/g/words', { words: [1], more: true });
    expect(answer).toMatchObject({
      status: 400,
      type: expect.stringMatching(/^application\/problem\+json/),
      body: { code: 'INPUT_INVALID', status: 400 },
    });
    expect(answer.body.problems.map((problem: { message: string }) => problem.message).toSorted()).toEqual([
      'unknown key "more" in the input',
      'words[0] must be text (got 1)',
    ]);
  });

  test('under /coze/plugin always answers 200, a failure in declared fields', async () => {
    expect(await call('/coze/plugin/v1/groups/g/words', { words: '["a"]' })).toMatchObject({
      status: 200,
      body: { success: true, error_code: '', message: '', text: 'g: a' },
    });
    const failed = await call('/coze/plugin/v1/groups/g/words', {});
    expect(failed).toMatchObject({ status: 200, body: { success: false, error_code: 'INPUT_INVALID' } });
    // All that helps to do it right the next time is in the one text that a model sees.
    expect(failed.body.message).toContain('the input needs "words"; words: Words');
    for (const [path, body, type, code] of [
      ['groups/g/words', '{bad', 'application/json', 'INPUT_INVALID'],
      ['groups/g/words', 'a=b', 'text/plain', 'CONTENT_TYPE_UNSUPPORTED'],
      ['nothing', '{}', 'application/json', 'ROUTE_NOT_FOUND'],
    ] as const) {
      const answer = await call(`/coze/plugin/v1/${path}`, body, { headers: { 'content-type': type } });
      expect(answer).toMatchObject({ status: 200, body: { success: false, error_code: code } });
      expect(answer.body.message).not.toBe('');
    }
  });

  test('that is not for this mode is not there', async () => {
    expect(await call('/v1/tools/by_hand', {})).toMatchObject({
      status: 404,
      body: { code: 'ROUTE_NOT_FOUND' },
    });
  });
});

describe('a body', () => {
  test('of a type that is made of JSON is read as such', async () => {
    const headers = { 'content-type': 'application/vnd.api+json; charset=utf-8' };
    const answer = await call('/v1/groups/a/words', { words: ['b'] }, { headers });
    expect(answer).toMatchObject({ status: 200, body: { text: 'a: b' } });
  });

  test.each([
    ['that is not JSON', '{"words": [', {}, 400],
    ['of another type', 'words=a', { 'content-type': 'application/x-www-form-urlencoded' }, 415],
    ['without a type', '{}', { 'content-type': '' }, 415],
    ['in an unknown encoding', '{}', { 'content-encoding': 'zip' }, 415],
    ['that is a list', '[]', {}, 400],
    ['that is too large for the tool', JSON.stringify({ words: ['x'.repeat(3_000)] }), {}, 413],
    ['that is too large for every tool', JSON.stringify({ words: ['x'.repeat(9_000_000)] }), {}, 413],
  ])('%s is refused', async (_name, body, headers, status) => {
    const answer = await call('/v1/groups/g/words', body, { headers: headers as Record<string, string> });
    expect(answer.status).toBe(status);
    expect(answer.type).toMatch(/problem\+json/);
  });
});

describe('a tool that takes its time', () => {
  test('is answered whole when it is quick', async () => {
    expect(await call('/v1/slow', {})).toMatchObject({ status: 200, body: { done: true } });
  });

  test('is answered with a job that can be asked for', async () => {
    const open = closeGate('asked');
    const accepted = await call('/v1/slow', { gate: 'asked' }, {}, hasty);
    expect(accepted).toMatchObject({ status: 202, body: { job_id: expect.any(String) } });
    const path = accepted.headers.get('location')!;
    const begun = await settled(path, (body) => body.phase === 'work');
    expect(begun.body).toMatchObject({ status: 'running', progress: 0.4, phase: 'work', message: 'working' });
    open();
    const ended = await settled(path, (body) => body.status !== 'running');
    expect(ended.body).toMatchObject({ status: 'succeeded', progress: 1, output: { done: true } });
  });

  test('that breaks says nothing about this machine; the log does', async () => {
    const answer = await call('/v1/slow', { fail: true });
    expect(answer).toMatchObject({ status: 500, body: { code: 'INTERNAL' } });
    expect(JSON.stringify(answer.body)).not.toContain('/secret/place');
    expect(logged.join('\n')).toContain('/secret/place');
  });

  test('goes on in another process when its own one stops', async () => {
    const open = closeGate('parked');
    const { body } = await call('/v1/slow', { gate: 'parked' }, {}, hasty);
    const path = `/v1/jobs/${body.job_id}`;
    await settled(path, ({ phase }) => phase === 'work');
    // Whichever of the two has it puts it back, and a third one takes it.
    const third = await start();
    await Promise.all([server.close(), hasty.close()]);
    open();
    const state = async () => (await call(path, undefined, {}, third)).body.status;
    while ((await state()) !== 'succeeded') await new Promise((resolve) => setTimeout(resolve, 20));
    await third.close();
    server = await start();
    hasty = await start({ jobWaitMs: 0 });
  });

  test('a job nobody knows is 404', async () => {
    expect(await call('/v1/jobs/none')).toMatchObject({ status: 404, body: { code: 'JOB_NOT_FOUND' } });
  });
});

describe('the draft API', () => {
  test('takes an export as it is', async () => {
    const answer = await call('/api/draft/generate', { tracks: [], drafts: [] });
    expect(answer).toMatchObject({
      status: 200,
      body: {
        success: true,
        status: 'completed',
        job_id: expect.any(String),
        drafts: [{ folder_path: '/drafts/tracks' }, { folder_path: '/drafts/drafts' }],
      },
    });
    expect(answer.body.draft_ids).toEqual(
      answer.body.drafts.map((draft: { draft_id: string }) => draft.draft_id),
    );
  });

  test('takes {content}, and answers at once with ids while the work goes on', async () => {
    const open = closeGate('generate');
    const answer = await call('/api/draft/generate', { content: 'slow' }, {}, hasty);
    expect(answer).toMatchObject({
      status: 202,
      body: { status: 'processing', drafts: [{ folder_path: '/drafts/slow' }] },
    });
    const path = `/api/draft/status/${answer.body.draft_ids[0]}`;
    expect((await call(path)).body).toMatchObject({ status: 'processing', progress: 0.1, phase: 'read' });
    open();
    const ended = await settled(path, (body) => body.status !== 'processing');
    expect(ended.body).toMatchObject({
      success: true,
      status: 'completed',
      progress: 1,
      folder_path: '/drafts/slow',
      problems: [{ code: 'W1', severity: 'warning', message: 'look' }],
      links: {},
    });
  });

  test('refuses what the tool refuses, with a status of its own', async () => {
    expect(await call('/api/draft/generate', { content: 'x', extra: 1 })).toMatchObject({ status: 400 });
    expect(await call('/api/draft/status/none')).toMatchObject({
      status: 404,
      body: { code: 'DRAFT_NOT_FOUND' },
    });
  });

  test('is the same operation for Coze, with 200 whatever happens', async () => {
    const open = closeGate('generate');
    const { status, body } = await call('/coze/plugin/api/draft/generate', { content: 'slow' }, {}, hasty);
    expect([status, body]).toMatchObject([
      200,
      { success: true, status: 'processing', draft_ids: [expect.any(String)], job_id: expect.any(String) },
    ]);
    const path = `/coze/plugin/api/draft/status/${body.draft_ids[0]}`;
    expect((await call(path)).body).toMatchObject({ status: 'processing' });
    open();
    await expect.poll(async () => (await call(path)).body.status, { timeout: 20_000 }).toBe('completed');
    const listed = await call('/coze/plugin/api/draft/list?q=slow');
    expect(listed).toMatchObject({ status: 200, body: { success: true, total: expect.any(Number) } });
    for (const [bad, sent] of [
      ['generate', 'null'],
      ['generate', 'no json'],
      ['status/nothing', undefined],
      ['list?cursor=nothing', undefined],
    ] as const) {
      const answer = await call(`/coze/plugin/api/draft/${bad}`, sent);
      expect([bad, answer.status, answer.body.success]).toEqual([bad, 200, false]);
    }
  });

  test('takes what a form of Coze left out for left out', async () => {
    const sent = { content: 'form', output_folder: '', fps: 0 };
    const { body } = await call('/coze/plugin/api/draft/generate', sent);
    expect(body).toMatchObject({ success: true, status: 'completed' });
    expect(await call('/api/draft/generate', sent)).toMatchObject({ status: 400 });
  });

  test('logs the call of its job with the request that asked for it', async () => {
    const headers = { 'x-request-id': 'asked-here' };
    const { body } = await call('/api/draft/generate', { content: 'logged' }, { headers });
    const line = logged.find((text) => text.startsWith('tool call') && text.includes(body.job_id));
    expect(line).toContain('"request":"asked-here"');
  });

  test('does not know a draft that was made and deleted', async () => {
    const { body } = await call('/api/draft/generate', { content: 'deleted' });
    const [id] = body.draft_ids;
    expect((await call(`/api/draft/status/${id}`)).body).toMatchObject({ status: 'completed' });
    await store.drafts.remove(id);
    expect(await call(`/api/draft/status/${id}`)).toMatchObject({
      status: 404,
      body: { code: 'DRAFT_NOT_FOUND' },
    });
  });

  test('lists drafts in pages and by name', async () => {
    for (const name of ['list one', 'list two', 'list three']) await store.drafts.create({}, { name });
    const first = await call('/api/draft/list?q=list&limit=2');
    expect(first.body).toMatchObject({
      success: true,
      total: 3,
      drafts: [{ name: 'list three' }, { name: 'list two' }],
    });
    await store.drafts.create({}, { name: 'café' });
    const inParts = await call(`/api/draft/list?q=${encodeURIComponent('cafe\u0301')}`);
    expect(inParts.body.drafts).toMatchObject([{ name: 'café' }]);
    const second = await call(`/api/draft/list?q=list&limit=2&cursor=${first.body.next_cursor}`);
    expect(second.body.drafts).toMatchObject([{ name: 'list one', status: 'open' }]);
    expect(second.body.next_cursor).toBeUndefined();
  });

  test('gives the archive once there is one', async () => {
    const { id } = await store.drafts.create({}, { name: '早间新闻' });
    const path = `/v1/drafts/${id}/archive`;
    expect(await call(path)).toMatchObject({ status: 404, body: { code: 'ARCHIVE_NOT_FOUND' } });
    const sha256 = await putArchive(store, id, 'zip');
    const answer = await call(path);
    expect(answer).toMatchObject({ status: 200, body: 'zip' });
    expect(answer.headers.get('content-disposition')).toContain(encodeURIComponent('早间新闻.zip'));
    expect((await call(`/api/draft/status/${id}`)).body.links).toEqual({ archive: `${path}/${sha256}.zip` });
    expect(await call(`${path}/${sha256}.zip`)).toMatchObject({ status: 200, body: 'zip' });
    expect((await call(`${path}/${'0'.repeat(64)}.zip`)).body.code).toBe('ARCHIVE_NOT_FOUND');
  });

  test('gives the part of an archive that is asked for, and nothing that is there already', async () => {
    const { id } = await store.drafts.create({}, { name: 'parts' });
    const sha256 = await putArchive(store, id, '0123456789');
    for (const path of [`/v1/drafts/${id}/archive`, `/v1/drafts/${id}/archive/${sha256}.zip`]) {
      const ask = (headers: Record<string, string>) => call(path, undefined, { headers });
      const rest = await ask({ range: 'bytes=6-', 'if-range': `"${sha256}"` });
      expect(rest).toMatchObject({ status: 206, body: '6789' });
      expect(rest.headers.get('content-range')).toBe('bytes 6-9/10');
      expect(rest.headers.get('etag')).toBe(`"${sha256}"`);
      expect(await ask({ range: 'bytes=-11' })).toMatchObject({ status: 206, body: '0123456789' });
      expect(await ask({ range: 'bytes=6-', 'if-range': '"other"' })).toMatchObject({ status: 200 });
      expect(await ask({ range: 'bytes=10-' })).toMatchObject({
        status: 416,
        body: { code: 'RANGE_INVALID' },
      });
      const known = { 'if-none-match': `"${sha256}"`, 'cache-control': 'max-age=0' };
      expect(await ask(known)).toMatchObject({ status: 304, body: '' });
      const head = await call(path, undefined, { method: 'HEAD' });
      expect([head.status, head.headers.get('content-length')]).toEqual([200, '10']);
    }
  });
});

test('documents, signs of life and the page', async () => {
  const docs = await fetch(`${server.url}/docs`, { redirect: 'manual' });
  expect([docs.status, docs.headers.get('location')]).toEqual([302, './#/reference']);
  const openapi = await call('/openapi.json?profile=coze');
  expect(openapi.body).toMatchObject({ openapi: '3.0.1', servers: [{ url: server.url }] });
  expect(Object.keys(openapi.body.paths)).toContain('/coze/plugin/v1/groups/{group}/words');
  expect(JSON.stringify(openapi.body)).not.toContain('by_hand');
  expect(await call('/openapi.json?profile=nope')).toMatchObject({ status: 400 });
  const summaryIn = async (query: string) => {
    const { paths } = (await call(`/openapi.json?profile=full${query}`)).body;
    return paths['/v1/groups/{group}/words'].post.summary;
  };
  expect(await summaryIn('&texts=zh-CN')).toBe('连接词语');
  expect(await summaryIn('&texts=fr')).toBe('Join words');
  expect(await summaryIn('&texts[a]=zh')).toBe('Join words');
  expect((await call('/api/health')).body).toMatchObject({
    status: 'ok',
    plugin: { name: 'sample', version: '1.2.3' },
  });
  expect((await call('/coze/health')).body).toMatchObject({
    success: true,
    timestamp: expect.any(String),
    data: { task_result: { success: true, timestamp: expect.any(String), data: { status: 'ok' } } },
  });
  expect((await call('/')).body).toContain('<title>page</title>');
});

test('a page on a foreign name that resolves to this machine is refused', async () => {
  const { port } = new URL(server.url);
  const status = await new Promise<number | undefined>((resolve, reject) => {
    httpRequest(
      { host: '127.0.0.1', port, path: '/api/draft/list', headers: { host: 'evil.example' } },
      (response) => {
        response.resume();
        resolve(response.statusCode);
      },
    )
      .on('error', reject)
      .end();
  });
  expect(status).toBe(421);
});

test('with tokens, strangers see only the signs of life, the page and the documents', async () => {
  const check = createAuthenticator([
    createSharedTokenCheck([{ id: 'coze', owner: 'coze', scopes: ['tools:call'], token: 'right' }]),
  ]);
  const guarded = await start({
    authorise: ({ authorization }) => check(authorization),
  });
  const status = async (path: string, token?: string) =>
    (
      await fetch(
        guarded.url + path,
        token === undefined ? {} : { headers: { authorization: `Bearer ${token}` } },
      )
    ).status;
  expect(await status('/api/health')).toBe(200);
  expect(await status('/openapi.json')).toBe(200);
  expect(await status('/api/draft/list')).toBe(401);
  expect(await status('/api/draft/list', 'wrong')).toBe(401);
  expect(await status('/api/draft/list', 'right')).toBe(200);
  expect(await status('/v1/jobs/none', 'wrong')).toBe(401);
  await guarded.close();
});

test('a port in use is a clear error', async () => {
  const { port } = new URL(server.url);
  const plugin = loadManifest(join(folder, 'plugin.yaml'), { env: {}, ...diskFiles });
  const host = createHost({ plugin, services: {} as HostServices });
  const options = {
    host,
    store,
    archives: createArchives(store),
    isLoopback: true,
    log: console,
    version: '',
  };
  await expect(listen(options, { host: '127.0.0.1', port: Number(port) })).rejects.toMatchObject({
    code: 'PORT_IN_USE',
  });
});

describe('what express and its parsers refuse', () => {
  test('is the mistake of the caller', async () => {
    const packed = { headers: { 'content-encoding': 'gzip' } };
    expect(await call('/v1/drafts', { name: 'a' }, packed)).toMatchObject({
      status: 400,
      body: { code: 'INPUT_INVALID' },
    });
    expect(await call('/index.html', undefined, { headers: { range: 'bytes=9999-' } })).toMatchObject({
      status: 416,
      body: { code: 'RANGE_INVALID' },
    });
  });

  test('connections that never finish their headers are closed while others are answered', async () => {
    const { url } = await start({ headersTimeoutMs: 1_000 });
    const { hostname, port } = new URL(url);
    const slow = await Promise.all(
      Array.from({ length: 500 }, async () => {
        const socket = connect(Number(port), hostname);
        const closed = once(socket, 'close');
        socket.on('error', () => undefined).resume();
        await once(socket, 'connect');
        socket.write('GET /livez HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: ');
        return closed;
      }),
    );
    expect(await call('/livez', undefined, {}, { url })).toMatchObject({ status: 200 });
    await Promise.all(slow);
    expect(await call('/livez', undefined, {}, { url })).toMatchObject({ status: 200 });
  });
});
