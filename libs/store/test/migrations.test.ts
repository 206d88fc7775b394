import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openStore, type Store } from '../src/index.ts';
import { hasPostgres, queryOn, startPostgres } from './support/postgres.ts';

const outside = { now: Date.now, uuid: () => crypto.randomUUID() };
const fixture = (version: number) =>
  readFileSync(join(import.meta.dirname, `fixtures/store-${version}.sql`), 'utf8');
const id = (number: number) => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cozecut-store-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** A database in the folder, with the statements in it. */
function write(statements: string): void {
  mkdirSync(folder, { recursive: true });
  const database = new Database(join(folder, 'cozecut.db'));
  database.exec(statements);
  database.close();
}

/** What version 1 kept is what the store gives now. */
async function expectVersion1(store: Store): Promise<void> {
  const saved = await store.drafts.get(id(0));
  expect(saved).toMatchObject({
    owner: 'local',
    name: '早间新闻',
    revision: 2,
    state: 'saved',
    folder: '/drafts/早间新闻',
    timeline: { schema: 'draft-timeline/1', tracks: [{ name: '字幕' }] },
    bytes: Buffer.byteLength(JSON.stringify({ schema: 'draft-timeline/1', tracks: [{ name: '字幕' }] })),
  });
  expect(await store.drafts.revisions(id(0), { limit: 9 })).toMatchObject([{ revision: 2 }]);
  const list = await store.drafts.list({ limit: 9 });
  expect(list.drafts.map(({ name }) => name)).toEqual(['open', '早间新闻']);
  expect((await store.drafts.get(id(1))).timeline).toEqual({ tracks: ["it's \u2028"] });

  const drafts = [
    { draftId: id(0), folder: '/f' },
    { draftId: 'b', folder: '/g' },
  ];
  expect(await store.jobs.get(id(2))).toMatchObject({
    owner: 'local',
    state: 'running',
    fraction: 0.5,
    drafts,
  });
  expect(await store.jobs.get(id(3))).toMatchObject({ state: 'succeeded', output: { ok: true } });
  expect(await store.jobs.get(id(4))).toMatchObject({ state: 'failed', error: { code: 'X' } });
  expect((await store.jobs.ofDraft(id(0)))!.id).toBe(id(2));
  // It goes on from there.
  expect((await store.drafts.edit(id(0), () => ({}))).revision).toBe(3);
  expect(await store.jobs.failAbandoned(0)).toBe(1);
  const added = await store.drafts.create({}, { name: 'new' });
  expect((await store.drafts.list({ limit: 1 })).drafts[0]!.id).toBe(added.id);
}

/** What version 2 kept is what the store gives now. */
async function expectVersion2(store: Store): Promise<void> {
  const anna = store.drafts.forOwner('anna');
  expect(await anna.get(id(0))).toMatchObject({
    name: '早间新闻',
    revision: 3,
    folder: '/drafts/早间新闻',
    timeline: { tracks: [{ name: "it's \u2028" }] },
  });
  expect(await anna.timelineAt(id(0), 1)).toEqual({ schema: 'draft-timeline/1', tracks: [] });
  expect(await store.jobs.get(id(1))).toMatchObject({ owner: 'anna', state: 'queued', input: { a: 1 } });
  expect(await store.calls.list({ limit: 9 })).toMatchObject({ total: 1 });
  const [, token = ''] = /The token is (\S+)/.exec(fixture(2)) ?? [];
  expect(await store.tokens.verify(token)).toMatchObject({ owner: 'anna', scopes: ['tools:call'] });
  expect(await store.sessions.chat(id(5))).toMatchObject({ state: 'succeeded', result: { answer: 'hi' } });
  expect(await store.events.read(`chat:${id(5)}`, { after: 0, limit: 9 })).toMatchObject([{ id: 1 }]);
  expect(await store.blobs.find(id(0), 'archive')).toMatchObject({ bytes: 5 });
  const request = { owner: 'anna', key: 'k', fingerprint: 'f' };
  expect(await store.idempotency.run(request, async () => 'again')).toEqual({ answer: 42 });
  // It goes on from there.
  expect((await anna.edit(id(0), () => ({}))).revision).toBe(4);
  for (const name of ['b', 'c', 'd', 'e']) await anna.create({}, { name });
  await expect(anna.create({}, { name: 'f' })).rejects.toMatchObject({ code: 'QUOTA_EXCEEDED' });
  const grant = { kind: 'code' as const, clientId: 'c', owner: 'anna', scopes: [], family: 'f' };
  await store.grants.put('hash', { ...grant, isUsed: false, expiresAt: 1 });
  expect(await store.grants.get('hash')).toEqual({ ...grant, isUsed: false, expiresAt: 1 });
}

/** What version 3 kept is what the store gives now. */
async function expectVersion3(store: Store): Promise<void> {
  expect(await store.grants.get('hash of version 3')).toMatchObject({ kind: 'refresh', owner: 'anna' });
  // Of what was saved before, nobody knows what was written.
  const anna = store.drafts.forOwner('anna');
  const { folder, state } = await anna.get(id(0));
  expect(state).toBe('saved');
  expect(await anna.writes(id(0), folder!)).toEqual([]);
  await anna.saved(id(0), folder!, { id: 'w', folder: folder!, revision: 3, facts: { a: 1 } });
  expect(await anna.writes(id(0), folder!)).toMatchObject([{ id: 'w', facts: { a: 1 } }]);
  await expectVersion2(store);
}

