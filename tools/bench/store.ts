/**
 * The embedded store beside bare inserts of better-sqlite3, on the same disk with the same durability.
 * Usage: `npm run bench -w tools -- store [ROUNDS]`
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStore, type Store } from '@cozecut/store';
import Database from 'better-sqlite3';
import { machine } from './programs.ts';

const rounds = Number(process.argv[2] ?? 5);
/** Requests that wait at the same time, as those of 16 connections do. */
const AT_ONCE = 16;
const COUNT = 3_000;
const caption = (index: number) => ({
  id: `c${index}`,
  text: '字幕 caption',
  start: index * 1_000,
  end: index * 1_000 + 900,
});
const timelineOf = (captions: number) => ({
  schema: 'draft-timeline/1',
  tracks: [{ type: 'text', clips: Array.from({ length: captions }, (_, index) => caption(index)) }],
});
const ONE_KB = JSON.stringify(timelineOf(10));

const folder = mkdtempSync(join(tmpdir(), 'cozecut-bench-'));
const results = new Map<string, number[]>();

/** Does something so often, so many at once, and notes how many were done in a second. */
async function measure(
  name: string,
  count: number,
  atOnce: number,
  work: (index: number) => unknown,
): Promise<void> {
  const started = performance.now();
  let next = 0;
  const lane = async () => {
    while (next < count) await work(next++);
  };
  await Promise.all(Array.from({ length: atOnce }, lane));
  const perSecond = count / ((performance.now() - started) / 1000);
  results.set(name, [...(results.get(name) ?? []), perSecond]);
}

async function round(store: Store, bare: Database.Statement): Promise<void> {
  await measure('bare insert of 1 KB, each its own transaction', COUNT, 1, (index) =>
    bare.run(`${index}`, ONE_KB),
  );
  await measure('create, one after the other', COUNT, 1, () =>
    store.drafts.create(timelineOf(10), { name: 'a' }),
  );
  const ids: string[] = [];
  await measure(`create, ${AT_ONCE} at once`, COUNT, AT_ONCE, async () => {
    ids.push((await store.drafts.create(timelineOf(10), { name: 'a' })).id);
  });
  await measure(`edit of different drafts of 1 KB, ${AT_ONCE} at once`, COUNT, AT_ONCE, (index) =>
    store.drafts.edit(ids[index]!, (timeline) => timeline),
  );
  const one = (await store.drafts.create(timelineOf(10), { name: 'shared' })).id;
  await measure(`edit of one draft of 1 KB, ${AT_ONCE} at once`, COUNT, AT_ONCE, () =>
    store.drafts.edit(one, (timeline) => timeline),
  );
  const large = (await store.drafts.create(timelineOf(1_000), { name: 'large' })).id;
  await measure(`edit of one draft of 75 KB, ${AT_ONCE} at once`, COUNT / 10, AT_ONCE, () =>
    store.drafts.edit(large, (timeline) => timeline),
  );
  await measure('get', COUNT, AT_ONCE, (index) => store.drafts.get(ids[index]!));
  await measure(`job: queued, claimed, finished, ${AT_ONCE} at once`, COUNT / 3, AT_ONCE, async () => {
    await store.jobs.enqueue({ tool: 'a', input: {} });
    const { job, lease } = (await store.jobs.claim({ leaseMs: 10_000 }))!;
    await store.jobs.finish(job.id, { output: 1 }, lease);
  });
  await measure(`request with a new idempotency key, ${AT_ONCE} at once`, COUNT, AT_ONCE, () =>
    store.idempotency.run({ owner: 'a', key: crypto.randomUUID(), fingerprint: 'f' }, async () => 1),
  );
}

try {
  const database = new Database(join(folder, 'bare.db'));
  database.pragma('journal_mode = WAL');
  database.pragma('synchronous = FULL');
  database.exec('create table bare (id text, body text)');
  const bare = database.prepare('insert into bare values (?, ?)');
  const store = await openStore({
    location: join(folder, 'store'),
    now: Date.now,
    uuid: () => crypto.randomUUID(),
  });
  await round(store, bare);
  // The first round filled the caches of compiled code.
  results.clear();
  for (let at = 0; at < rounds; at++) await round(store, bare);
  await store.close();
  database.close();

  const median = (values: number[]) => values.toSorted((a, b) => a - b)[values.length >> 1]!;
  const reference = median([...results.values()][0]!);
  console.log(`Store, median of ${rounds}; ${machine()}\n`);
  console.log('| | a second | × bare |\n|---|--:|--:|');
  for (const [name, values] of results) {
    console.log(`| ${name} | ${Math.round(median(values))} | ${(median(values) / reference).toFixed(2)} |`);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
