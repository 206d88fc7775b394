import { type ChildProcess, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { globSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import Database from 'better-sqlite3';
import pg from 'pg';
import { expect, test } from 'vitest';
import { openStore, type Store } from '../src/index.ts';
import { bundleWriter } from './support/bundle-writer.ts';
import { hasPostgres, startPostgres } from './support/postgres.ts';

/** Processes that write at the same time. */
const AT_ONCE = 3;
const outside = { now: Date.now, uuid: () => crypto.randomUUID() };

/** What processes were told is kept: kind, id, mark. */
type Acknowledged = [kind: string, id: string, mark: string][];

/** A number below `most` from a seed that the failing test shows. */
function numbers(seed: number): (most: number) => number {
  let state = seed;
  return (most) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * most);
  };
}

/**
 * Starts processes that write, and kills each one after some acknowledged writes, until so many were killed.
 *
 * @param between - Called now and then while they write.
 */
async function killWriters(
  place: { location: string; blobs: string },
  { kills, shared, seed }: { kills: number; shared: string[]; seed: number },
  between?: (killed: number) => Promise<void>,
): Promise<Acknowledged> {
  const random = numbers(seed);
  const acknowledged: Acknowledged = [];
  const folder = join(place.blobs, '..');
  const program = await bundleWriter(folder);
  const env = { ...process.env, NODE_COMPILE_CACHE: join(folder, 'compiled') };
  let started = 0;
  let killed = 0;

  async function writer(): Promise<void> {
    while (killed < kills) {
      const after = 1 + random(60);
      const child = spawn(
        process.execPath,
        [program, String(started++), place.location, place.blobs, ...shared],
        { stdio: ['ignore', 'pipe', 'pipe'], env },
      );
      const { lines, isKilled } = await linesUntilKilled(child, after);
      acknowledged.push(...lines.map((line) => line.split(' ') as Acknowledged[number]));
      // One that its database has ended is not counted.
      if (!isKilled) continue;
      killed += 1;
      await between?.(killed);
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, writer));
  return acknowledged;
}

/** Whole lines that a process has written; it is killed in the middle of its work after the first few of them. */
async function linesUntilKilled(
  child: ChildProcess,
  after: number,
): Promise<{ lines: string[]; isKilled: boolean }> {
  let written = '';
  let complaints = '';
  child.stdout!.on('data', (chunk) => {
    written += chunk;
    if (written.split('\n').length > after) child.kill('SIGKILL');
  });
  child.stderr!.on('data', (chunk) => {
    complaints += chunk;
  });
  const [, signal] = await once(child, 'close');
  // A crash of the database ends its clients with an error of their own.
  if (signal !== 'SIGKILL' && !/terminat|shut|recovery|starting|ECONN|ENOENT|EPIPE/i.test(complaints))
    throw new Error(complaints);
  return { lines: written.split('\n').slice(0, -1), isKilled: signal === 'SIGKILL' };
}

/** Every acknowledged write is there, once; nothing is torn. */
async function expectKept(store: Store, acknowledged: Acknowledged, shared: string[]): Promise<void> {
  const marks = new Map<string, string[]>();
  for (const id of shared)
    marks.set(id, ((await store.drafts.get(id)).timeline as { marks: string[] }).marks);
  for (const [id, list] of marks)
    expect(new Set(list).size, `marks of ${id} are there once`).toBe(list.length);

  const edited = new Set(acknowledged.flatMap(([kind, id]) => (kind === 'edited' ? [id] : [])));
  const lost: string[] = [];
  for (const [kind, id, mark] of acknowledged) {
    if (!(await isKept(kind, id, mark))) lost.push(`${kind} ${id} ${mark}`);
  }
  expect(lost).toEqual([]);

  async function isKept(kind: string, id: string, mark: string): Promise<boolean> {
    switch (kind) {
      case 'created': {
        const { name, timeline } = await store.drafts.get(id);
        const [first, second] = (timeline as { marks: string[] }).marks;
        return name === mark && first === mark && (second === 'edited' || !edited.has(id));
      }
      case 'edited':
        return (await store.drafts.get(id)).revision === 2;
      case 'marked':
        return marks.get(id)!.includes(mark);
      case 'put':
        return (
          createHash('sha256')
            .update(await buffer(await store.blobs.read(id)))
            .digest('hex') === id
        );
      case 'queued':
        return (await store.jobs.get(id))?.input === mark;
      case 'finished':
        return (await store.jobs.get(id))?.output === mark;
      default:
        throw new Error(`what is ${kind}?`);
    }
  }
}

