import { createHmac, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { UserError } from '@cozecut/problems';
import type { Store } from '@cozecut/store';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import type { RunningServer } from '../src/index.ts';
import { call, closeGate, type House, openHouse } from './harness.ts';

const SECRET = 'webhook-secret';
let house: House;
let server: RunningServer;
beforeAll(async () => {
  house = await openHouse();
  server = await house.start({ jobWaitMs: 0, fetch, webhookSecret: SECRET, jobConcurrency: 2 });
});
afterAll(() => house.close());

async function startJob(body: object, headers: Record<string, string> = {}): Promise<string> {
  const answer = await call(`${server.url}/v1/slow`, body, { headers });
  expect(answer.status).toBe(202);
  return answer.body.job_id;
}

async function until(id: string, states: string[]) {
  for (;;) {
    const { body } = await call(`${server.url}/v1/jobs/${id}`);
    if (states.includes(body.status)) return body;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** Events of a stream, until it ends or `count` of them have come. */
async function sse(path: string, count = Number.POSITIVE_INFINITY, lastEventId?: number) {
  const gone = new AbortController();
  const response = await fetch(server.url + path, {
    signal: gone.signal,
    headers: lastEventId === undefined ? {} : { 'last-event-id': String(lastEventId) },
  });
  expect(response.headers.get('content-type')).toContain('text/event-stream');
  const events: { id: number; type: string; data: Record<string, unknown> }[] = [];
  let left = '';
  for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) {
    const blocks = (left + chunk).split('\n\n');
    left = blocks.pop()!;
    for (const block of blocks) {
      const [, id, type, data] = /^id: (\d+)\nevent: (\w+)\ndata: (.*)$/.exec(block) ?? [];
      if (data !== undefined) events.push({ id: Number(id), type: type!, data: JSON.parse(data) });
    }
    if (events.length >= count) gone.abort();
    if (gone.signal.aborted) break;
  }
  return events;
}

describe('the events of a job', () => {
  test('come as they happen, and from any of them on', async () => {
    const open = closeGate('events');
    const id = await startJob({ gate: 'events' });
    await until(id, ['running']);
    const streaming = sse(`/v1/jobs/${id}/events`);
    open();
    const events = await streaming;
    expect(events.map((event) => event.id)).toEqual(events.map((_, index) => index + 1));
    expect(events[0]).toMatchObject({ type: 'job', data: { job_id: id, status: 'queued' } });
    expect(events.at(-1)).toMatchObject({
      data: { status: 'succeeded', progress: 1, output: { done: true } },
    });
    expect(await sse(`/v1/jobs/${id}/events`, undefined, 2)).toEqual(events.slice(2));
    // Who has seen the end is told not to come again: browsers do so by themselves.
    const again = await fetch(`${server.url}/v1/jobs/${id}/events`, {
      headers: { 'last-event-id': String(events.at(-1)!.id) },
    });
    expect([again.status, await again.text()]).toEqual([204, '']);
  });

  test('begin anew for a reader that names an event of another job', async () => {
    const open = closeGate('foreign id');
    const id = await startJob({ gate: 'foreign id' });
    const headers = { 'last-event-id': '5000' };
    const events = await fetch(`${server.url}/v1/jobs/${id}/events`, { headers });
    open();
    expect(await events.text()).toContain('"status":"succeeded"');
    // Also when it comes after the end: it has not seen this one.
    const later = await fetch(`${server.url}/v1/jobs/${id}/events`, { headers });
    expect(await later.text()).toContain('"status":"succeeded"');
  });

  test('come over a WebSocket as well', async () => {
    const id = await startJob({});
    const events = await sse(`/v1/jobs/${id}/events`);
    const socket = new WebSocket(`${server.url.replace('http', 'ws')}/v1/jobs/${id}/events?after=1`);
    const got: unknown[] = [];
    socket.on('message', (message) => got.push(JSON.parse(String(message))));
    const [code] = await once(socket, 'close');
    expect(code).toBe(1000);
    expect(got).toEqual(events.slice(1));
  });

  test.each(['/v1/jobs/none/events', '/v1/drafts/none/events', '/v1/other'])(
    '%s is not there',
    async (path) => {
      expect((await fetch(server.url + path)).status).toBe(404);
      const socket = new WebSocket(server.url.replace('http', 'ws') + path);
      const [error] = await once(socket, 'error');
      expect(String(error)).toContain('404');
    },
  );
});

test('the events of a draft are its revisions', async () => {
  const { id } = await house.store.drafts.create({ n: 0 }, { name: 'watched' });
  const watching = sse(`/v1/drafts/${id}/events`, 3);
  for (let n = 1; n < 3; n++) {
    // Changes that come faster than they are read are told as one.
    await new Promise((resolve) => setTimeout(resolve, 300));
    await house.store.drafts.edit(id, () => ({ n }));
  }
  const events = await watching;
  expect(events.map((event) => event.data.revision)).toEqual([1, 2, 3]);
  expect(events[0]).toMatchObject({
    id: 1,
    type: 'draft',
    data: { draft_id: id, name: 'watched', status: 'open' },
  });
}, 20_000);

test('a job that waits is cancelled at once, one that runs is stopped', async () => {
  closeGate('cancel');
  const [first, second, third] = [
    await startJob({ gate: 'cancel' }),
    await startJob({ gate: 'cancel' }),
    await startJob({ gate: 'cancel' }),
  ];
  await until(first!, ['running']);
  await until(second!, ['running']);
  expect((await call(`${server.url}/v1/jobs/${third}/cancel`, {})).body).toMatchObject({
    status: 'cancelled',
  });
  for (const id of [first, second]) {
    expect((await call(`${server.url}/v1/jobs/${id}/cancel`, {})).status).toBe(200);
    await until(id!, ['cancelled']);
  }
  expect((await call(`${server.url}/v1/jobs/none/cancel`, {})).status).toBe(404);
}, 20_000);

test('a job that failed is tried again as a new one, one that did not is not', async () => {
  const id = await startJob({ fail: true });
  await until(id, ['failed']);
  const again = await call(`${server.url}/v1/jobs/${id}/retry`, {});
  expect(again.status).toBe(202);
  expect(again.body.job_id).not.toBe(id);
  await until(again.body.job_id, ['failed']);
  const fine = await startJob({});
  await until(fine, ['succeeded']);
  expect(await call(`${server.url}/v1/jobs/${fine}/retry`, {})).toMatchObject({
    status: 409,
    body: { code: 'JOB_NOT_ENDED' },
  });
});

test('jobs are listed in pages and by state', async () => {
  const { body } = await call(`${server.url}/v1/jobs?status=succeeded&limit=1`);
  expect(body.jobs).toHaveLength(1);
  const next = await call(`${server.url}/v1/jobs?status=succeeded&limit=1&cursor=${body.next_cursor}`);
  expect(next.body.jobs[0].job_id).not.toBe(body.jobs[0].job_id);
  for (const wrong of ['status=other', 'cursor=nothing'])
    expect(await call(`${server.url}/v1/jobs?${wrong}`)).toMatchObject({ status: 400 });
});

test('whoever asked for it is told of the end, signed, and again until it has answered', async () => {
  const told: { headers: Record<string, unknown>; body: string }[] = [];
  const second = Promise.withResolvers<void>();
  const receiver = createServer(async (request, response) => {
    told.push({ headers: request.headers, body: await text(request) });
    response.writeHead(told.length === 1 ? 503 : 200).end();
    if (told.length === 2) second.resolve();
  }).listen(0, '127.0.0.1');
  await once(receiver, 'listening');
  const url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook`;
  try {
    const id = await startJob({}, { 'cozecut-webhook': url });
    await second.promise;
    expect(told[1]!.body).toBe(told[0]!.body);
    expect(told[1]!.headers['webhook-id']).toBe(told[0]!.headers['webhook-id']);
    const { body, headers } = told[0]!;
    expect(JSON.parse(body)).toMatchObject({
      type: 'job.succeeded',
      data: { job_id: id, output: { done: true } },
    });
    const signed = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`;
    expect(headers['webhook-signature']).toBe(
      `v1,${createHmac('sha256', SECRET).update(signed).digest('base64')}`,
    );
  } finally {
    receiver.close();
  }
  for (const wrong of ['nothing', 'file:///etc/passwd', 'http://user@127.0.0.1/']) {
    expect(await call(`${server.url}/v1/slow`, {}, { headers: { 'cozecut-webhook': wrong } })).toMatchObject({
      status: 400,
      body: { code: 'WEBHOOK_INVALID' },
    });
  }
}, 30_000);

test('what a job has come to is put on record when the store is back', async () => {
  const other = await openHouse();
  const away = () => new UserError('STORE_UNAVAILABLE', 'the database is away');
  const { jobs, idempotency } = other.store;
  const failures = { finish: 2, record: 1 };
  const store: Store = {
    ...other.store,
    idempotency: {
      ...idempotency,
      async run(...request) {
        const answer = await idempotency.run(...request);
        if (failures.record-- > 0) throw away();
        return answer;
      },
    },
    jobs: {
      ...jobs,
      async finish(...end) {
        if (failures.finish-- > 0) throw away();
        return jobs.finish(...end);
      },
    },
  };
  try {
    await other.start({ store });
    const { id } = await jobs.enqueue({ tool: 'slow_work', input: {} });
    await expect.poll(async () => (await jobs.get(id))?.state, { timeout: 15_000 }).toBe('succeeded');
    expect(await jobs.get(id)).toMatchObject({ attempt: 1, output: { done: true } });
    expect(failures.finish).toBeLessThan(1);
  } finally {
    await other.close();
  }
});

test('long jobs of one owner keep nobody else waiting', async () => {
  const other = await openHouse();
  const open = closeGate('flood');
  try {
    await other.start({ jobConcurrency: 1 });
    const ask = (owner: string, input: object) =>
      other.store.jobs.enqueue({ tool: 'slow_work', input, owner });
    const flood = [await ask('many', { gate: 'flood' }), await ask('many', { gate: 'flood' })];
    const stateOf = async ({ id }: { id: string }) => (await other.store.jobs.get(id))?.state;
    await expect.poll(() => stateOf(flood[0]!), { timeout: 10_000 }).toBe('running');
    const single = await ask('one', {});
    await expect.poll(() => stateOf(single), { timeout: 10_000 }).toBe('succeeded');
    expect(await stateOf(flood[1]!)).toBe('queued');
  } finally {
    open();
    await other.close();
  }
});

test('an address that is gone is told no more, and what is told is in no list of jobs', async () => {
  const other = await openHouse();
  const receiver = createServer((_request, response) => void response.writeHead(410).end());
  receiver.listen(0, '127.0.0.1');
  await once(receiver, 'listening');
  try {
    const { url } = await other.start({ fetch });
    const hook = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/`;
    await call(`${url}/v1/slow`, {}, { headers: { 'cozecut-webhook': hook } });
    const told = async () => (await call(`${url}/v1/jobs?tool=~webhook`)).body.jobs[0];
    await expect.poll(async () => (await told())?.status, { timeout: 10_000 }).toBe('failed');
    expect(await told()).toMatchObject({ attempt: 1, error: { code: 'UPSTREAM_REFUSED' } });
    expect((await call(`${url}/v1/jobs`)).body).toMatchObject({ total: 1, jobs: [{ tool: 'slow_work' }] });
    expect(other.logged.join('\n')).toContain('the end of a job was not told');
  } finally {
    receiver.close();
    await other.close();
  }
});

test('a secret as services of webhooks give it out stands for its bytes', async () => {
  const key = randomBytes(24);
  const other = await openHouse();
  const { promise, resolve } = Promise.withResolvers<{ headers: IncomingHttpHeaders; body: string }>();
  const receiver = createServer(async (request, response) => {
    resolve({ headers: request.headers, body: await text(request) });
    response.end();
  }).listen(0, '127.0.0.1');
  await once(receiver, 'listening');
  try {
    const { url } = await other.start({ fetch, webhookSecret: `whsec_${key.toString('base64')}` });
    const hook = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/`;
    await call(`${url}/v1/slow`, {}, { headers: { 'cozecut-webhook': hook } });
    const { headers, body } = await promise;
    const signed = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`;
    expect(headers['webhook-signature']).toBe(
      `v1,${createHmac('sha256', key).update(signed).digest('base64')}`,
    );
  } finally {
    receiver.close();
    await other.close();
  }
});
