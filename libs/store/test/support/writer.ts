/**
 * Works on a store as hard as it can until it is killed. A line on stdout for each thing that was acknowledged.
 * Usage: `node writer.ts NAME LOCATION BLOBS SHARED_DRAFT…`
 */
import { openStore } from '../../src/index.ts';

const [name = '', location = '', blobs = '', ...shared] = process.argv.slice(2);
const store = await openStore({
  location,
  blobs,
  now: Date.now,
  uuid: () => crypto.randomUUID(),
  maxConnections: 3,
});
const said = (...words: (string | number)[]) => process.stdout.write(`${words.join(' ')}\n`);

async function loop(lane: number): Promise<void> {
  for (let turn = 0; ; turn++) {
    const mark = `${name}.${lane}.${turn}`;
    const { id } = await store.drafts.create({ marks: [mark], fill: 'x'.repeat(500) }, { name: mark });
    said('created', id, mark);
    await store.drafts.edit(id, () => ({ marks: [mark, 'edited'] }));
    said('edited', id, mark);
    const draft = shared[turn % shared.length]!;
    await store.drafts.edit(draft, (timeline) => ({
      marks: [...(timeline as { marks: string[] }).marks, mark],
    }));
    said('marked', draft, mark);
    const blob = await store.blobs.put(Buffer.from(mark.repeat(200)), {
      owner: 'o',
      holder: id,
      name: 'b',
      type: 'x',
    });
    said('put', blob.id, mark);
    const job = await store.jobs.enqueue({ tool: 'a', input: mark, maxAttempts: 100, backoffMs: 0 });
    said('queued', job.id, mark);
    const claimed = await store.jobs.claim({ leaseMs: 500 });
    if (claimed !== undefined) {
      const ended = await store.jobs.finish(claimed.job.id, { output: mark }, claimed.lease);
      if (ended.output === mark) said('finished', ended.id, mark);
    }
  }
}

await Promise.all([loop(0), loop(1), loop(2), loop(3)]);