/** What version 4 kept is what the store gives now. */
async function expectVersion4(store: Store): Promise<void> {
  const anna = store.drafts.forOwner('anna');
  expect(await anna.writes(id(0), '/drafts/早间新闻')).toMatchObject([
    { id: 'w', revision: 3, facts: { a: 1 } },
  ]);
  // A call that was begun before is found, too.
  const begun = { owner: 'anna', key: 'begun', fingerprint: 'f' };
  const edit = (timeline: unknown) => ({ ...(timeline as object), tracks: [{ name: 'once' }] });
  const answer = () =>
    store.idempotency.run(begun, async (scope) => (await scope.drafts(anna).edit(id(0), edit)).revision);
  expect([await answer(), await answer()]).toEqual([3, 3]);
  await expectVersion2(store);
}

const VERSIONS = [
  { version: 1, expectAll: expectVersion1 },
  { version: 2, expectAll: expectVersion2 },
  { version: 3, expectAll: expectVersion3 },
  { version: 4, expectAll: expectVersion4 },
];

/** The statements of SQLite in the words of PostgreSQL. */
function forPostgres(statements: string): string {
  const tables = [...statements.matchAll(/TABLE "?(\w+)"? \([^;]*primary key autoincrement/g)];
  const words = statements
    .replaceAll('integer primary key autoincrement', 'bigserial primary key')
    .replaceAll(/^CREATE TABLE (?!"kysely).*$/gm, (line) =>
      line.replaceAll(/\binteger\b/g, 'bigint').replaceAll(/\breal\b/g, 'double precision'),
    );
  const counters = tables.map(
    ([, name]) => `select setval('${name}_seq_seq', (select max(seq) from ${name}));`,
  );
  return [words, ...counters].join('\n');
}

describe.each(VERSIONS)('from version $version', ({ version, expectAll }) => {
  test('SQLite', async () => {
    write(fixture(version));
    const store = await openStore({ ...outside, location: folder });
    await expectAll(store);
    expect(await store.status()).toEqual({ engine: 'sqlite', schema: '0005_effects_of_calls' });
    await store.close();
  });

  test('several at once: one brings it up to date, all find it so', async () => {
    write(fixture(version));
    const stores = await Promise.all(
      Array.from({ length: 6 }, () => openStore({ ...outside, location: folder })),
    );
    await expectAll(stores[5]!);
    await Promise.all(stores.map((store) => store.close()));
  });

  test('a step that fails leaves the version before', async () => {
    // In the way of an index that the last step makes.
    write(`${fixture(version)}\ncreate index draft_effects_by_draft on drafts (name);`);
    const before = versionIn();
    const opening = openStore({ ...outside, location: folder });
    await expect(opening).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
    expect(versionIn()).toBe(before);
    write('drop index draft_effects_by_draft');
    const store = await openStore({ ...outside, location: folder });
    await expectAll(store);
    await store.close();
  });

  test.skipIf(!hasPostgres)('PostgreSQL', async () => {
    const server = await startPostgres({ isDurable: false });
    try {
      const location = await server.createDatabase();
      await queryOn(location, forPostgres(fixture(version)));
      const store = await openStore({ ...outside, location, blobs: join(folder, 'blobs') });
      await expectAll(store);
      expect(await store.status()).toEqual({ engine: 'postgres', schema: '0005_effects_of_calls' });
      await store.close();
    } finally {
      await server.stop();
    }
  });
});

/** The version that the tables in the folder have. */
function versionIn(): unknown {
  const database = new Database(join(folder, 'cozecut.db'));
  const row = database.prepare('select max(name) as version from kysely_migration').get();
  database.close();
  return (row as { version: unknown }).version;
}

test('a store of a newer version is left alone', async () => {
  const store = await openStore({ ...outside, location: folder });
  await store.close();
  write(`insert into kysely_migration (name, timestamp) values ('9999_of_tomorrow', '2030-01-01')`);
  const opening = openStore({ ...outside, location: folder });
  await expect(opening).rejects.toMatchObject({
    code: 'STORE_UNAVAILABLE',
    hint: expect.stringContaining('newer'),
  });
});

test('a store that is an unknown address, or a folder that cannot be made, is a clear error', async () => {
  await expect(openStore({ ...outside, location: 'mysql://host/db' })).rejects.toMatchObject({
    code: 'STORE_UNSUPPORTED',
  });
  await expect(openStore({ ...outside, location: folder, blobs: 'ftp://host/files' })).rejects.toMatchObject({
    code: 'STORE_UNSUPPORTED',
  });
  write('');
  await expect(openStore({ ...outside, location: join(folder, 'cozecut.db', 'x') })).rejects.toMatchObject({
    code: 'STORE_UNAVAILABLE',
  });
});

test('a database that cannot be reached is named without its password', async () => {
  const opening = openStore({ ...outside, location: 'postgres://cozecut:hunter2@127.0.0.1:1/nothing' });
  const error = await opening.then(
    () => undefined,
    (reason: Error) => reason,
  );
  expect(error).toMatchObject({
    code: 'STORE_UNAVAILABLE',
    message: expect.stringContaining('127.0.0.1:1/nothing'),
  });
  expect(error!.message).not.toContain('hunter2');
});
