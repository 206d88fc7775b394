import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createAuthenticator, createOauthServer, createUrlSigner } from '@cozecut/auth';
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import { WebSocket } from 'ws';
import { ADMIN_SCOPE, CALL_SCOPE, type RunningServer } from '../src/index.ts';
import { ask } from './fuzz/ask.ts';
import { type House, openHouse, putArchive, call as request } from './harness.ts';

const CALLBACK = 'https://www.coze.cn/api/plugin_oauth/1/authorization_code';
let house: House;
let server: RunningServer;
let now = Date.now();
/** How far the clock of tokens by OAuth is ahead. */
let aheadMs = 0;
const urls = createUrlSigner(randomBytes(32), () => now);
const tokens: Record<string, string> = {};

beforeAll(async () => {
  house = await openHouse();
  const oauth = createOauthServer({
    clients: [{ id: 'coze', secret: 'client-secret', redirectUris: [CALLBACK], scopes: [CALL_SCOPE] }],
    grants: house.store.grants,
    now: () => Date.now() + aheadMs,
  });
  const check = createAuthenticator([house.store.tokens.verify, oauth.check]);
  const authorise = ({ authorization }: { authorization?: string | undefined }) => check(authorization);
  server = await house.start({ authorise, oauth, urls, corsOrigins: ['https://page.example.com'] });
  for (const [name, scopes] of Object.entries({
    alice: [CALL_SCOPE],
    bob: [CALL_SCOPE],
    admin: [ADMIN_SCOPE, CALL_SCOPE],
    none: [],
  })) {
    tokens[name] = (await house.store.tokens.create({ owner: name, name, scopes })).text;
  }
});
afterAll(() => house.close());

const call = (path: string, who?: string, body?: unknown, init: RequestInit = {}) =>
  request(server.url + path, body, {
    ...init,
    headers: {
      ...(who === undefined ? {} : { authorization: `Bearer ${tokens[who] ?? who}` }),
      ...init.headers,
    },
  });

describe('what belongs to one owner', () => {
  test('is not there for another one', async () => {
    const { body } = await call('/v1/drafts', 'alice', { name: 'hers' });
    const id = body.draft_id as string;
    const paths = [
      `/api/draft/status/${id}`,
      `/v1/drafts/${id}/timeline.svg`,
      `/v1/drafts/${id}/revisions`,
      `/v1/drafts/${id}/timeline`,
    ];
    for (const path of paths) {
      expect([path, (await call(path, 'alice')).status]).toEqual([path, 200]);
      expect([path, (await call(path, 'bob')).status]).toEqual([path, 404]);
      expect([path, (await call(path, 'admin')).status]).toEqual([path, 200]);
      expect([path, (await call(path)).status]).toEqual([path, 401]);
    }
    expect((await call(`/v1/drafts/${id}/events`, 'bob')).status).toBe(404);
    const names = async (who: string) =>
      (await call('/api/draft/list', who)).body.drafts.map((draft: { name: string }) => draft.name);
    expect(await names('alice')).toEqual(['hers']);
    expect(await names('bob')).toEqual([]);
    expect(await names('admin')).toContain('hers');
  });

  test('jobs and calls as well', async () => {
    const { body } = await call('/api/draft/generate', 'alice', { content: { x: 1 } });
    expect((await call(`/v1/jobs/${body.job_id}`, 'bob')).status).toBe(404);
    expect((await call(`/v1/jobs/${body.job_id}`, 'alice')).body).toMatchObject({ status: 'succeeded' });
    expect((await call('/v1/jobs', 'bob')).body).toMatchObject({ total: 0 });
    const calls = async (who: string) => (await call('/v1/calls?tool=generate_draft', who)).body;
    while ((await calls('alice')).total === 0) await new Promise((resolve) => setTimeout(resolve, 20));
    expect((await calls('alice')).calls[0]).toMatchObject({
      tool: 'generate_draft',
      status: 'ok',
      job_id: body.job_id,
    });
    expect(await calls('bob')).toMatchObject({ total: 0 });
    expect((await calls('admin')).total).toBeGreaterThan(0);
  });
});

