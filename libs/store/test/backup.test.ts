import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type OpenStoreOptions, openStore, restoreStore, type Store } from '../src/index.ts';
import { onEachBackend } from './support/each-backend.ts';
import { hasPostgres, type Postgres, startPostgres } from './support/postgres.ts';

const outside = { now: Date.now, uuid: () => crypto.randomUUID() };
let targets: string;
let server: Postgres | undefined;

beforeAll(async () => {
  targets = mkdtempSync(join(tmpdir(), 'cozecut-restored-'));
  if (hasPostgres) server = await startPostgres({ isDurable: false });
});
afterAll(async () => {
  rmSync(targets, { recursive: true, force: true });
  await server?.stop();
});

/** A new place of each engine that is here. */
async function newPlaces(): Promise<OpenStoreOptions[]> {
  const folder = mkdtempSync(join(targets, 'place-'));
  const sqlite = { ...outside, location: join(folder, 'store') };
  if (server === undefined) return [sqlite];
  return [sqlite, { ...outside, location: await server.createDatabase(), blobs: join(folder, 'blobs') }];
}

/** Something in every table. */
async function fill(store: Store) {
  const anna = store.drafts.forOwner('anna');
  const { id } = await anna.create({ clips: [] }, { name: '早间新闻 \0 "x"' });
  for (let clip = 0; clip < 120; clip++) await anna.edit(id, () => ({ clips: [clip], text: '字\u2028\0' }));
  await anna.saved(id, '/a');
  await store.drafts.setQuota('ben', { maxDrafts: 3 });
  const job = await store.jobs.enqueue({
    tool: 'render',
    input: { a: 1 },
    owner: 'anna',
    drafts: [{ draftId: id, folder: '/a' }],
  });
  await store.calls.record({
    owner: 'anna',
    tool: 'a',
    mode: 'cloud',
    status: 'ok',
    startedAt: 1,
    durationMs: 0.25,
  });
  const request = { owner: 'anna', key: 'k', fingerprint: 'f' };
  await store.idempotency.run(request, (scope) => scope.drafts(anna).create({}, { name: 'once' }));
  const { text: token } = await store.tokens.create({ owner: 'anna', name: 't', scopes: ['a'] });
  const session = await store.sessions.create({ owner: 'anna', data: { bot: '7' } });
  await store.sessions.beginChat(session.id, { leaseMs: 1_000, chatId: 'c1' });
  await store.events.append('t', 'tick', { n: 1 });
  const blob = await store.blobs.put(Buffer.from('hello'), {
    owner: 'anna',
    holder: id,
    name: 'a',
    type: 'text/plain',
  });
  return { id, job, request, token, session, blob };
}

