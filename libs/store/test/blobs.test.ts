import { existsSync, globSync, utimesSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer, text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Store } from '../src/index.ts';
import { startBucket } from './support/bucket.ts';
import { onEachBackend, type Subject } from './support/each-backend.ts';

const HELLO = '2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824';
const mine = { owner: 'anna', holder: 'draft-1', type: 'text/plain' };
const DAY_MS = 86_400_000;

/** The same for a folder and for a bucket. */
function blobTests(current: () => { store: Store; subject: Subject }): void {
  test('content comes back, whole and in parts, by its hash', async () => {
    const { blobs } = current().store;
    const blob = await blobs.put(Buffer.from('hello'), { ...mine, name: 'a.txt' });
    expect(blob).toMatchObject({ id: HELLO, bytes: 5, type: 'text/plain' });
    const read = async (range?: { start: number; end?: number }) => text(await blobs.read(HELLO, range));
    expect(await read()).toBe('hello');
    expect(await read({ start: 1, end: 3 })).toBe('ell');
    expect(await read({ start: 3 })).toBe('lo');
    expect(await read({ start: 3, end: 99 })).toBe('lo');
    await expect(blobs.read('0'.repeat(64))).rejects.toMatchObject({ code: 'BLOB_NOT_FOUND' });
  });

  test('what is large is streamed, and equal content is kept once', async () => {
    const { blobs, drafts } = current().store;
    const part = Buffer.alloc(1 << 20, 'x');
    const content = () =>
      Readable.from(
        (function* () {
          for (let at = 0; at < 8; at++) yield part;
        })(),
      );
    const first = await blobs.put(content(), { ...mine, name: 'a' });
    const [second, third] = await Promise.all([
      blobs.put(content(), { ...mine, name: 'b' }),
      blobs.put(content(), { ...mine, holder: 'draft-2', name: 'a' }),
    ]);
    expect([second.id, third.id]).toEqual([first.id, first.id]);
    expect((await buffer(await blobs.read(first.id))).length).toBe(8 << 20);
    expect((await drafts.usage('anna')).blobBytes).toBe(8 << 20);
    expect((await blobs.list('draft-1')).map(({ name }) => name)).toEqual(['a', 'b']);
  });

  test('a finished file is taken over, and is gone from its place', async () => {
    const { store, subject } = current();
    const file = join(subject.backend.folder, 'finished');
    for (const content of ['hello', 'hello', 'x'.repeat(600_000)]) {
      await writeFile(file, content);
      const { id, bytes } = await store.blobs.adopt(file, { ...mine, name: 'a' });
      expect(bytes).toBe(content.length);
      expect(await text(await store.blobs.read(id))).toBe(content);
      expect(existsSync(file)).toBe(false);
    }
    expect(await store.blobs.list('draft-1')).toHaveLength(1);
    await expect(store.blobs.adopt(file, { ...mine, name: 'b' })).rejects.toThrow('ENOENT');
  });

  test('a holder has one blob under a name', async () => {
    const { blobs } = current().store;
    await blobs.put(Buffer.from('old'), { ...mine, name: 'archive' });
    await blobs.put(Buffer.from('hello'), { ...mine, name: 'archive' });
    expect(await blobs.find('draft-1', 'archive')).toMatchObject({ id: HELLO });
    expect(await blobs.find('draft-2', 'archive')).toBeUndefined();
    await blobs.drop('draft-1', 'archive');
    expect(await blobs.list('draft-1')).toEqual([]);
  });

  test('too much content, or content that breaks off, leaves nothing', async () => {
    const { store, subject } = current();
    const tooMuch = store.blobs.put(Readable.from(['hel', 'lo']), { ...mine, name: 'a', maxBytes: 4 });
    await expect(tooMuch).rejects.toMatchObject({ code: 'BLOB_TOO_LARGE' });
    const broken = new Readable({
      read() {
        this.destroy(new Error('cut off'));
      },
    });
    await expect(store.blobs.put(broken, { ...mine, name: 'a' })).rejects.toThrow('cut off');
    const limited = await subject.backend.open({ quota: { maxBytes: 4 }, blobs: subject.backend.folder });
    const overQuota = limited.blobs.put(Buffer.from('hello'), { ...mine, name: 'a' });
    await expect(overQuota).rejects.toMatchObject({ code: 'QUOTA_EXCEEDED' });
    expect(await store.blobs.get(HELLO)).toBeUndefined();
    expect(await store.blobs.list('draft-1')).toEqual([]);
  });

  test('a sweep removes what nobody holds and what has no row, and nothing else', async () => {
    const { store, subject } = current();
    const { id } = await store.drafts.create({}, { name: 'a' });
    const held = await store.blobs.put(Buffer.from('held'), { ...mine, holder: id, name: 'a' });
    const shared = await store.blobs.put(Buffer.from('shared'), { ...mine, holder: id, name: 'b' });
    await store.blobs.put(Buffer.from('shared'), { ...mine, name: 'b' });
    const dropped = await store.blobs.put(Buffer.from('dropped'), { ...mine, name: 'c' });
    await store.blobs.drop('draft-1', 'c');
    expect((await store.sweep({ blobsMs: DAY_MS })).blobs).toBe(0);
    subject.backend.time += DAY_MS + 60_001;
    expect((await store.sweep({ blobsMs: DAY_MS })).blobs).toBe(1);
    expect(await store.blobs.get(dropped.id)).toBeUndefined();
    // Put again after it was swept.
    await store.blobs.put(Buffer.from('dropped'), { ...mine, name: 'c' });
    expect(await text(await store.blobs.read(dropped.id))).toBe('dropped');

    await store.drafts.remove(id);
    subject.backend.time += DAY_MS + 60_001;
    expect((await store.sweep({ blobsMs: DAY_MS })).blobs).toBe(1);
    expect(await store.blobs.get(held.id)).toBeUndefined();
    expect(await text(await store.blobs.read(shared.id))).toBe('shared');
  });
}