describe('a token', () => {
  test('that is wrong in any way is answered with the same words', async () => {
    const bodies = await Promise.all(
      ['', 'x', `${tokens.alice}x`, tokens.alice!.slice(0, -1), 'a.b.c'].map((token) =>
        call('/api/draft/list', token),
      ),
    );
    for (const { status, body, headers } of bodies) {
      expect([status, headers.get('www-authenticate')]).toEqual([401, 'Bearer']);
      expect(body).toEqual(bodies[0]!.body);
    }
  });

  test('without the scope of a call can do nothing', async () => {
    expect(await call('/v1/drafts', 'none', { name: 'a' })).toMatchObject({
      status: 403,
      body: { code: 'SCOPE_MISSING' },
    });
    expect((await call('/v1/tokens', 'alice')).status).toBe(403);
    expect((await call('/metrics', 'alice')).status).toBe(403);
  });

  test('without that scope sees nothing of its own drafts either, however their paths are written', async () => {
    const { id } = await house.store.drafts.forOwner('none').create({}, { name: 'mine' });
    await putArchive(house.store, id, 'zip');
    for (const path of ['timeline', 'timeline/', 'TIMELINE', 'revisions/', 'events/', 'archive', 'archive/'])
      expect([path, (await call(`/v1/drafts/${id}/${path}`, 'none')).status]).toEqual([path, 403]);
  });

  test.each([0, 1.5, 9e15, '60'])('does not live for %j seconds', async (seconds) => {
    const made = await call('/v1/tokens', 'admin', { name: 'odd', expires_in: seconds });
    expect(made).toMatchObject({ status: 400, body: { code: 'INPUT_INVALID' } });
    expect(await call('/v1/tokens', 'admin')).toMatchObject({ status: 200 });
  });

  test('is made once for a key, and told again to the caller that asked for it alone', async () => {
    const wanted = { name: 'keyed', owner: 'erin' };
    const ask = (who: string, body: object = wanted) =>
      call('/v1/tokens', who, body, { headers: { 'idempotency-key': 'a token' } });
    const answers = await Promise.all(Array.from({ length: 20 }, () => ask('admin')));
    expect(new Set(answers.map(({ status, body }) => JSON.stringify([status, body]))).size).toBe(1);
    const { status, body } = answers[0]!;
    expect([status, (await call('/v1/drafts', body.token, { name: 'hers' })).status]).toEqual([201, 200]);
    expect(await house.store.tokens.list('erin')).toHaveLength(1);
    expect((await ask('admin', { ...wanted, name: 'other' })).status).toBe(409);
    // Another credential of the same owner gets neither that token nor another one.
    const other = await house.store.tokens.create({
      owner: 'admin',
      name: 'b',
      scopes: [ADMIN_SCOPE, CALL_SCOPE],
    });
    const again = await ask(other.text);
    expect([again.status, JSON.stringify(again.body).includes(body.token)]).toEqual([409, false]);
    expect(await house.store.tokens.list('erin')).toHaveLength(1);
    // Nobody who reads the store can make it.
    await house.store.backup(join(house.folder, 'backup'));
    const kept = readFileSync(join(house.folder, 'backup/tables/idempotency.jsonl'), 'utf8');
    expect(kept).toContain('a token');
    // The secret may have a "_" of its own.
    expect(kept).not.toContain(body.token.split('_').slice(2).join('_'));
  });

  test('is made, used, listed and ended by an admin', async () => {
    const made = await call('/v1/tokens', 'admin', { name: 'new', owner: 'carol', expires_in: 3600 });
    expect(made).toMatchObject({ status: 201, body: { owner: 'carol', scopes: [CALL_SCOPE] } });
    expect((await call('/v1/drafts', made.body.token, { name: 'a' })).status).toBe(200);
    const listed = await call('/v1/tokens?owner=carol', 'admin');
    expect(listed.body.tokens).toMatchObject([{ id: made.body.id, last_used_at: expect.any(String) }]);
    expect(JSON.stringify(listed.body)).not.toContain(made.body.token);
    expect((await call(`/v1/tokens/${made.body.id}`, 'admin', undefined, { method: 'DELETE' })).status).toBe(
      204,
    );
    expect((await call('/v1/drafts', made.body.token, { name: 'a' })).status).toBe(401);
    for (const wrong of [
      {},
      { name: '' },
      { name: 'a', scopes: 'all' },
      { name: 'a', expires_in: -1 },
      { name: 'a', days: 30 },
    ]) {
      expect((await call('/v1/tokens', 'admin', wrong)).status).toBe(400);
    }
  });
});

