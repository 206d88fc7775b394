import { isUserError } from '@cozecut/problems';
import { expect, test } from 'vitest';
import { type DraftStore, openStore } from '../src/index.ts';
import { createMemoryDrafts } from '../src/memory.ts';

/** The same clock and the same ids for each store. */
function sources() {
  let time = 1000;
  let id = 0;
  return { now: () => time++, uuid: () => `made-${id++}` };
}

/** Every kind of call, with what it gives or the code of its error. */
async function play(drafts: DraftStore): Promise<unknown[]> {
  const told: unknown[] = [];
  const call = async (act: () => Promise<unknown>) =>
    told.push(
      structuredClone(
        await act().catch((error) => ({ failed: isUserError(error) ? error.code : 'no UserError' })),
      ),
    );
  await call(() => drafts.create({ tracks: [] }, { name: 'News 50%' }));
  await call(() => drafts.create({ tracks: [1] }, { name: 'Sport', id: 'chosen' }));
  await call(() => drafts.create({}, { name: 'twice', id: 'chosen' }));
  await call(() => drafts.create({}, { name: 'News 500' }));
  await call(() => drafts.get('chosen'));
  await call(() => drafts.get('nobody'));
  await call(() => drafts.saved('chosen', '/drafts/Sport'));
  await call(() => drafts.saved('nobody', '/drafts/x'));
  await call(() =>
    drafts.edit('chosen', (timeline) => {
      (timeline as { tracks: number[] }).tracks.push(2);
      throw new Error('stop');
    }),
  );
  await call(() => drafts.edit('chosen', (timeline) => ({ ...(timeline as object), name: 'Sport' })));
  await call(() => drafts.edit('nobody', (timeline) => timeline));
  await call(() => drafts.list({ limit: 10 }));
  await call(() => drafts.list({ limit: 1, query: 'News' }));
  await call(() => drafts.list({ limit: 10, query: '0%' }));
  await call(() => drafts.list({ limit: 10, query: 'News', before: 'chosen' }));
  await call(() => drafts.list({ limit: 10, before: 'nobody' }));
  const { next = '' } = await drafts.list({ limit: 1 });
  await call(() => drafts.list({ limit: 1, before: next }));
  const write = { id: 'w1', folder: '/drafts/Sport', revision: 1, facts: { a: 1 } };
  await call(() => drafts.saved('chosen', '/drafts/Sport', write));
  await call(() => drafts.saved('chosen', '/drafts/Sport', { ...write, id: 'w2', revision: 2 }));
  await call(() => drafts.writing('chosen', { ...write, id: 'w3', replaces: 'w1' }));
  await call(() => drafts.writes('chosen', '/drafts/Sport'));
  await drafts.saved('chosen', '/drafts/Sport', { ...write, id: 'w3', replaces: 'w1' });
  await call(() => drafts.writes('chosen', '/drafts/Sport'));
  await call(() => drafts.writes('chosen', '/elsewhere'));
  return told;
}

test('drafts in memory are those of the database, as long as the program runs', async () => {
  const store = await openStore({ location: ':memory:', ...sources() });
  const expected = await play(store.drafts);
  await store.close();
  const told = await play(createMemoryDrafts(sources()));
  for (const [index, one] of expected.entries())
    expect(told[index], `call ${index}`).toMatchObject(one as object);
});