onEachBackend((subject) => {
  test('a backup is restored into either engine, with everything that can be asked for', async () => {
    const { store, backend } = subject;
    const filled = await fill(store);
    const folder = join(backend.folder, 'backup');
    const report = await store.backup(folder);
    expect(report).toMatchObject({
      folder,
      blobs: 1,
      blobBytes: 5,
      rows: { drafts: 2, draft_revisions: 21, events: 2 },
    });
    expect(readdirSync(backend.folder).filter((name) => name.includes('.part-'))).toEqual([]);

    for (const place of await newPlaces()) {
      expect(await restoreStore(place, folder)).toMatchObject({ rows: report.rows, schema: report.schema });
      const restored = await openStore(place);
      for (const ask of [
        (one: Store) => one.drafts.get(filled.id),
        (one: Store) => one.drafts.revisions(filled.id, { limit: 99 }),
        (one: Store) => one.drafts.timelineAt(filled.id, 105),
        (one: Store) => one.drafts.list({ limit: 9 }),
        (one: Store) => one.drafts.usage('anna'),
        (one: Store) => one.jobs.get(filled.job.id),
        (one: Store) => one.calls.list({ limit: 9 }),
        (one: Store) => one.tokens.list(),
        (one: Store) => one.sessions.list({ limit: 9 }),
        (one: Store) => one.events.read(`job:${filled.job.id}`, { after: 0, limit: 9 }),
        (one: Store) => one.blobs.list(filled.id),
        async (one: Store) => text(await one.blobs.read(filled.blob.id)),
      ]) {
        expect(await ask(restored), ask.toString()).toEqual(await ask(store));
      }
      expect((await restored.tokens.verify(filled.token))!.owner).toBe('anna');
      expect(await restored.idempotency.run(filled.request, async () => 'again')).toMatchObject({
        name: 'once',
      });
      // It goes on where the other one was.
      expect((await restored.drafts.edit(filled.id, () => ({}))).revision).toBe(122);
      const added = await restored.drafts.create({}, { name: 'new' });
      expect((await restored.drafts.list({ limit: 1 })).drafts[0]!.id).toBe(added.id);
      expect((await restored.jobs.claim({ leaseMs: 1_000 }))!.job.id).toBe(filled.job.id);

      // Not over what is there, and back again.
      await expect(restoreStore(place, folder)).rejects.toMatchObject({ code: 'STORE_NOT_EMPTY' });
      const [back] = await newPlaces();
      const second = `${folder}-${place.location.length}`;
      await restored.backup(second);
      await restored.close();
      await restoreStore(back!, second);
    }
    await expect(store.backup(folder)).rejects.toMatchObject({ code: 'BACKUP_EXISTS' });
  });

  test('a backup that is made while others write is the state of one moment', async () => {
    const { store, backend } = subject;
    // The sum over all drafts is the same after each change.
    const ids: string[] = [];
    for (let at = 0; at < 8; at++) ids.push((await store.drafts.create({ n: 0 }, { name: 'a' })).id);
    let isDone = false;
    let steps = 0;
    const writing = (async () => {
      for (; !isDone; steps++) {
        await store.drafts.edit(ids[steps % 8]!, () => ({ n: steps }));
        // A database inside this process answers without ever letting go of it.
        await new Promise((resolve) => setImmediate(resolve));
      }
    })();
    const folders: string[] = [];
    for (let round = 0; round < 4; round++) {
      folders.push((await store.backup(join(backend.folder, `backup-${round}`))).folder);
    }
    isDone = true;
    await writing;
    for (const folder of folders) {
      const [place] = await newPlaces();
      await restoreStore(place!, folder);
      const restored = await openStore(place!);
      const drafts = await Promise.all(ids.map((id) => restored.drafts.get(id)));
      // The writer goes from draft to draft: no revision is more than one ahead of a later one.
      const revisions = drafts.map(({ revision }) => revision);
      expect(Math.max(...revisions) - Math.min(...revisions)).toBeLessThanOrEqual(1);
      expect(revisions).toEqual(revisions.toSorted((a, b) => b - a));
      await restored.close();
    }
  });

  test('what is not a whole backup is refused, and nothing is restored', async () => {
    const { store, backend } = subject;
    const { blob } = await fill(store);
    const good = (await store.backup(join(backend.folder, 'backup'))).folder;
    const [place] = await newPlaces();
    const refused = async (name: string, change: (folder: string) => void, code: string) => {
      const folder = join(backend.folder, name);
      cpSync(good, folder, { recursive: true });
      change(folder);
      await expect(restoreStore(place!, folder), name).rejects.toMatchObject({ code });
    };
    const edit = (file: string, change: (text: string) => string) => (folder: string) =>
      writeFileSync(join(folder, file), change(readFileSync(join(folder, file), 'utf8')));
    await refused('no manifest', (folder) => rmSync(join(folder, 'backup.json')), 'BACKUP_NOT_FOUND');
    await refused(
      'half a manifest',
      edit('backup.json', (text) => text.slice(0, 50)),
      'BACKUP_DAMAGED',
    );
    await refused(
      'null',
      edit('backup.json', () => 'null'),
      'BACKUP_UNSUPPORTED',
    );
    await refused(
      'newer format',
      edit('backup.json', (text) => text.replace('backup/1', 'backup/2')),
      'BACKUP_UNSUPPORTED',
    );
    await refused(
      'newer tables',
      edit('backup.json', (text) => text.replace(/"schema": "\d+/, '"schema": "9999')),
      'BACKUP_UNSUPPORTED',
    );
    await refused(
      'other tables',
      edit('backup.json', (text) => text.replace('"drafts"', '"drafts;--"')),
      'BACKUP_DAMAGED',
    );
    await refused(
      'a row less',
      edit('tables/drafts.jsonl', (text) => text.slice(text.indexOf('\n') + 1)),
      'BACKUP_DAMAGED',
    );
    await refused('no table', (folder) => rmSync(join(folder, 'tables/jobs.jsonl')), 'BACKUP_DAMAGED');
    await refused(
      'another blob',
      edit(`blobs/${blob.id.slice(0, 2)}/${blob.id}`, () => 'evil'),
      'BACKUP_DAMAGED',
    );
    await restoreStore(place!, good);
  });
});
