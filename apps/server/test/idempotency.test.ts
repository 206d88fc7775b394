import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RunningServer } from '../src/index.ts';
import { call, closeGate, type House, openHouse, putArchive } from './harness.ts';
import { noted } from './support/noted-local.ts';

let house: House;
let one: RunningServer;
let other: RunningServer;
beforeAll(async () => {
  house = await openHouse();
  // Two servers on one store.
  one = await house.start();
  other = await house.start();
});
afterAll(() => house.close());

const keyed = (key: string) => ({ headers: { 'idempotency-key': key } });
const total = async () => (await house.store.drafts.list({ limit: 1 })).total;

describe.each(['', '/coze/plugin'])('a call with a key under %s/v1', (prefix) => {
  test('has one effect and one answer, however often and wherever it comes', async () => {
    const before = await total();
    const answers = await Promise.all(
      Array.from({ length: 200 }, (_, index) =>
        call(`${[one, other][index % 2]!.url}${prefix}/v1/drafts`, { name: 'once' }, keyed(`many${prefix}`)),
      ),
    );
    expect(new Set(answers.map(({ status, body }) => JSON.stringify([status, body]))).size).toBe(1);
    expect(answers[0]).toMatchObject({ status: 200, body: { draft_id: expect.any(String) } });
    expect(await total()).toBe(before + 1);
  });

  test('is refused when the key came with something else', async () => {
    const key = keyed(`taken${prefix}`);
    await call(`${one.url}${prefix}/v1/drafts`, { name: 'first' }, key);
    const before = await total();
    const again = await call(`${other.url}${prefix}/v1/drafts`, { name: 'second' }, key);
    if (prefix === '') expect(again).toMatchObject({ status: 409, body: { code: 'IDEMPOTENCY_MISMATCH' } });
    else
      expect(again).toMatchObject({
        status: 200,
        body: { success: false, error_code: 'IDEMPOTENCY_MISMATCH' },
      });
    expect(await total()).toBe(before);
  });
});

test('a refusal is an answer like any other', async () => {
  const answers = [
    await call(`${one.url}/v1/drafts`, {}, keyed('refused')),
    await call(`${one.url}/v1/drafts`, {}, keyed('refused')),
  ];
  expect(answers[0]!.status).toBe(400);
  expect(answers[1]!.body).toEqual(answers[0]!.body);
});

test('a failure of ours is not kept: the next call tries again', async () => {
  const before = await total();
  expect(await call(`${one.url}/v1/drafts`, { name: 'broken' }, keyed('ours'))).toMatchObject({
    status: 500,
  });
  expect(await call(`${one.url}/v1/drafts`, { name: 'broken' }, keyed('ours'))).toMatchObject({
    status: 500,
  });
  expect(await total()).toBe(before + 2);
});

test('what its caller did not wait for is gone on with when it comes again, and has one effect', async () => {
  const { id } = await house.store.drafts.create({}, { name: 'left' });
  const barrier = join(house.folder, 'left barrier');
  writeFileSync(barrier, '');
  const ask = (signal?: AbortSignal) =>
    call(
      `${one.url}/v1/drafts/${id}/words`,
      { word: 'once', barrier },
      { ...keyed('left'), ...(signal && { signal }) },
    );
  const words = async () => ((await house.store.drafts.get(id)).timeline as { words?: string[] }).words;
  const gone = new AbortController();
  const left = ask(gone.signal).catch((error: Error) => error.name);
  await expect.poll(words).toEqual(['once']);
  gone.abort();
  expect(await left).toBe('AbortError');
  rmSync(barrier);
  expect(await ask()).toMatchObject({ status: 200, body: { revision: 2 } });
  expect(await words()).toEqual(['once']);
});

test('the next attempt of a job does not do again what the one before has done', async () => {
  const before = await total();
  const { id } = await house.store.jobs.enqueue({
    tool: 'make_draft',
    input: { name: 'unlucky' },
    maxAttempts: 2,
    backoffMs: 1,
  });
  await expect
    .poll(async () => (await house.store.jobs.get(id))?.state, { timeout: 10_000 })
    .toBe('succeeded');
  expect(await house.store.jobs.get(id)).toMatchObject({ attempt: 2 });
  expect(await total()).toBe(before + 1);
});

test('calls without a key, and with different ones, are calls of their own', async () => {
  const before = await total();
  await call(`${one.url}/v1/drafts`, { name: 'a' });
  await call(`${one.url}/v1/drafts`, { name: 'a' });
  await call(`${one.url}/v1/drafts`, { name: 'a' }, keyed('x1'));
  await call(`${one.url}/v1/drafts`, { name: 'a' }, keyed('x2'));
  expect(await total()).toBe(before + 4);
});

test('a tool that takes its time is one job', async () => {
  const open = closeGate('once');
  const hasty = await house.start({ jobWaitMs: 0 });
  const ask = () => call(`${hasty.url}/v1/slow`, { gate: 'once' }, keyed('job'));
  const answers = await Promise.all(Array.from({ length: 20 }, ask));
  open();
  const [first] = answers;
  expect(first).toMatchObject({ status: 202 });
  for (const { status, body, headers } of answers) {
    expect([status, body]).toEqual([first!.status, first!.body]);
    expect(headers.get('location')).toBe(`/v1/jobs/${first!.body.job_id}`);
  }
  expect(await house.store.jobs.list({ limit: 10, tool: 'slow_work' })).toMatchObject({ total: 1 });
});

