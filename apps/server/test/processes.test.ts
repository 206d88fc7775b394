import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { call, type House, openHouse } from './harness.ts';
import { AHEAD_MS, endProcesses, startProcess as startServer } from './support/start-process.ts';

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(endProcesses);
afterAll(() => house.close());

const WAIT = { timeout: 20_000, interval: 20 };

const startProcess = (aheadMs = 0, callBudgetMs = 30_000) =>
  startServer({ folder: house.folder, aheadMs, callBudgetMs });

async function newDraft(): Promise<string> {
  const timeline = { schema: 'draft-timeline/1', tracks: [] };
  return (await house.store.drafts.create(timeline, { name: 'shared' })).id;
}

async function wordsOf(id: string): Promise<string[]> {
  return ((await house.store.drafts.get(id)).timeline as { words?: string[] }).words ?? [];
}

const addWord = (url: string, id: string, body: { word: string; barrier?: string }) =>
  call(`${url}/v1/drafts/${id}/words`, body, { headers: { 'idempotency-key': `add ${body.word} to ${id}` } });

test('edits of one draft by two processes, one of which is killed, are there once each', async () => {
  const [one, other] = await Promise.all([startProcess(), startProcess()]);
  const id = await newDraft();
  const words = Array.from({ length: 64 }, (_, lane) => [`${lane}a`, `${lane}b`, `${lane}c`]);
  const acknowledged: string[] = [];
  const unknown: string[] = [];
  let killed: Promise<unknown> | undefined;
  await Promise.all(
    words.map(async (own, lane) => {
      const { url } = [one, other][lane % 2]!;
      for (const word of own) {
        const answer = await addWord(url, id, { word }).catch(() => undefined);
        if (answer === undefined) unknown.push(word);
        else {
          expect(answer).toMatchObject({ status: 200 });
          acknowledged.push(word);
          if (url === other.url) killed ??= other.end('SIGKILL');
        }
      }
    }),
  );
  await killed;
  expect(unknown.length).toBeGreaterThan(0);
  expect(await wordsOf(id)).toEqual(expect.arrayContaining(acknowledged));

  // Whoever does not know asks again, and so may whoever does.
  const next = await startProcess(AHEAD_MS);
  for (const word of [...unknown, ...acknowledged]) {
    expect(await addWord(next.url, id, { word })).toMatchObject({ status: 200 });
  }
  expect((await wordsOf(id)).toSorted()).toEqual(words.flat().toSorted());
  await Promise.all([one.end('SIGKILL'), next.end('SIGKILL')]);
});

test('a call whose process is killed between effect and record has one effect', async () => {
  const doomed = await startProcess();
  const id = await newDraft();
  const barrier = join(house.folder, 'barrier');
  writeFileSync(barrier, '');
  const lost = addWord(doomed.url, id, { word: 'once', barrier }).catch(() => 'no answer');
  await expect.poll(() => wordsOf(id), WAIT).toEqual(['once']);
  await doomed.end('SIGKILL');
  expect(await lost).toBe('no answer');
  rmSync(barrier);

  const next = await startProcess(AHEAD_MS);
  const again = await addWord(next.url, id, { word: 'once', barrier });
  expect(again).toMatchObject({ status: 200, body: { revision: 2 } });
  expect(await wordsOf(id)).toEqual(['once']);
  await next.end('SIGKILL');
});

test('a call that went on as a job and lost its process is gone on with by another, with one effect', async () => {
  const doomed = await startProcess(0, 1);
  const id = await newDraft();
  const barrier = join(house.folder, 'budget barrier');
  writeFileSync(barrier, '');
  const { body } = await call(`${doomed.url}/coze/plugin/v1/drafts/${id}/words`, { word: 'once', barrier });
  expect(body).toMatchObject({ success: true, job_id: expect.any(String), job_status: 'running' });
  // The draft is changed already, and the call has not ended.
  await expect.poll(() => wordsOf(id), WAIT).toEqual(['once']);
  await doomed.end('SIGKILL');
  rmSync(barrier);

  const next = await startProcess(AHEAD_MS, 1);
  const job = () => house.store.jobs.get(body.job_id);
  await expect.poll(async () => (await job())?.state, WAIT).toBe('succeeded');
  expect(await job()).toMatchObject({ attempt: 2, output: { revision: 2 } });
  expect(await wordsOf(id)).toEqual(['once']);
  await next.end('SIGKILL');
});

test('a call that waits for its answer when its process is told to stop goes on as a job', async () => {
  // Longer than anybody waits here, and shorter than the tool may take.
  const first = await startProcess(0, 29_000);
  const id = await newDraft();
  const barrier = join(house.folder, 'stop barrier');
  writeFileSync(barrier, '');
  const answering = call(`${first.url}/coze/plugin/v1/drafts/${id}/words`, { word: 'once', barrier });
  await expect.poll(() => wordsOf(id), WAIT).toEqual(['once']);
  const ended = first.end('SIGTERM');
  const { body } = await answering;
  expect(body).toMatchObject({ success: true, job_id: expect.any(String) });
  expect(await ended).toBe(0);
  const job = () => house.store.jobs.get(body.job_id);
  expect(await job()).toMatchObject({ state: 'queued' });
  rmSync(barrier);

  const second = await startProcess();
  await expect.poll(async () => (await job())?.state, WAIT).toBe('succeeded');
  expect(await wordsOf(id)).toEqual(['once']);
  await second.end('SIGKILL');
});

test('a process that is told to stop parks its jobs, and another one finishes them', async () => {
  const first = await startProcess();
  const barrier = join(house.folder, 'job barrier');
  writeFileSync(barrier, '');
  const { body } = await call(`${first.url}/v1/slow`, { barrier });
  const job = () => house.store.jobs.get(body.job_id);
  await expect.poll(async () => (await job())?.phase, WAIT).toBe('work');
  expect(await first.end('SIGTERM')).toBe(0);
  expect(await job()).toMatchObject({ state: 'queued' });
  rmSync(barrier);

  const second = await startProcess();
  await expect.poll(async () => (await job())?.state, WAIT).toBe('succeeded');
  expect(await job()).toMatchObject({ output: { done: true } });
  await second.end('SIGKILL');
});

test('bodies of 60 MB are refused, and not kept in memory', async () => {
  const { url, end } = await startProcess();
  const memoryMb = async () => {
    const { body } = await call(`${url}/metrics`);
    return Number(/^process_resident_memory_bytes (\S+)/m.exec(body)![1]) / 2 ** 20;
  };
  const before = await memoryMb();
  const piece = new Uint8Array(1 << 20).fill(0x20);
  // Half of them do not say how long they are.
  const answers = await Promise.all(
    Array.from({ length: 8 }, async (_, index) => {
      let left = 60;
      const stream = new ReadableStream({
        pull(controller) {
          if (left-- > 0) controller.enqueue(piece);
          else controller.close();
        },
      });
      const body = index % 2 === 0 ? stream : new Uint8Array(60 << 20);
      const headers = { 'content-type': 'application/json' };
      const response = await fetch(`${url}/v1/drafts`, {
        method: 'POST',
        headers,
        body,
        duplex: 'half',
      } as RequestInit);
      return (await response.json()) as object;
    }),
  );
  for (const answer of answers) expect(answer).toMatchObject({ status: 413, code: 'INPUT_TOO_LARGE' });
  expect((await memoryMb()) - before).toBeLessThan(200);
  expect(await call(`${url}/livez`)).toMatchObject({ status: 200 });
  await end('SIGKILL');
});