onEachBackend((subject) => {
  describe('in a folder', () => {
    blobTests(() => ({ store: subject.store, subject }));

    test('files that an ended process left are swept when they are old', async () => {
      const { store, backend } = subject;
      const kept = await store.blobs.put(Buffer.from('hello'), { ...mine, name: 'a' });
      const folder = join(backend.folder, 'blobs');
      const orphan = 'f'.repeat(64);
      const young = `f0${'0'.repeat(62)}`;
      for (const path of [`ff/${orphan}`, `f0/${young}`, 'incoming/half']) {
        await mkdir(join(folder, path, '..'), { recursive: true });
        await writeFile(join(folder, path), 'x');
      }
      const old = new Date(Date.now() - 2 * 3_600_000);
      for (const path of [`ff/${orphan}`, 'incoming/half', `2c/${kept.id}`])
        utimesSync(join(folder, path), old, old);
      expect((await store.sweep({})).orphans).toBe(2);
      const files = globSync('*/*', { cwd: folder }).toSorted();
      expect(files).toEqual([`2c/${kept.id}`, `f0/${young}`]);
    });

    test('puts and sweeps of the same content at once never lose it', async () => {
      const { store, backend } = subject;
      const content = Buffer.from('wanted');
      let isDone = false;
      const sweeping = (async () => {
        while (!isDone) {
          backend.time += DAY_MS;
          await store.sweep({ blobsMs: 1 });
        }
      })();
      for (let round = 0; round < 40; round++) {
        const { id } = await store.blobs.put(content, { ...mine, name: 'a' });
        expect(await text(await store.blobs.read(id)), `round ${round}`).toBe('wanted');
        await store.blobs.drop('draft-1');
      }
      isDone = true;
      await sweeping;
    });
  });

  describe('in a bucket', () => {
    let bucket: Awaited<ReturnType<typeof startBucket>>;
    let store: Store;
    beforeEach(async () => {
      const folder = join(subject.backend.folder, 'bucket');
      await mkdir(folder);
      bucket = await startBucket(folder);
      store = await subject.backend.open({ blobs: bucket.address() });
    });
    afterEach(() => bucket.stop());

    blobTests(() => ({ store, subject }));

    test('objects lie under the prefix, and those without a row are swept', async () => {
      const { id } = await store.blobs.put(Buffer.from('hello'), { ...mine, name: 'a' });
      const objects = () =>
        globSync('**/*_object', { cwd: join(subject.backend.folder, 'bucket') }).map(
          (file) => file.split('._')[0],
        );
      expect(objects()).toEqual([`cozecut/some/prefix/${id}`]);
      const other = await subject.backend.open({
        location: ':memory:',
        blobs: bucket.address(),
        orphanAgeMs: -60_000,
      });
      expect((await other.sweep({})).orphans).toBe(1);
      expect(objects()).toEqual([]);
    });

    test.each([
      ['another secret', { secret: 'another' }],
      ['another key', { key: 'ANOTHER' }],
      ['another region', { region: 'us-east-1' }],
      ['another bucket', { bucket: 'another' }],
    ])('%s is refused, and says so', async (_what, change) => {
      const { id } = await store.blobs.put(Buffer.from('hello'), { ...mine, name: 'a' });
      const stranger = await subject.backend.open({ blobs: bucket.address(change) });
      const refused = { code: 'BLOBS_UNAVAILABLE', message: expect.not.stringContaining('se/cr+et') };
      await expect(stranger.blobs.put(Buffer.from('other'), { ...mine, name: 'b' })).rejects.toMatchObject(
        refused,
      );
      await expect(stranger.blobs.read(id)).rejects.toMatchObject(refused);
      await expect(stranger.sweep({})).rejects.toMatchObject(refused);
      expect(await store.blobs.list('draft-1')).toHaveLength(1);
    });

    test('a bucket that goes away loses nothing that was put', async () => {
      const { id } = await store.blobs.put(Buffer.from('hello'), { ...mine, name: 'a' });
      await bucket.stop();
      const refused = { code: 'BLOBS_UNAVAILABLE' };
      await expect(store.blobs.put(Buffer.from('more'), { ...mine, name: 'b' })).rejects.toMatchObject(
        refused,
      );
      await expect(store.blobs.read(id)).rejects.toMatchObject(refused);
      expect((await store.blobs.list('draft-1')).map(({ name }) => name)).toEqual(['a']);
      bucket = await startBucket(join(subject.backend.folder, 'bucket'));
      const again = await subject.backend.open({ blobs: bucket.address() });
      expect(await text(await again.blobs.read(id))).toBe('hello');
    });
  });

  test('a store without a place for files says so', async () => {
    const store = await subject.backend.open({ location: ':memory:', blobs: undefined as never });
    const put = store.blobs.put(Buffer.from('hello'), { ...mine, name: 'a' });
    await expect(put).rejects.toMatchObject({ code: 'BLOBS_UNAVAILABLE' });
    expect((await store.sweep({ blobsMs: 0 })).orphans).toBe(0);
  });
});

