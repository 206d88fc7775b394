import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openStore, type Store } from '../src/index.ts';

let folder: string;
let store: Store;
let time = 1_000;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'cozecut-store-'));
  store = await open();
});
afterEach(async () => {
  await store.close();
  rmSync(folder, { recursive: true });
});

const open = () => openStore({ location: folder, now: () => time++, uuid: () => crypto.randomUUID() });

test('a draft is there after the store was closed and opened again', async () => {
  const { id } = await store.drafts.create({ tracks: [] }, { name: '早间新闻' });
  await store.drafts.edit(id, () => ({ tracks: [1] }));
  await store.drafts.saved(id, '/drafts/早间新闻');
  await store.close();
  store = await open();
  expect(await store.drafts.get(id)).toMatchObject({
    name: '早间新闻',
    revision: 2,
    timeline: { tracks: [1] },
    state: 'saved',
    folder: '/drafts/早间新闻',
  });
});

test('an edit after a save opens the draft again', async () => {
  const { id } = await store.drafts.create({}, { name: 'a' });
  await store.drafts.saved(id, '/a');
  expect((await store.drafts.edit(id, (timeline) => timeline)).state).toBe('open');
});

test('edits of one draft at once are all kept', async () => {
  const { id } = await store.drafts.create({ clips: [] as number[] }, { name: 'a' });
  const other = await open();
  await Promise.all(
    Array.from({ length: 40 }, (_, index) =>
      (index % 2 === 0 ? store : other).drafts.edit(id, (timeline) => ({
        clips: [...(timeline as { clips: number[] }).clips, index],
      })),
    ),
  );
  await other.close();
  const { timeline, revision } = await store.drafts.get(id);
  expect((timeline as { clips: number[] }).clips.toSorted((a, b) => a - b)).toEqual(
    Array.from({ length: 40 }, (_, index) => index),
  );
  expect(revision).toBe(41);
});

test('an edit that fails changes nothing', async () => {
  const { id } = await store.drafts.create({ a: 1 }, { name: 'a' });
  const edit = store.drafts.edit(id, () => {
    throw new Error('no');
  });
  await expect(edit).rejects.toThrow('no');
  expect(await store.drafts.get(id)).toMatchObject({ revision: 1, timeline: { a: 1 } });
});

test('an unknown draft is a typed error', async () => {
  await expect(store.drafts.get('nope')).rejects.toMatchObject({ code: 'DRAFT_NOT_FOUND' });
  await expect(store.drafts.edit('nope', () => ({}))).rejects.toMatchObject({ code: 'DRAFT_NOT_FOUND' });
  await expect(store.drafts.saved('nope', '/x')).rejects.toMatchObject({ code: 'DRAFT_NOT_FOUND' });
});

test('the list is newest first, in pages, and searched by a literal part of the name', async () => {
  for (const name of ['one', '100%', 'two', 'one more']) await store.drafts.create({}, { name });
  const first = await store.drafts.list({ limit: 3 });
  expect(first.drafts.map((draft) => draft.name)).toEqual(['one more', 'two', '100%']);
  expect(first.total).toBe(4);
  const rest = await store.drafts.list({ limit: 3, before: first.drafts[2]!.id });
  expect(rest.drafts.map((draft) => draft.name)).toEqual(['one']);
  expect((await store.drafts.list({ limit: 9, query: '%' })).drafts.map((draft) => draft.name)).toEqual([
    '100%',
  ]);
  expect((await store.drafts.list({ limit: 9, query: 'one' })).total).toBe(2);
});

test('a job is found by its draft and keeps its end', async () => {
  const job = await store.jobs.start('generate_draft');
  await store.jobs.progress(job.id, {
    fraction: 0.5,
    phase: 'download',
    drafts: [{ draftId: 'd1', folder: '/d1' }],
  });
  expect(await store.jobs.ofDraft('d1')).toMatchObject({ id: job.id, state: 'running', fraction: 0.5 });
  await store.jobs.finish(job.id, { output: { ok: true } });
  await store.jobs.finish(job.id, { error: { code: 'LATE', message: 'late', problems: [] } });
  await store.jobs.progress(job.id, { fraction: 0.1 });
  expect(await store.jobs.get(job.id)).toMatchObject({
    state: 'succeeded',
    output: { ok: true },
    fraction: 1,
  });
});

test('a job whose process went silent fails, one that is alive goes on', async () => {
  const dead = await store.jobs.start('a');
  time += 60_000;
  const alive = await store.jobs.start('b');
  expect(await store.jobs.failAbandoned(30_000)).toBe(1);
  expect(await store.jobs.get(dead.id)).toMatchObject({ state: 'failed', error: { code: 'INTERRUPTED' } });
  expect(await store.jobs.get(alive.id)).toMatchObject({ state: 'running' });
});

test('what was acknowledged survives a kill', async () => {
  const script = join(folder, 'writer.mjs');
  writeFileSync(
    script,
    `import { openStore } from ${JSON.stringify(join(import.meta.dirname, '../src/index.ts'))};
     const store = await openStore({ location: ${JSON.stringify(folder)}, now: Date.now, uuid: () => crypto.randomUUID() });
     for (;;) console.log((await store.drafts.create({ big: 'x'.repeat(2000) }, { name: 'n' })).id);`,
  );
  const child = spawn(process.execPath, ['--conditions=@cozecut/source', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let acknowledged = '';
  child.stdout.on('data', (chunk) => {
    acknowledged += chunk;
    if (acknowledged.split('\n').length > 50) child.kill('SIGKILL');
  });
  await once(child, 'close');
  const ids = acknowledged.split('\n').slice(0, -1);
  expect(ids.length).toBeGreaterThan(40);
  for (const id of ids) expect((await store.drafts.get(id)).name).toBe('n');
});

test('a store that is an address, or a folder that cannot be made, is a clear error', async () => {
  const options = { now: Date.now, uuid: () => crypto.randomUUID() };
  await expect(openStore({ ...options, location: 'mysql://host/db' })).rejects.toMatchObject({
    code: 'STORE_UNSUPPORTED',
  });
  writeFileSync(join(folder, 'file'), '');
  await expect(openStore({ ...options, location: join(folder, 'file', 'x') })).rejects.toMatchObject({
    code: 'STORE_UNAVAILABLE',
  });
});
