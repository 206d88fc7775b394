import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { openStore, type Store } from '@cozecut/store';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { cozecut, start, temporaryFolder } from './support.ts';

const cwd = temporaryFolder();
let store: Store;
beforeAll(async () => {
  const location = join(cwd, '.cozecut');
  store = await openStore({ location, blobs: join(location, 'blobs'), now: Date.now, uuid: randomUUID });
});
afterAll(() => store.close());

const run = async (...args: string[]) => {
  const { code, stdout } = await cozecut(['job', ...args, '--json'], { cwd });
  return { code, output: JSON.parse(stdout) };
};

test('a job is listed, cancelled and put into the queue again', async () => {
  const { id } = await store.jobs.enqueue({
    tool: 'generate_draft',
    input: { name: '早间新闻' },
    owner: 'alice',
  });
  expect(await run('list', '--owner', 'alice')).toMatchObject({
    code: 0,
    output: { total: 1, jobs: [{ job_id: id, owner: 'alice', tool: 'generate_draft', status: 'queued' }] },
  });
  expect(await run('list', '--state', 'failed')).toMatchObject({ output: { total: 0, jobs: [] } });
  expect(await run('retry', id)).toMatchObject({ code: 2, output: { error: { code: 'JOB_NOT_ENDED' } } });
  expect(await run('cancel', id)).toMatchObject({ code: 0, output: { status: 'cancelled' } });
  expect(await run('cancel', id)).toMatchObject({ code: 2, output: { error: { code: 'JOB_ENDED' } } });
  const { code, output } = await run('retry', id);
  expect({ code, status: output.status }).toEqual({ code: 0, status: 'queued' });
  expect(output.job_id).not.toBe(id);
  expect(await store.jobs.get(output.job_id)).toMatchObject({ input: { name: '早间新闻' }, owner: 'alice' });
});

test('who follows a job and leaves before it has ended is told so by the exit code', async () => {
  const { id } = await store.jobs.start('export_video');
  await store.jobs.progress(id, { fraction: 0.25, phase: 'media', message: 'one of four' });
  for (const more of [[], ['--json']]) {
    const child = start(['job', 'logs', id, '--follow', ...more], { cwd });
    const ended = once(child, 'close');
    let told = '';
    child.stderr.on('data', (chunk) => {
      told += chunk;
    });
    for await (const line of createInterface({ input: child.stdout })) {
      if (line.includes('one of four')) child.kill('SIGINT');
    }
    expect(await ended).toEqual([130, null]);
    expect(told).toMatch(more.length === 0 ? /^Reading .*\n$/ : /^$/);
  }
  await store.jobs.finish(id, { output: {} });
});

test('what happened to a job is printed, and followed until it has ended', { timeout: 60_000 }, async () => {
  const { id } = await store.jobs.start('export_video');
  await store.jobs.progress(id, { fraction: 0.25, phase: 'media', message: 'one of four' });

  const child = start(['job', 'logs', id, '--follow'], { cwd });
  const ended = once(child, 'close');
  const lines: string[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    lines.push(line);
    // What comes from here on was not there when the command began.
    if (line.includes('one of four')) {
      await store.jobs.finish(id, {
        error: { code: 'MEDIA_TIMEOUT', message: 'the video did not come', problems: [] },
      });
    }
  }
  expect(await ended).toEqual([0, null]);
  expect(lines.some((line) => /running +25% +media +one of four$/.test(line))).toBe(true);
  expect(lines.at(-1)).toMatch(/failed +25% .*the video did not come \[MEDIA_TIMEOUT\]$/);

  const { output } = await run('logs', id);
  expect(output.events).toHaveLength(lines.length);
  expect(output.events.at(-1)).toMatchObject({ status: 'failed', error: { code: 'MEDIA_TIMEOUT' } });
  expect(await run('show', id)).toMatchObject({
    output: { status: 'failed', error: { code: 'MEDIA_TIMEOUT' } },
  });
  // Without the queue the input of a job is not kept.
  expect(await run('retry', id)).toMatchObject({ code: 2, output: { error: { code: 'JOB_INPUT_UNKNOWN' } } });
});

test('an id that is none is told', async () => {
  expect(await run('logs', 'nothing')).toMatchObject({
    code: 2,
    output: { error: { code: 'JOB_NOT_FOUND' } },
  });
});
