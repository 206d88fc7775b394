import { copyFileSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { call, type House, openHouse } from './harness.ts';
import { endProcesses, startProcess } from './support/start-process.ts';

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(endProcesses);
afterAll(() => house.close());

/** Folders of a store of its own. */
function storeOf(name: string) {
  const location = join(house.folder, name);
  mkdirSync(location);
  return { folder: house.folder, location, blobs: join(location, 'blobs') };
}

test('what a disk does not take is not acknowledged, and nobody reads it', async () => {
  const store = storeOf('failing');
  const broken = join(house.folder, 'broken');
  const preload = join(import.meta.dirname, 'support/failing-sync.ts');
  const first = await startProcess(store, { preload, env: { FAILING_SYNC: broken } });
  const make = (url: string, name: string) =>
    call(`${url}/v1/drafts`, { name }, { headers: { 'idempotency-key': name } });
  const { body: before } = await make(first.url, 'before');

  writeFileSync(broken, '');
  const refused = {
    status: 503,
    body: { code: 'STORE_UNAVAILABLE', detail: expect.stringContaining('EIO') },
  };
  expect(await make(first.url, 'lost')).toMatchObject(refused);
  // What is in memory of the system may go with the power: it is told to nobody.
  for (const path of ['/api/draft/list', `/api/draft/status/${before.draft_id}`, '/v1/jobs'])
    expect([path, await call(first.url + path)]).toMatchObject([path, refused]);
  expect(await call(`${first.url}/coze/plugin/v1/drafts`, { name: 'a' })).toMatchObject({
    status: 200,
    body: { success: false, error_code: 'STORE_UNAVAILABLE' },
  });
  expect(await call(`${first.url}/readyz`)).toMatchObject({ status: 503, body: { success: false } });
  expect(await call(`${first.url}/livez`)).toMatchObject({ status: 200 });

  // A disk that has lost something says so once and then works again: what comes later would build on it.
  rmSync(broken);
  expect(await make(first.url, 'later')).toMatchObject(refused);
  expect(await first.end('SIGTERM')).toBe(0);

  const second = await startProcess({ ...store, aheadMs: 60_000 });
  const names = ['before', 'lost', 'later'];
  const made = [];
  for (const name of names) made.push((await make(second.url, name)).body);
  expect(made[0]).toEqual(before);
  const { body } = await call(`${second.url}/api/draft/list`);
  expect(body.drafts.map(({ name }: { name: string }) => name).toSorted()).toEqual(names.toSorted());
});

test.skipIf(process.platform === 'win32').each<[string, (location: string) => void]>([
  ['was removed', (location) => rmSync(location, { recursive: true })],
  ['was moved away', (location) => renameSync(location, `${location} of before`)],
  [
    'has another one in its place',
    (location) => {
      copyFileSync(join(location, 'cozecut.db'), join(location, 'copy'));
      renameSync(join(location, 'copy'), join(location, 'cozecut.db'));
    },
  ],
])('nothing is acknowledged once the database %s', async (what, change) => {
  const store = storeOf(what);
  const first = await startProcess(store);
  expect((await call(`${first.url}/v1/drafts`, { name: 'before' })).status).toBe(200);
  change(store.location);
  const refused = {
    status: 503,
    body: { code: 'STORE_UNAVAILABLE', detail: expect.stringContaining('in use') },
  };
  for (const name of ['a', 'b'])
    expect(await call(`${first.url}/v1/drafts`, { name })).toMatchObject(refused);
  expect((await call(`${first.url}/readyz`)).status).toBe(503);
});

describe.skipIf(process.platform === 'win32')('a file that may not grow', () => {
  test('is no fault of the caller, and loses nothing', async () => {
    const store = storeOf('limited');
    const first = await startProcess(store, { maxFileKib: 1_024 });
    const made: string[] = [];
    for (;;) {
      const { status, body } = await call(`${first.url}/v1/drafts`, { name: 'x'.repeat(60) });
      if (status === 200) {
        made.push(body.draft_id);
        continue;
      }
      expect([status, body]).toMatchObject([503, { code: 'STORE_UNAVAILABLE' }]);
      break;
    }
    expect(await first.end('SIGKILL')).toBe(null);
    const second = await startProcess({ ...store, aheadMs: 60_000 });
    for (const id of made)
      expect([id, (await call(`${second.url}/api/draft/status/${id}`)).status]).toEqual([id, 200]);
  });
});
