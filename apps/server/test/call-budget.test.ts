import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RunningServer } from '../src/index.ts';
import { call, closeGate, type House, openHouse } from './harness.ts';

let house: House;
let server: RunningServer;
beforeAll(async () => {
  house = await openHouse();
  server = await house.start({}, { callBudgetMs: 1 });
});
afterAll(() => house.close());

const coze = (path: string, body: object, headers: Record<string, string> = {}) =>
  call(`${server.url}/coze/plugin${path}`, body, { headers });
const job = async (id: string) => (await call(`${server.url}/v1/jobs/${id}`)).body;
const WAIT = { timeout: 20_000, interval: 20 };

test('what takes longer than the budget is a job, with its progress and its end', async () => {
  const open = closeGate('long');
  const { status, body } = await coze('/v1/slow', { gate: 'long' });
  expect([status, body]).toEqual([
    200,
    {
      success: true,
      error_code: '',
      message: expect.stringContaining(body.job_id),
      job_id: body.job_id,
      job_status: 'running',
    },
  ]);
  await expect
    .poll(() => job(body.job_id), WAIT)
    .toMatchObject({
      tool: 'slow_work',
      status: 'running',
      phase: 'work',
      progress: 0.4,
      message: 'working',
    });
  open();
  await expect
    .poll(() => job(body.job_id), WAIT)
    .toMatchObject({ status: 'succeeded', output: { done: true } });
});

test('a budget that is enough is not felt', async () => {
  const { url } = await house.start({}, { callBudgetMs: 20_000 });
  const { body } = await call(`${url}/coze/plugin/v1/slow`, {});
  expect(body).toEqual({ success: true, error_code: '', message: '', done: true });
});

test('the drafts of a call are in use and known by its job', async () => {
  const open = closeGate('generate');
  const { body } = await coze('/v1/drafts/generate', { content: 'slow' });
  const { drafts } = await job(body.job_id);
  expect(drafts).toMatchObject([{ draft_id: expect.any(String), folder_path: '/drafts/slow' }]);
  const status = await call(`${server.url}/api/draft/status/${drafts[0].draft_id}`);
  expect(status.body).toMatchObject({ status: 'processing', job_id: body.job_id });
  open();
  await expect
    .poll(async () => (await call(`${server.url}/api/draft/status/${drafts[0].draft_id}`)).body.status, WAIT)
    .toBe('completed');
});

test('a key has one job, and its answer again', async () => {
  const open = closeGate('keyed');
  const send = () => coze('/v1/slow', { gate: 'keyed' }, { 'idempotency-key': 'slow once' });
  const [one, other] = await Promise.all([send(), send()]);
  expect(one.body.job_id).toEqual(expect.any(String));
  expect(other.body).toEqual(one.body);
  open();
  await expect.poll(async () => (await job(one.body.job_id)).status, WAIT).toBe('succeeded');
  expect((await send()).body).toEqual(one.body);
});

test('such a job can be cancelled', async () => {
  closeGate('cancelled');
  const { body } = await coze('/v1/slow', { gate: 'cancelled' });
  await call(`${server.url}/v1/jobs/${body.job_id}/cancel`, {});
  await expect.poll(async () => (await job(body.job_id)).status, WAIT).toBe('cancelled');
});

test('a failure after the budget is the failure of the job', async () => {
  const open = closeGate('failing');
  const { body } = await coze('/v1/slow', { gate: 'failing', fail: true });
  open();
  await expect
    .poll(() => job(body.job_id), WAIT)
    .toMatchObject({ status: 'failed', error: { code: 'INTERNAL' } });
  expect(JSON.stringify(await job(body.job_id))).not.toContain('/secret/place');
});