test('a draft is generated once', async () => {
  const before = await total();
  const ask = () => call(`${one.url}/api/draft/generate`, { content: { x: 1 } }, keyed('generate'));
  const [first, second] = await Promise.all([ask(), ask()]);
  expect(second!.body).toEqual(first!.body);
  expect(await total()).toBe(before + 1);
});

test.each(['x'.repeat(256), '\u00e9'])('a key must be short and printable', async (key) => {
  const answer = await call(`${one.url}/v1/drafts`, { name: 'a' }, keyed(key));
  expect(answer).toMatchObject({ status: 400, body: { code: 'IDEMPOTENCY_KEY_INVALID' } });
});

test('a job that failed is tried again once', async () => {
  const { body } = await call(`${one.url}/v1/slow`, { fail: true });
  const [failed] = (await house.store.jobs.list({ limit: 1, state: 'failed' })).jobs;
  expect(body.code).toBe('INTERNAL');
  const answers = await Promise.all(
    [one, other, one, other].map(({ url }) => call(`${url}/v1/jobs/${failed!.id}/retry`, {}, keyed('again'))),
  );
  expect(answers[0]).toMatchObject({ status: 202, body: { job_id: expect.any(String) } });
  expect(new Set(answers.map((answer) => answer.body.job_id)).size).toBe(1);
});

describe('what is not a tool', () => {
  const CALLS: Record<string, { body: object; other: object }> = {
    '/v1/check': { body: { content: '{}' }, other: { content: '[]' } },
    '/api/draft/generate': { body: { content: 'a' }, other: { content: 'b' } },
    '/v1/drafts/{id}/install': { body: {}, other: { replace: true } },
    '/v1/jobs/{id}/cancel': { body: {}, other: { why: 'no' } },
    '/v1/tokens': { body: { name: 'a' }, other: { name: 'b' } },
    '/v1/connect/verify': { body: {}, other: { why: 'no' } },
    '/v1/local/start': { body: { kind: 'bot', id: '1' }, other: { kind: 'bot', id: '2' } },
    '/v1/local/stop': { body: {}, other: { why: 'no' } },
    '/v1/local/cancel': { body: {}, other: { why: 'no' } },
    '/v1/local/messages': { body: { message: 'a' }, other: { message: 'b' } },
    '/v1/local/runs': { body: {}, other: { parameters: { a: 1 } } },
    '/v1/local/answers': { body: { answer: 'a' }, other: { answer: 'b' } },
  };
  /** They have tests of their own: for a job that failed or asks, with a bot, and with a file. */
  const ELSEWHERE = [
    '/v1/text',
    '/v1/jobs/{id}/retry',
    '/v1/jobs/{id}/answer',
    '/coze/sessions',
    '/coze/sessions/{id}/messages',
  ];
  let server: RunningServer;
  const { service, started, said, stopped } = noted();
  const installed: string[] = [];
  const ids: Record<string, string> = {};

  beforeAll(async () => {
    server = await house.start({
      local: () => service,
      fetchOwn: () => fetch,
      editor: {
        async install({ name }) {
          installed.push(name);
          return { folder: '/editor', app: 'capcut', problems: [] };
        },
      },
    });
    ids.drafts = (await call(`${server.url}/v1/drafts`, { name: 'installed' })).body.draft_id;
    await putArchive(house.store, ids.drafts!, 'zip');
    ids.jobs = (await house.store.jobs.enqueue({ tool: 'slow_work', input: {}, maxAttempts: 1 })).id;
  });

  test('is known by its document', async () => {
    const { body } = await call(`${server.url}/openapi.json?profile=server`);
    const posts = Object.entries(body.paths).flatMap(([path, item]) =>
      'post' in (item as object) ? [path] : [],
    );
    expect(posts.toSorted()).toEqual(
      [...Object.keys(CALLS), ...ELSEWHERE].filter((path) => posts.includes(path)).toSorted(),
    );
  });

  test.each(Object.entries(CALLS))('%s is done once for a key', async (path, { body, other }) => {
    const url = server.url + path.replace(/(?<=\/(drafts|jobs)\/)\{id\}/, (_, kind) => ids[kind]!);
    const send = (given: object) => call(url, given, keyed(`own ${path}`));
    const answers = await Promise.all(Array.from({ length: 20 }, () => send(body)));
    expect(new Set(answers.map(({ status, body: answer }) => JSON.stringify([status, answer]))).size).toBe(1);
    expect(answers[0]!.status, JSON.stringify(answers[0]!.body)).toBeLessThan(300);
    expect(await send(other)).toMatchObject({ status: 409, body: { code: 'IDEMPOTENCY_MISMATCH' } });
  });

  test('and has one effect', () => {
    expect([installed, started.length, said, stopped]).toEqual([
      ['installed'],
      1,
      ['a'],
      ['service', 'turn'],
    ]);
  });
});