test('an owner sees how much it keeps, and an admin says how much it may', async () => {
  const { text } = await house.store.tokens.create({ owner: 'dora', name: 'dora', scopes: [CALL_SCOPE] });
  const make = () => call('/v1/drafts', text, { name: 'one' });
  const limit = (limits: unknown, who = 'admin') =>
    call('/v1/owners/dora', who, { limits }, { method: 'PUT' });
  expect((await make()).status).toBe(200);
  expect((await call('/v1/owners/dora', text)).body).toEqual({
    owner: 'dora',
    drafts: 1,
    draft_bytes: expect.any(Number),
    file_bytes: 0,
    limits: {},
  });
  expect((await call('/v1/owners/dora', 'bob')).status).toBe(403);
  expect((await limit({ drafts: 9 }, 'bob')).status).toBe(403);
  expect((await limit({ drafts: 1, keep_drafts_s: 60 })).body).toMatchObject({
    limits: { drafts: 1, keep_drafts_s: 60 },
  });
  expect(await make()).toMatchObject({ status: 507, body: { code: 'QUOTA_EXCEEDED' } });
  expect((await call('/v1/drafts', 'bob', { name: 'his' })).status).toBe(200);
  for (const wrong of [
    undefined,
    7,
    [],
    { drafts: 0 },
    { drafts: '9' },
    { draft: 9 },
    { bytes: 1.5 },
    { keep_drafts_s: -1 },
  ])
    expect([wrong, (await limit(wrong)).status]).toEqual([wrong, 400]);
  expect((await limit(null)).body).toMatchObject({ limits: {} });
  expect((await make()).status).toBe(200);
});

test('a signed address opens one archive for some time, for whoever has it', async () => {
  const { id } = await house.store.drafts.forOwner('alice').create({}, { name: 'zipped' });
  await putArchive(house.store, id, 'zip');
  const { body } = await call(`/api/draft/status/${id}`, 'alice');
  const link = body.links.archive as string;
  expect(await call(link)).toMatchObject({ status: 200, body: 'zip' });
  expect(await call(link, undefined, undefined, { method: 'HEAD' })).toMatchObject({ status: 200 });
  // Who else has a token of its own is no worse off with it.
  expect(await call(link, 'bob')).toMatchObject({ status: 200, body: 'zip' });
  expect(await call(link.replace(/.$/, ''), 'bob')).toMatchObject({ status: 404 });
  expect((await call(link.replace('archive', 'timeline'))).status).toBe(401);
  expect((await call(link.replace(/expires=\d/, 'expires=9'))).status).toBe(401);
  expect((await call(`/v1/drafts/${id}/archive`)).status).toBe(401);
  now += 25 * 3_600_000;
  expect((await call(link)).status).toBe(401);
});

