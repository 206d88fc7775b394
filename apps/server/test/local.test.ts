import { createAuthenticator } from '@cozecut/auth';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ADMIN_SCOPE, CALL_SCOPE } from '../src/index.ts';
import { type House, openHouse, call as request } from './harness.ts';
import { noted } from './support/noted-local.ts';

let house: House;
const tokens: Record<string, string> = {};
beforeAll(async () => {
  house = await openHouse();
  for (const [name, scopes] of Object.entries({ alice: [CALL_SCOPE], admin: [CALL_SCOPE, ADMIN_SCOPE] })) {
    tokens[name] = (await house.store.tokens.create({ owner: name, name, scopes })).text;
  }
});
afterAll(() => house.close());

test('away from the machine of the server it is for those who may do everything, near it for every caller', async () => {
  const check = createAuthenticator([house.store.tokens.verify]);
  for (const isLoopback of [true, false]) {
    const { service, started, closed } = noted();
    const server = await house.start({
      authorise: ({ authorization }) => check(authorization),
      isLoopback,
      local: () => service,
      stopGraceMs: 7,
    });
    const ask = (path: string, who: string, body?: unknown) =>
      request(server.url + path, body, { headers: { authorization: `Bearer ${tokens[who] ?? who}` } });
    const start = { kind: 'bot', id: '1' };
    for (const [path, body] of [
      ['/v1/local', undefined],
      ['/v1/local/start', start],
      ['/v1/local/stop', {}],
    ] as const) {
      expect((await ask(path, 'nobody', body)).status).toBe(401);
      const refused = await ask(path, 'alice', body);
      expect([path, refused.status]).toEqual([path, isLoopback ? (path.endsWith('start') ? 202 : 200) : 403]);
      if (!isLoopback) expect(refused.body).toMatchObject({ code: 'SCOPE_MISSING' });
      expect((await ask(path, 'admin', body)).status).toBeLessThan(300);
    }
    expect(started.map(({ owner }) => owner)).toEqual(isLoopback ? ['alice', 'admin'] : ['admin']);
    const me = await ask('/v1/me', 'alice');
    expect(me.body.features).toContain('local');
    await server.close();
    expect(closed()).toBe(7);
  }
});

test('a message with a key is said once; a stream of events ends with the server', async () => {
  const { service, said } = noted();
  const server = await house.start({ local: () => service });
  const say = () =>
    request(`${server.url}/v1/local/messages`, { message: 'hi' }, { headers: { 'idempotency-key': 'k' } });
  expect(await Promise.all([say(), say(), say()])).toMatchObject([
    { status: 202 },
    { status: 202 },
    { status: 202 },
  ]);
  expect(said).toEqual(['hi']);
  const events = await fetch(`${server.url}/v1/local/events`);
  await server.close();
  expect(await events.text()).toBe('id: 1\nevent: service.state\ndata: {"status":"off"}\n\n');
});

test('without a local service there is nothing', async () => {
  const server = await house.start();
  expect((await request(`${server.url}/v1/local`)).body).toMatchObject({ code: 'ROUTE_NOT_FOUND' });
  expect((await request(`${server.url}/v1/connect/verify`, {})).body).toMatchObject({
    code: 'ROUTE_NOT_FOUND',
  });
});
