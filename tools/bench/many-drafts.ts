/**
 * A store with very many drafts: what creating, listing and the first draft cost as it grows.
 * Usage: `npm run bench -w tools -- many-drafts [COUNT]`
 */
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStore, type StoredDraft } from '@cozecut/store';
import { machine } from './programs.ts';

const count = Number(process.argv[2] ?? 100_000);
const AT_ONCE = 64;
const TIMELINE = {
  schema: 'draft-timeline/1',
  timeUnit: 'us',
  canvas: { width: 1080, height: 1920, fps: 30 },
  tracks: [],
};

const folder = mkdtempSync(join(tmpdir(), 'cozecut-bench-'));
const clockAndIds = { now: Date.now, uuid: () => crypto.randomUUID() };
const store = await openStore({ location: folder, ...clockAndIds });
const drafts = store.drafts.forOwner('bench');

/** Median time of a few calls, one after the other. */
async function medianMs(work: () => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let at = 0; at < 9; at++) {
    const started = performance.now();
    await work();
    times.push(performance.now() - started);
  }
  return times.toSorted((a, b) => a - b)[4]!;
}

try {
  let made = 0;
  let first: StoredDraft | undefined;
  const rows: string[][] = [];
  for (const goal of [1_000, count / 10, count / 2, count]) {
    const before = made;
    const started = performance.now();
    const lane = async () => {
      while (made < goal) {
        const name = `draft ${made++}`;
        const draft = await drafts.create({ ...TIMELINE, name }, { name });
        first ??= draft;
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, lane));
    const perSecond = (made - before) / ((performance.now() - started) / 1000);
    const { id } = first!;
    rows.push([
      made.toLocaleString('en'),
      perSecond.toFixed(0),
      (await medianMs(() => drafts.list({ limit: 50 }))).toFixed(1),
      (await medianMs(() => drafts.list({ limit: 50, query: 'draft 7' }))).toFixed(1),
      (await medianMs(() => drafts.get(id))).toFixed(2),
      (await medianMs(() => drafts.edit(id, (timeline) => timeline))).toFixed(1),
      (process.memoryUsage().rss / 2 ** 20).toFixed(0),
      (statSync(join(folder, 'cozecut.db')).size / 2 ** 20).toFixed(0),
    ]);
  }
  const page = await drafts.list({ limit: 50 });
  const { timeline, revision } = await drafts.get(first!.id);
  const isWhole = page.total === made && (timeline as { name?: string }).name === first!.name;
  if (!isWhole || revision !== 1 + 9 * rows.length)
    throw new Error('the first draft or the list is not whole');
  console.log(`Many drafts, ${AT_ONCE} made at once; ${machine()}\n`);
  console.log(
    '| drafts | made a second | list, ms | search, ms | get the first, ms | edit it, ms | memory MB | file MB |',
  );
  console.log('|--:|--:|--:|--:|--:|--:|--:|--:|');
  for (const row of rows) console.log(`| ${row.join(' | ')} |`);
} finally {
  await store.close();
  rmSync(folder, { recursive: true, force: true });
}