test('a client gets a token by a code that its owner allowed', async () => {
  const query = new URLSearchParams({
    response_type: 'code',
    client_id: 'coze',
    redirect_uri: CALLBACK,
    state: 'a<b',
  });
  const page = await call(`/oauth/authorize?${query}`);
  expect(page).toMatchObject({ status: 200, type: expect.stringContaining('text/html') });
  expect(page.body).toContain('tools:call');
  expect(page.headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
  const decide = (form: Record<string, string>) =>
    fetch(`${server.url}/oauth/authorize?${query}`, {
      method: 'POST',
      redirect: 'manual',
      body: new URLSearchParams(form),
    });
  expect((await decide({ decision: 'allow', token: 'wrong' })).status).toBe(401);
  const denied = await decide({ decision: 'deny' });
  expect(denied.headers.get('location')).toContain('error=access_denied');
  const allowed = await decide({ decision: 'allow', token: tokens.bob! });
  expect(allowed.status).toBe(302);
  const back = new URL(allowed.headers.get('location')!);
  expect(back.searchParams.get('state')).toBe('a<b');
  const code = back.searchParams.get('code')!;
  // As Coze sends it: JSON.
  const exchanged = await call('/oauth/token', undefined, {
    grant_type: 'authorization_code',
    code,
    redirect_uri: CALLBACK,
    client_id: 'coze',
    client_secret: 'client-secret',
  });
  expect(exchanged).toMatchObject({ status: 200, body: { token_type: 'Bearer' } });
  const made = await call('/v1/drafts', exchanged.body.access_token, { name: 'by the client' });
  expect((await call(`/api/draft/status/${made.body.draft_id}`, 'bob')).status).toBe(200);
  aheadMs = 3_601_000;
  expect((await call('/api/draft/list', exchanged.body.access_token)).status).toBe(401);
  aheadMs = 0;
  expect((await call('/api/draft/list', exchanged.body.access_token)).status).toBe(200);
  await fetch(`${server.url}/oauth/revoke`, {
    method: 'POST',
    body: new URLSearchParams({ token: exchanged.body.access_token }),
  });
  expect((await call('/api/draft/list', exchanged.body.access_token)).status).toBe(401);
  expect((await call('/oauth/authorize?client_id=other')).status).toBe(400);
});

test('what is watched is no longer told when the token has ended', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  onTestFinished(() => void vi.useRealTimers());
  const made = await house.store.tokens.create({ owner: 'alice', name: 'brief', scopes: [CALL_SCOPE] });
  const { body } = await call('/v1/drafts', made.text, { name: 'watched' });
  const address = `${server.url}/v1/drafts/${body.draft_id}/events`;
  const headers = { authorization: `Bearer ${made.text}` };
  const stream = await fetch(address, { headers });
  const socket = new WebSocket(address.replace('http', 'ws'), ['cozecut.events'], { headers });
  await once(socket, 'open');
  const pinged = once(socket, 'ping');
  await vi.advanceTimersByTimeAsync(15_000);
  await pinged;
  // Both are asked after and stay; the answer to the ping is there before that to this.
  expect((await call('/v1/me', made.text)).status).toBe(200);
  expect(socket.readyState).toBe(WebSocket.OPEN);
  await house.store.tokens.revoke(made.token.id);
  const closed = once(socket, 'close');
  await vi.advanceTimersByTimeAsync(15_000);
  expect((await closed)[0]).toBe(1008);
  expect(await stream.text()).toContain('event: draft');
});

test('other origins may call only when they are listed', async () => {
  const preflight = (origin: string) =>
    fetch(`${server.url}/v1/drafts`, {
      method: 'OPTIONS',
      headers: {
        origin,
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'authorization',
      },
    });
  const page = await preflight('https://page.example.com');
  // What a download that goes on where it broke off needs.
  expect(page.headers.get('access-control-allow-headers')).toContain('if-range');
  expect((await preflight('https://page.example.com')).headers.get('access-control-allow-origin')).toBe(
    'https://page.example.com',
  );
  expect((await preflight('https://evil.example.com')).headers.get('access-control-allow-origin')).toBeNull();
});

