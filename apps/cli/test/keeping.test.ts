import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { openStore } from '@cozecut/store';
import { expect, test } from 'vitest';
import { post, temporaryFolder, withServer } from './support.ts';

const DAY_MS = 86_400_000;
const folder = temporaryFolder();
const location = join(folder, 'store');
const env = { COZECUT_STORE: location, COZECUT_RETENTION_DRAFTS: '90d', COZECUT_QUOTA_DRAFTS: '3' };

test('a server keeps drafts as long and as many as its deployment says', async () => {
  const [own, elsewhere] = [join(location, 'drafts', 'old'), join(folder, 'editor', 'mine')];
  for (const path of [own, elsewhere]) mkdirSync(path, { recursive: true });
  // Somebody used it a hundred days ago.
  const before = await openStore({
    location,
    now: () => Date.now() - 100 * DAY_MS,
    uuid: () => crypto.randomUUID(),
  });
  for (const path of [own, elsewhere]) {
    const { id } = await before.drafts.create({}, { name: 'old' });
    await before.drafts.saved(id, path);
  }
  const inUse = await before.drafts.create({}, { name: 'in use' });
  await before.jobs.enqueue({
    tool: 'nobody_knows_it',
    input: {},
    drafts: [{ draftId: inUse.id, folder: join(location, 'drafts', 'in use') }],
    runAt: Date.now() + DAY_MS,
  });
  await before.close();

  await withServer([], { cwd: folder, env }, async (url) => {
    const names = async () => {
      const answer = (await (await fetch(`${url}/api/draft/list`)).json()) as { drafts: { name: string }[] };
      return answer.drafts.map(({ name }) => name);
    };
    await expect.poll(names, { timeout: 20_000 }).toEqual(['in use']);
    // A folder that the server made for itself goes; one that a person chose is theirs.
    await expect.poll(() => existsSync(own), { timeout: 20_000 }).toBe(false);
    expect(existsSync(elsewhere)).toBe(true);
    const make = async () => (await post(`${url}/v1/drafts`, { name: 'new' })).status;
    expect([await make(), await make(), await make()]).toEqual([200, 200, 507]);
  });
});

test('an export of more drafts than there is room for makes none of them', async () => {
  const store = join(folder, 'full');
  const settings = { COZECUT_STORE: store, COZECUT_QUOTA_DRAFTS: '2' };
  const segment = { type: 'text', content: 'a', time_range: { start: 0, end: 2.5 } };
  const named = (name: string) => ({
    project: { name, width: 100, height: 100, fps: 30 },
    tracks: [{ track_type: 'text', segments: [segment] }],
  });
  await withServer([], { cwd: folder, env: settings }, async (url) => {
    expect((await post(`${url}/v1/drafts`, { name: 'one' })).status).toBe(200);
    const two = { content: { drafts: [named('two'), named('three')] } };
    expect(await post(`${url}/api/draft/generate`, two)).toMatchObject({
      status: 507,
      body: { code: 'QUOTA_EXCEEDED' },
    });
    const { total } = (await (await fetch(`${url}/api/draft/list`)).json()) as { total: number };
    expect(total).toBe(1);
    expect(existsSync(join(store, 'drafts')) ? readdirSync(join(store, 'drafts')) : []).toEqual([]);
    const one = { content: { drafts: [named('two')] } };
    expect((await post(`${url}/api/draft/generate`, one)).status).toBe(200);
  });
});