onEachBackend((subject) => {
  test('a sweep removes what is older than it may be, and nothing in use', async () => {
    const { store, backend } = subject;
    const make = async (name: string) => (await store.drafts.create({}, { name })).id;
    const [old, worked, young] = [await make('old'), await make('worked on'), await make('young')];
    const job = await store.jobs.enqueue({
      tool: 'a',
      input: {},
      drafts: [{ draftId: worked, folder: '/w' }],
    });
    // A former attempt of it has ended with its process.
    const attempt = { owner: 'local', key: `job:${job.id}`, fingerprint: job.id };
    const { seed } = (await store.idempotency.begin(attempt, 1)) as { seed: string };
    await store.drafts.saved(old, '/drafts/old');
    const ended = await store.jobs.start('b');
    await store.jobs.finish(ended.id, { output: 1 });
    const call = { owner: 'anna', tool: 'a', mode: 'cloud', status: 'ok', durationMs: 1 } as const;
    await store.calls.record({ ...call, startedAt: backend.time });
    const request = { owner: 'anna', key: 'k', fingerprint: 'f' };
    await store.idempotency.run(request, async () => 1);
    await store.idempotency.begin({ ...request, key: 'running' }, 2 * DAY_MS);
    const session = await store.sessions.create({ owner: 'anna', data: 1 });
    const busy = await store.sessions.create({ owner: 'anna', data: 2 });
    const { chat } = await store.sessions.beginChat(busy.id, { leaseMs: 2 * DAY_MS });
    await store.events.append(`chat:${chat.id}`, 'delta', 1);
    await store.events.append(`question:${job.id}`, 'asked', 1);
    await store.events.append('chat:gone', 'delta', 1);
    await store.events.append('t', 'tick', 1);
    const end = backend.time + DAY_MS;
    const ending = (
      await store.tokens.create({ owner: 'anna', name: 'old', scopes: [], expiresAt: end - DAY_MS })
    ).token;
    const endless = (await store.tokens.create({ owner: 'anna', name: 'new', scopes: [] })).token;
    const grant = {
      kind: 'access' as const,
      clientId: 'c',
      owner: 'anna',
      scopes: [],
      family: 'f',
      isUsed: false,
    };
    await store.grants.put('short', { ...grant, expiresAt: end });
    await store.grants.put('long', { ...grant, expiresAt: end + DAY_MS });
    const retention = {
      draftsMs: DAY_MS,
      jobsMs: DAY_MS,
      callsMs: DAY_MS,
      idempotencyMs: DAY_MS,
      sessionsMs: DAY_MS,
      eventsMs: DAY_MS,
      tokensMs: DAY_MS,
    };
    const none = {
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
    expect(await store.sweep(retention)).toEqual(none);

    backend.time += DAY_MS;
    await store.drafts.edit(young, () => ({ a: 1 }));
    backend.time += 1;
    // Nobody says how long anything is kept: only what can no longer be used goes.
    expect(await store.sweep({})).toEqual({ ...none, grants: 1 });
    const swept = await store.sweep(retention);
    expect(swept).toMatchObject({
      ...none,
      drafts: 1,
      folders: ['/drafts/old'],
      jobs: 1,
      calls: 1,
      idempotency: 1,
      sessions: 1,
      events: 1,
      tokens: 1,
    });
    expect((await store.tokens.list()).map(({ id }) => id)).toEqual([endless.id]);
    expect(ending.id).not.toBe(endless.id);
    expect([await store.grants.get('short'), await store.grants.get('long')]).toMatchObject([
      undefined,
      { owner: 'anna' },
    ]);
    // What has not ended is whole: its events, its question, and what it has done in a former attempt.
    for (const topic of [`job:${job.id}`, `question:${job.id}`, `chat:${chat.id}`])
      expect([topic, (await store.events.read(topic, { after: 0, limit: 9 })).length]).toEqual([topic, 1]);
    expect(await store.idempotency.begin(attempt, 1)).toMatchObject({ seed, attempt: 2 });
    expect((await store.events.append('chat:gone', 'delta', 2)).id).toBe(1);
    await expect(store.drafts.get(old)).rejects.toMatchObject({ code: 'DRAFT_NOT_FOUND' });
    expect((await store.drafts.get(worked)).name).toBe('worked on');
    expect((await store.drafts.get(young)).revision).toBe(2);
    expect(await store.jobs.get(ended.id)).toBeUndefined();
    expect(await store.sessions.get(session.id)).toBeUndefined();
    expect(await store.sessions.get(busy.id)).toBeDefined();
    // A key that was swept is a new one; ids of events go on.
    expect(await store.idempotency.run(request, async () => 2)).toBe(2);
    expect((await store.events.append('t', 'tick', 2)).id).toBe(2);
  });

  test('an owner may keep drafts for another time than others', async () => {
    const { store, backend } = subject;
    for (const owner of ['anna', 'ben', 'carl'])
      await store.drafts.forOwner(owner).create({}, { name: owner });
    await store.drafts.setQuota('anna', { keepDraftsMs: 10 });
    await store.drafts.setQuota('ben', { keepDraftsMs: 10 * DAY_MS });
    const left = async () => (await store.drafts.list({ limit: 9 })).drafts.map(({ owner }) => owner);
    backend.time += 11;
    expect((await store.sweep({})).drafts).toBe(1);
    expect(await left()).toEqual(['carl', 'ben']);
    backend.time += DAY_MS;
    expect((await store.sweep({ draftsMs: DAY_MS })).drafts).toBe(1);
    expect(await left()).toEqual(['ben']);
  });
});
