import { openStore, type Swept } from '@cozecut/store';
import { expect, test } from 'vitest';
import { startSweeps } from '../src/index.ts';

const DAY_MS = 86_400_000;
const quiet = { debug() {}, info() {}, warn() {}, error() {} };
const nothing: Swept = {
  drafts: 0,
  folders: [],
  jobs: 0,
  calls: 0,
  idempotency: 0,
  sessions: 0,
  events: 0,
  blobs: 0,
  tokens: 0,
  grants: 0,
  orphans: 0,
};

/** Waits that end when the test says so. */
function turns() {
  const asked: number[] = [];
  let next = Promise.withResolvers<void>();
  return {
    asked,
    wait: (ms: number, signal: AbortSignal) => {
      asked.push(ms);
      const { promise, reject } = next;
      signal.addEventListener('abort', () => reject(signal.reason), { once: true });
      return promise;
    },
    go() {
      const { resolve } = next;
      next = Promise.withResolvers();
      resolve();
    },
  };
}

test('what is too old goes in the turn in which it is, and what is in use stays', async () => {
  let time = 0;
  const store = await openStore({ location: ':memory:', now: () => time, uuid: () => crypto.randomUUID() });
  const [old, used] = [
    await store.drafts.create({}, { name: 'old' }),
    await store.drafts.create({}, { name: 'used' }),
  ];
  await store.drafts.saved(old.id, '/drafts/old');
  await store.jobs.enqueue({ tool: 'a', input: {}, drafts: [{ draftId: used.id, folder: '/drafts/used' }] });
  const { asked, wait, go } = turns();
  const folders: string[][] = [];
  const sweeps = startSweeps({
    store,
    retention: { draftsMs: 30 * DAY_MS },
    everyMs: DAY_MS,
    log: quiet,
    also: async (gone) => void folders.push([...gone]),
    wait,
  });
  await expect.poll(() => asked).toEqual([DAY_MS]);
  expect(folders).toEqual([[]]);
  time += 31 * DAY_MS;
  go();
  await expect.poll(() => asked).toEqual([DAY_MS, DAY_MS]);
  expect(folders).toEqual([[], ['/drafts/old']]);
  expect((await store.drafts.list({ limit: 9 })).drafts.map(({ name }) => name)).toEqual(['used']);
  await sweeps.close();
  await store.close();
});

test('a sweep that fails is told, and the next one comes', async () => {
  const { asked, wait, go } = turns();
  const warned: string[] = [];
  let count = 0;
  const sweeps = startSweeps({
    store: {
      async sweep() {
        count += 1;
        if (count === 1) throw new Error('the disk is full');
        return nothing;
      },
    },
    retention: {},
    everyMs: 1,
    log: { ...quiet, warn: (message, fields) => void warned.push(`${message} ${fields?.error}`) },
    also: async () => undefined,
    wait,
  });
  await expect.poll(() => asked.length).toBe(1);
  expect(warned).toEqual(['the store was not swept Error: the disk is full']);
  go();
  await expect.poll(() => count).toBe(2);
  await sweeps.close();
  expect(warned).toHaveLength(1);
});

test('without a time there is one sweep', async () => {
  let count = 0;
  const sweep = async () => {
    count += 1;
    return nothing;
  };
  const wait = () => Promise.reject(new Error('nobody waits'));
  const sweeps = startSweeps({
    store: { sweep },
    retention: {},
    everyMs: undefined,
    log: quiet,
    also: async () => undefined,
    wait,
  });
  await sweeps.close();
  expect(count).toBe(1);
});