/** What the killed processes left: no file that nobody knows, no job that nobody works on. */
async function expectSwept(store: Store, blobs: string): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 600));
  await store.sweep({});
  expect((await store.jobs.list({ limit: 1, state: 'running' })).total).toBe(0);
  expect(globSync('incoming/*', { cwd: blobs })).toEqual([]);
  const files = globSync('??/*', { cwd: blobs });
  for (const file of files) expect(await store.blobs.get(file.slice(3)), file).toBeDefined();
}

async function withFolder(run: (folder: string) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'cozecut-kills-'));
  try {
    await run(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

test(
  'SQLite: 200 processes are killed while they write, and nothing that was acknowledged is lost',
  { timeout: 900_000 },
  () =>
    withFolder(async (folder) => {
      const place = { location: join(folder, 'store'), blobs: join(folder, 'blobs') };
      const store = await openStore({ ...outside, ...place, orphanAgeMs: -1_000 });
      const shared = [];
      for (let at = 0; at < 8; at++)
        shared.push((await store.drafts.create({ marks: [] }, { name: 's' })).id);
      const acknowledged = await killWriters(place, { kills: 200, shared, seed: 20_261 });
      expect(acknowledged.length).toBeGreaterThan(2_000);
      await expectKept(store, acknowledged, shared);
      await expectSwept(store, place.blobs);
      await store.close();
      const database = new Database(join(place.location, 'cozecut.db'));
      expect(database.pragma('integrity_check', { simple: true })).toBe('ok');
      expect(database.pragma('foreign_key_check')).toEqual([]);
      database.close();
    }),
);

test.skipIf(!hasPostgres)(
  'PostgreSQL: 60 processes and twice the server are killed, and nothing that was acknowledged is lost',
  { timeout: 900_000 },
  () =>
    withFolder(async (folder) => {
      const server = await startPostgres({ isDurable: true });
      try {
        const place = { location: await server.createDatabase(), blobs: join(folder, 'blobs') };
        const store = await openStore({ ...outside, ...place, orphanAgeMs: -1_000 });
        const shared = [];
        for (let at = 0; at < 8; at++)
          shared.push((await store.drafts.create({ marks: [] }, { name: 's' })).id);
        const acknowledged = await killWriters(place, { kills: 60, shared, seed: 20_262 }, async (killed) => {
          if ([20, 40].includes(killed)) await server.crash();
        });
        expect(acknowledged.length).toBeGreaterThan(600);
        await expectKept(store, acknowledged, shared);
        await expectSwept(store, place.blobs);
        await store.close();
      } finally {
        await server.stop();
      }
    }),
);

test.skipIf(!hasPostgres)(
  'a process goes on when its database comes back',
  { timeout: 120_000 },
  async () => {
    const server = await startPostgres({ isDurable: true });
    try {
      const store = await openStore({ ...outside, location: await server.createDatabase() });
      const { id } = await store.drafts.create({ n: 0 }, { name: 'a' });
      const controller = new AbortController();
      const events = store.events.watch('t', { after: 0, signal: controller.signal })[Symbol.asyncIterator]();
      const first = events.next();
      await store.events.append('t', 'before', 1);
      expect((await first).value).toMatchObject({ type: 'before' });
      const writing = Promise.allSettled(
        Array.from({ length: 20 }, () => store.drafts.edit(id, () => ({ n: 1 }))),
      );
      await server.crash();
      await writing;
      expect((await store.drafts.edit(id, () => ({ n: 2 }))).timeline).toEqual({ n: 2 });
      await store.events.append('t', 'after', 2);
      expect((await events.next()).value).toMatchObject({ type: 'after' });
      controller.abort();
      await store.close();
    } finally {
      await server.stop();
    }
  },
);

test.skipIf(!hasPostgres)(
  'who holds one draft does not keep others from theirs',
  { timeout: 120_000 },
  async () => {
    const server = await startPostgres({ isDurable: false });
    const location = await server.createDatabase();
    const store = await openStore({ ...outside, location });
    const holding = new pg.Client(location);
    try {
      const [held, free] = [
        await store.drafts.create({}, { name: 'a' }),
        await store.drafts.create({}, { name: 'b' }),
      ];
      await holding.connect();
      await holding.query('begin');
      await holding.query('select 1 from drafts where id = $1 for update', [held.id]);
      let isHeld = true;
      const waiting = store.drafts
        .edit(held.id, () => ({ n: 1 }))
        .finally(() => {
          isHeld = false;
        });
      expect((await store.drafts.edit(free.id, () => ({ n: 1 }))).revision).toBe(2);
      expect(isHeld).toBe(true);
      await holding.query('rollback');
      expect((await waiting).revision).toBe(2);
    } finally {
      await holding.end();
      await store.close();
      await server.stop();
    }
  },
);
