import { once } from 'node:events';
import { Agent, type IncomingMessage, request } from 'node:http';
import { connect } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RunningServer } from '../src/index.ts';
import { call, closeGate, type House, openHouse } from './harness.ts';

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.close());

/** Waits until the draft is there, which its call makes before it waits. */
const isMade = (name: string) =>
  expect
    .poll(async () => (await house.store.drafts.list({ limit: 1, query: name })).total, { timeout: 10_000 })
    .toBe(1);

test('what is under way is answered, and so is what is sent over open connections', async () => {
  const server = await house.start({ stopGraceMs: 10_000 });
  const open = closeGate('stopping');
  const agent = new Agent({ keepAlive: true });
  expect(await say(server, agent, { name: 'before' })).toMatchObject({ status: 200 });
  const slow = say(server, undefined, { name: 'slow at stop', gate: 'stopping' });
  await isMade('slow at stop');
  // A body of which a part has come.
  const upload = connect(Number(new URL(server.url).port), '127.0.0.1');
  upload.write(
    'POST /v1/drafts HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 15\r\n\r\n{"name"',
  );
  const ended = server.close();
  // Nobody is to be told so by the end of a connection alone.
  expect(await say(server, agent, { name: 'after' })).toMatchObject({ status: 200, connection: 'close' });
  upload.write(':"late"}');
  const [answer] = (await once(upload, 'data')) as [Buffer];
  expect(answer.toString()).toMatch(/^HTTP\/1\.1 200 /);
  open();
  expect(await slow).toMatchObject({ status: 200, connection: 'close' });
  await ended;
  agent.destroy();
});

test('what takes too long is told so, a stream ends, and a job is given as such', async () => {
  const server = await house.start({ stopGraceMs: 100, jobWaitMs: 60_000 });
  closeGate('never');
  const slow = call(`${server.url}/v1/drafts`, { name: 'too slow', gate: 'never' });
  const job = call(`${server.url}/v1/slow`, { gate: 'never' });
  await isMade('too slow');
  const id = await running();
  const stream = await fetch(`${server.url}/v1/jobs/${id}/events`);
  await server.close();
  expect(await slow).toMatchObject({ status: 503, type: 'application/problem+json' });
  expect(await job).toMatchObject({ status: 202, body: { job_id: id } });
  // It would throw if the connection had been cut.
  expect(await stream.text()).toContain('event: job');
});

test('requests are taken for as long as whoever sends them needs to see the stop', async () => {
  const server = await house.start({ stopGraceMs: 0, drainMs: 3_000 });
  let isClosed = false;
  const ended = server.close().then(() => {
    isClosed = true;
  });
  expect((await call(`${server.url}/readyz`)).status).toBe(503);
  expect((await call(`${server.url}/livez`)).status).toBe(200);
  // Longer than nothing has to come for a server that is not asked to wait.
  await setTimeout(500);
  expect(isClosed).toBe(false);
  expect(await say(server, undefined, { name: 'late' })).toMatchObject({ status: 200, connection: 'close' });
  await ended;
  await expect(call(`${server.url}/livez`)).rejects.toThrow();
});

async function running(): Promise<string> {
  let id: string | undefined;
  await expect
    .poll(async () => {
      const { jobs } = await house.store.jobs.list({ limit: 1, state: 'running' });
      id = jobs[0]?.id;
      return id;
    })
    .toBeDefined();
  return id!;
}

/** Makes a draft over a connection of an agent. */
async function say(server: RunningServer, agent: Agent | undefined, body: object) {
  const asked = request(`${server.url}/v1/drafts`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    ...(agent === undefined ? {} : { agent }),
  });
  asked.end(JSON.stringify(body));
  const [answer] = (await once(asked, 'response')) as [IncomingMessage];
  const text = Buffer.concat(await answer.toArray()).toString();
  return { status: answer.statusCode, connection: answer.headers.connection, text };
}
