import { createOauthServer } from '@cozecut/auth';
import { createCozeClient } from '@cozecut/coze-transport';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RunningServer } from '../src/index.ts';
import { ask } from './fuzz/ask.ts';
import { type House, openHouse } from './harness.ts';
import { noted } from './support/noted-local.ts';

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];

let house: House;
let server: RunningServer;
beforeAll(async () => {
  house = await openHouse();
  server = await house.start({
    authorise: async () => ({ id: 'a', owner: 'a', scopes: ['*'] }),
    oauth: createOauthServer({ clients: [], grants: house.store.grants, now: Date.now }),
    // Nobody is there: what matters is who answers.
    sessions: {
      client: createCozeClient({ baseUrl: 'http://127.0.0.1:9', token: 't', retry: { maxAttempts: 1 } }),
      botId: 'b',
      runsTools: false,
    },
    editor: { install: async () => ({ folder: '', app: 'capcut', problems: [] }) },
    fetchOwn: () => fetch,
    local: () => noted().service,
  });
});
afterAll(() => house.close());

async function send(method: string, path: string) {
  const body = ['GET', 'HEAD'].includes(method) ? {} : { body: '{}' };
  const { status, text, headers } = await ask(server.url, { method, path, ...body });
  return { status, headers, body: text.startsWith('{') ? JSON.parse(text) : {} };
}

/** Code of a failure, in whichever form it is told. */
const codeOf = (
  body: Record<string, never> & { data?: { task_result: { data: { error_code?: string } } } },
) => body.code ?? body.error_code ?? body.data?.task_result.data.error_code;

/** Every path of the documents, with its methods; below the prefix for Coze as well. */
async function documented(): Promise<Map<string, string[]>> {
  const paths = new Map<string, string[]>();
  for (const profile of ['server', 'full', 'coze']) {
    const { body } = await send('GET', `/openapi.json?profile=${profile}`);
    for (const [path, operations] of Object.entries(body.paths))
      paths.set(
        path,
        Object.keys(operations as object).map((method) => method.toUpperCase()),
      );
  }
  for (const [path, methods] of [...paths])
    if (path.startsWith('/api/draft/')) paths.set(`/coze/plugin${path}`, methods);
  return paths;
}

test('every path says which methods it takes, and takes them', async () => {
  const paths = await documented();
  expect([...paths.keys()]).toEqual(
    expect.arrayContaining([
      '/v1/jobs/{id}/answer',
      '/oauth/token',
      '/coze/sessions/{id}/messages',
      '/v1/groups/{group}/words',
      '/coze/plugin/v1/groups/{group}/words',
      '/coze/plugin/api/draft/list',
      '/livez',
      '/',
    ]),
  );
  const patternOf = (path: string) =>
    new RegExp(`^${path.replaceAll('.', '\\.').replace(/\{\w+\}/g, '[^/]+')}$`);
  for (const path of paths.keys()) {
    const place = path.replace(/\{\w+\}/g, 'x');
    // `/v1/drafts/generate` is the path of a draft as well.
    const here = [...paths]
      .filter(([other]) => patternOf(other).test(place))
      .flatMap(([, methods]) => methods);
    for (const method of METHODS) {
      const { status, headers, body } = await send(method, place);
      const code = codeOf(body);
      const said = `${method} ${path}: ${status} ${JSON.stringify(body)}`;
      if (here.includes(method)) {
        expect(code, said).not.toBe('METHOD_NOT_ALLOWED');
        expect(body.detail ?? '', said).not.toContain('there is nothing');
      } else {
        expect([code, status], said).toEqual([
          'METHOD_NOT_ALLOWED',
          path.startsWith('/coze/plugin/') ? 200 : 405,
        ]);
        const allowed = new Set(here.includes('GET') ? [...here, 'HEAD'] : here);
        expect(headers.allow, said).toBe([...allowed].toSorted().join(', '));
      }
    }
  }
});

test.each([
  ['DELETE', '/livez', 'GET, HEAD'],
  ['GET', '/oauth/token', 'POST'],
  ['PUT', '/oauth/authorize', 'GET, HEAD, POST'],
  ['POST', '/v1/jobs/', 'GET, HEAD'],
  ['GET', '/V1/Jobs/x/cancel', 'POST'],
  ['PUT', '/coze/sessions/a%2Fb', 'DELETE, GET, HEAD'],
  ['POST', '/api/draft/list', 'GET, HEAD'],
  ['PATCH', '/v1/owners/a', 'GET, HEAD, PUT'],
  ['POST', '/', 'GET, HEAD'],
])('%s %s is refused with the methods of the path', async (method, path, allowed) => {
  const { status, headers, body } = await send(method, path);
  expect([status, codeOf(body), headers.allow]).toEqual([405, 'METHOD_NOT_ALLOWED', allowed]);
});

test('a path that no route has is not found, whatever the method', async () => {
  for (const path of ['/v1/jobs/a/b/c', '/v1/groups/g/h/words', '/coze/plugin/v1/jobs', '/nothing'])
    for (const method of METHODS)
      expect([path, (await send(method, path)).body]).toMatchObject([
        path,
        { [path.startsWith('/coze/plugin/') ? 'error_code' : 'code']: 'ROUTE_NOT_FOUND' },
      ]);
});

test('whoever wants the headers of an event stream gets them and no stream', async () => {
  const { status, type } = await ask(server.url, { method: 'HEAD', path: '/v1/activity' });
  expect([status, type]).toEqual([200, 'text/event-stream; charset=utf-8']);
});

test('a request target that names the server, as it comes to a proxy, is its path', async () => {
  const there = await send('POST', `${server.url}/coze/plugin/v1/nothing`);
  expect([there.status, there.body]).toMatchObject([200, { success: false, error_code: 'ROUTE_NOT_FOUND' }]);
  const key = { 'idempotency-key': 'once' };
  const path = '/v1/groups/g/words';
  const sent = { method: 'POST', headers: key, body: '{"words": ["a"]}' };
  const first = await ask(server.url, { ...sent, path });
  expect(await ask(server.url, { ...sent, path: server.url + path })).toMatchObject({
    status: 200,
    text: first.text,
  });
  expect((await ask(server.url, { method: 'GET', path: server.url })).status).toBe(200);
  expect((await ask(server.url, { method: 'OPTIONS', path: '*' })).status).toBeLessThan(500);
});