test('who comes too often is told when to come again, in every process', async () => {
  const rate = { burst: 5, perMinute: 60 };
  const [first, second] = [await house.start({ rate }), await house.start({ rate })];
  const answers = [];
  for (let at = 0; at < 12; at++)
    answers.push(await request(`${[first, second][at % 2]!.url}/api/draft/list`));
  const refused = answers.filter(({ status }) => status === 429);
  expect(refused.length).toBeGreaterThan(3);
  expect(Number(refused[0]!.headers.get('retry-after'))).toBeGreaterThan(0);
  expect(refused[0]!.body).toMatchObject({ code: 'RATE_LIMITED' });
  // To Coze everything but 200 is a plugin that is broken.
  const asCoze = await request(`${first.url}/coze/plugin/v1/drafts`, { name: 'a' });
  expect(asCoze).toMatchObject({ status: 200, body: { success: false, error_code: 'RATE_LIMITED' } });
});

test('what happens is counted and has an id', async () => {
  await call('/v1/drafts', 'alice', { name: 'counted' });
  await call('/v1/drafts', 'alice', { nam: 'refused' });
  const { body } = await call('/metrics', 'admin');
  expect(body).toMatch(
    /cozecut_http_request_duration_seconds_count\{method="POST",route="\/v1\/drafts",status="200"\} \d+/,
  );
  expect(body).toMatch(/cozecut_tool_call_failures_total\{tool="make_draft",code="INPUT_INVALID"\} 1/);
  const named = await call(
    '/v1/drafts',
    'alice',
    { name: 'named' },
    { headers: { 'x-request-id': 'my-id.1' } },
  );
  expect(named.headers.get('x-request-id')).toBe('my-id.1');
  const odd = await call('/v1/drafts', 'alice', { name: 'odd' }, { headers: { 'x-request-id': 'a b' } });
  expect(odd.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
  expect(house.logged.some((line) => line.startsWith('request ') && line.includes('my-id.1'))).toBe(true);
  expect(house.logged.join('\n')).not.toContain(tokens.alice);
});

test('a body that is nested too deeply is refused', async () => {
  const deep = `${'['.repeat(5_000)}${']'.repeat(5_000)}`;
  expect(await call('/v1/drafts', 'alice', `{"name": ${deep}}`)).toMatchObject({ status: 400 });
});

test('strangers cannot tell one wrong token from another', async () => {
  const { text, token } = await house.store.tokens.create({ owner: 'x', name: 'x', scopes: [CALL_SCOPE] });
  await house.store.tokens.revoke(token.id);
  const right = tokens.alice!;
  const old = await house.store.tokens.create({
    owner: 'x',
    name: 'y',
    scopes: [],
    expiresAt: Date.now() - 1,
  });
  const wrong = [
    text,
    old.text,
    `${right.slice(0, -1)}${right.endsWith('A') ? 'B' : 'A'}`,
    right.slice(0, -1),
    `${right}A`,
    right.toUpperCase(),
    'x',
    'x'.repeat(8_000),
    '',
  ].map((one) => `Bearer ${one}`);
  const answers = await Promise.all(
    [...wrong, `Basic ${btoa(`a:${right}`)}`, right, 'Bearer'].map(async (authorization) => {
      const { status, body } = await request(
        `${server.url}/v1/drafts`,
        { name: 'n' },
        { headers: { authorization } },
      );
      return JSON.stringify([status, body]);
    }),
  );
  expect(answers[0]).toContain('UNAUTHORIZED');
  expect(new Set(answers).size).toBe(1);
  expect(await call('/v1/drafts', 'alice', { name: 'right' })).toMatchObject({ status: 200 });
});

test('strangers are counted by their address', async () => {
  const check = createAuthenticator([house.store.tokens.verify]);
  const { url } = await house.start({
    authorise: (headers) => check(headers.authorization),
    rate: { burst: 3, perMinute: 1 },
  });
  const statuses: number[] = [];
  for (let count = 0; count < 5; count++) {
    const guess = { headers: { authorization: `Bearer guess-${count}` } };
    statuses.push((await request(`${url}/v1/drafts`, {}, guess)).status);
  }
  expect(statuses).toEqual([401, 401, 401, 429, 429]);
  // Who is known is not held up by them.
  const known = { headers: { authorization: `Bearer ${tokens.alice}` } };
  expect(await request(`${url}/v1/drafts`, { name: 'n' }, known)).toMatchObject({ status: 200 });
});

test.each([
  ['by the address that the proxy tells', (_count: number) => '203.0.113.7', 429],
  ['apart from others', (count: number) => `198.51.100.${count}`, 401],
])('behind a proxy strangers are counted %s, whatever they say of themselves', async (_how, told, last) => {
  const { url } = await house.start({
    authorise: async () => undefined,
    rate: { burst: 2, perMinute: 1 },
    isBehindProxy: true,
  });
  const seen: number[] = [];
  for (let count = 0; count < 3; count++) {
    const headers = { 'x-forwarded-for': `192.0.2.${count}, ${told(count)}` };
    seen.push((await request(`${url}/v1/drafts`, {}, { headers })).status);
  }
  expect(seen).toEqual([401, 401, last]);
});

describe('pages of others', () => {
  const foreign = { origin: 'https://evil.example.com', 'sec-fetch-site': 'cross-site' };
  const statusOfSocket = (url: string, path: string, headers: Record<string, string>) =>
    new Promise<number>((resolve) => {
      const socket = new WebSocket(url.replace('http', 'ws') + path, ['cozecut.events'], { headers });
      socket.on('unexpected-response', (_request, response) => resolve(response.statusCode!));
      socket.on('open', () => {
        resolve(101);
        socket.close();
      });
      socket.on('error', () => undefined);
    });

  test('change nothing on a server that asks for no token', async () => {
    const { url } = await house.start();
    const send = (headers: Record<string, string>) => fetchRaw(`${url}/v1/drafts`, headers);
    expect(await send(foreign)).toBe(403);
    expect(await send({ origin: 'http://localhost:1', 'sec-fetch-site': 'same-site' })).toBe(403);
    expect(await send({ origin: 'null' })).toBe(403);
    expect(await send({ 'sec-fetch-site': 'same-site' })).toBe(403);
    expect(await send({ origin: url, 'sec-fetch-site': 'same-origin' })).toBe(400);
    expect(await send({})).toBe(400);
    const { id } = await house.store.drafts.create({}, { name: 'watched' });
    expect(await statusOfSocket(url, `/v1/drafts/${id}/events`, { origin: foreign.origin })).toBe(403);
    expect(await statusOfSocket(url, `/v1/drafts/${id}/events`, { origin: url })).toBe(101);
    expect(await statusOfSocket(url, `/v1/drafts/${id}/events`, {})).toBe(101);
  });

  test('a socket is counted like any other request', async () => {
    const { url } = await house.start({
      authorise: async () => undefined,
      rate: { burst: 2, perMinute: 1 },
      isBehindProxy: true,
    });
    const seen: number[] = [];
    for (let count = 0; count < 3; count++)
      seen.push(
        await statusOfSocket(url, '/v1/jobs/x/events', { 'x-forwarded-for': '1.2.3.4, 203.0.113.99' }),
      );
    expect(seen).toEqual([401, 401, 429]);
  });

  test('a socket needs the scope that its events need elsewhere', async () => {
    const { id } = await house.store.drafts.forOwner('none').create({}, { name: 'unseen' });
    const headers = { authorization: `Bearer ${tokens.none}` };
    expect(await statusOfSocket(server.url, `/v1/drafts/${id}/events`, headers)).toBe(403);
  });

  /** A POST as a form sends it; `fetch` would not let us set these headers. */
  const fetchRaw = (url: string, headers: Record<string, string>) =>
    ask(url, { method: 'POST', path: new URL(url).pathname, headers }).then(({ status }) => status);
});
