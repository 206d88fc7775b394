import { describe, expect, test } from 'vitest';
import type { DraftStore } from '../src/index.ts';
import { onEachBackend } from './support/each-backend.ts';

interface Clips {
  clips: number[];
}

interface Shared {
  tracks?: unknown[];
}

/** Values that JSON takes, with what it changes and what it leaves out. */
const STATES: readonly (Shared & Record<string, unknown>)[] = [
  { tracks: [{ id: 'a', clips: [{ text: '字幕' }] }, { id: 'b' }], canvas: { width: 1, fps: 30 } },
  { tracks: [], canvas: undefined },
  { tracks: [undefined, null, 1, 'x', [1, [2]], { toJSON: () => ({ id: 'c' }) }, { at: new Date(0) }] },
  { canvas: Object(1), at: Object('x'), none: Number.NaN, zero: -0, ['__proto__']: { a: 1 }, 7: 'seven' },
  { tracks: Object.assign([1], { toJSON: () => ['other'] }), deep: { list: [{ a: undefined, b: () => 1 }] } },
  // biome-ignore lint/suspicious/noSparseArray: holes are what is looked for
  { tracks: [{ id: 'd' }, , { id: 'e' }], toJSON: undefined },
];

/** Tracks of the state before as they are, with new ones between them. */
function mixed({ tracks: before = [] }: Shared, { tracks: now = [] }: Shared): unknown[] {
  return [...before.slice(1), ...now, ...before.slice(0, 1)];
}

const upTo = (count: number) => Array.from({ length: count }, (_, index) => index);
const adding = (clip: number) => (timeline: unknown) => ({ clips: [...(timeline as Clips).clips, clip] });

onEachBackend((subject) => {
  test('a draft is there after the store was closed and opened again', async () => {
    const { store, backend } = subject;
    const { id } = await store.drafts.create({ tracks: [] }, { name: '早间新闻' });
    await store.drafts.edit(id, () => ({ tracks: [1] }));
    await store.drafts.saved(id, '/drafts/早间新闻');
    await store.close();
    const again = await backend.open();
    expect(await again.drafts.get(id)).toMatchObject({
      name: '早间新闻',
      revision: 2,
      timeline: { tracks: [1] },
      state: 'saved',
      folder: '/drafts/早间新闻',
    });
  });

  test('an edit after a save opens the draft again', async () => {
    const { drafts } = subject.store;
    const { id } = await drafts.create({}, { name: 'a' });
    await drafts.saved(id, '/a');
    expect((await drafts.edit(id, (timeline) => timeline)).state).toBe('open');
  });

  describe('what was written to a folder', () => {
    const write = (name: string, revision: number) => ({
      id: name,
      folder: '/a',
      revision,
      facts: { files: [name, '字\u2028'] },
    });
    const names = (writes: { id: string }[]) => writes.map((one) => one.id);

    test('is known from before it is done, newest first, by draft and folder', async () => {
      const { store, backend } = subject;
      const { id } = await store.drafts.create({}, { name: 'a' });
      const other = await store.drafts.create({}, { name: 'a' });
      await store.drafts.writing(id, write('w1', 1));
      await store.drafts.writing(id, { ...write('elsewhere', 1), folder: '/b' });
      await store.drafts.writing(other.id, write('of another', 1));
      await store.close();
      const { drafts } = await backend.open();
      const { replaces: _, ...w1 } = { ...write('w1', 1), replaces: '' };
      expect(await drafts.writes(id, '/a')).toEqual([{ ...w1, isSaved: false }]);
      expect((await drafts.get(id)).state).toBe('open');
      await drafts.saved(id, '/a', { ...write('w1', 1), facts: { done: true } });
      expect(await drafts.writes(id, '/a')).toEqual([{ ...w1, facts: { done: true }, isSaved: true }]);
      await drafts.writing(id, write('w2', 1));
      expect(names(await drafts.writes(id, '/a'))).toEqual(['w2', 'w1']);
      await expect(drafts.writing('none', write('w3', 1))).rejects.toMatchObject({ code: 'DRAFT_NOT_FOUND' });
      await expect(drafts.writes('none', '/a')).rejects.toMatchObject({ code: 'DRAFT_NOT_FOUND' });
    });

    test('is forgotten when another write has replaced it, and not before', async () => {
      const { drafts } = subject.store;
      const { id } = await drafts.create({}, { name: 'a' });
      await drafts.saved(id, '/a', write('w1', 1));
      await drafts.writing(id, { ...write('w2', 1), replaces: 'w1' });
      await drafts.writing(id, { ...write('w3', 1), replaces: 'w2' });
      // The slower of two ends last: what is there now stays known.
      await drafts.saved(id, '/a', { ...write('w3', 1), replaces: 'w2' });
      expect(names(await drafts.writes(id, '/a'))).toEqual(['w3', 'w1']);
      await drafts.saved(id, '/a', { ...write('w2', 1), replaces: 'w1' });
      expect(names(await drafts.writes(id, '/a'))).toContain('w3');
      await drafts.remove(id);
      await expect(drafts.writes(id, '/a')).rejects.toMatchObject({ code: 'DRAFT_NOT_FOUND' });
    });

    test('does not pile up', async () => {
      const { drafts } = subject.store;
      const { id } = await drafts.create({}, { name: 'a' });
      for (const at of upTo(40)) await drafts.saved(id, '/a', write(`w${at}`, 1));
      const kept = names(await drafts.writes(id, '/a'));
      expect(kept.length).toBeLessThanOrEqual(20);
      expect(kept[0]).toBe('w39');
    });

    test('may be older than the draft, which stays open then', async () => {
      const { drafts } = subject.store;
      const { id } = await drafts.create({}, { name: 'a' });
      await drafts.edit(id, () => ({ clips: [1] }));
      expect(await drafts.saved(id, '/a', write('w1', 1))).toMatchObject({ state: 'open', folder: '/a' });
      expect(await drafts.saved(id, '/a', write('w2', 2))).toMatchObject({ state: 'saved', revision: 2 });
    });
  });

  test('edits of one draft through several stores at once are all kept, each as a revision of its own', async () => {
    const { store, backend } = subject;
    const others = [store, await backend.open(), await backend.open()];
    const { id } = await store.drafts.create({ clips: [] }, { name: 'a' });
    const edits = upTo(90).map((clip) => others[clip % 3]!.drafts.edit(id, adding(clip)));
    const revisions = (await Promise.all(edits)).map(({ revision }) => revision);
    expect(revisions.toSorted((a, b) => a - b)).toEqual(upTo(90).map((index) => index + 2));
    const { timeline, revision } = await store.drafts.get(id);
    expect((timeline as Clips).clips.toSorted((a, b) => a - b)).toEqual(upTo(90));
    expect(revision).toBe(91);
  });

  test('an edit that fails changes nothing, nor do its neighbours lose anything', async () => {
    const { drafts } = subject.store;
    const { id } = await drafts.create({ clips: [] }, { name: 'a' });
    const edits = await Promise.allSettled([
      drafts.edit(id, adding(1)),
      drafts.edit(id, (timeline) => {
        (timeline as Clips).clips.push(666);
        throw new Error('no');
      }),
      drafts.edit(id, () => undefined),
      drafts.edit(id, adding(2)),
    ]);
    expect(edits.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected', 'fulfilled']);
    expect(await drafts.get(id)).toMatchObject({ revision: 3, timeline: { clips: [1, 2] } });
  });

  test('an edit that shares gets a frozen timeline, and what it gives is kept like any other', async () => {
    const { drafts } = subject.store;
    const { id } = await drafts.create(STATES[0], { name: 'a' });
    for (const state of [...STATES, ...STATES.toReversed()]) {
      let expected = '';
      const edit = (before: unknown) => {
        expect(Object.isFrozen((before as Shared).tracks?.find(Boolean) ?? before)).toBe(true);
        const after = { ...(before as Shared), ...state, tracks: mixed(before as Shared, state) };
        expected = JSON.stringify(after);
        return after;
      };
      const { timeline, bytes } = await drafts.edit(id, edit, { isShared: true });
      expect(JSON.stringify(timeline)).toBe(expected);
      expect(JSON.stringify((await drafts.get(id)).timeline)).toBe(expected);
      expect(bytes).toBe(Buffer.byteLength(expected));
    }
    for (const value of ['text', null, [1, undefined], new Date(0)]) {
      const { timeline } = await drafts.edit(id, () => value, { isShared: true });
      expect(timeline).toEqual(JSON.parse(JSON.stringify(value)));
      expect((await drafts.get(id)).timeline).toEqual(timeline);
    }
    // What was kept is told, whatever becomes of the value that the edit gave.
    const given = { clips: [{ text: 'kept' }], name: { of: 'kept' } };
    const { timeline } = await drafts.edit(id, () => given, { isShared: true });
    given.clips[0]!.text = 'other';
    given.name.of = 'other';
    expect(timeline).toEqual({ clips: [{ text: 'kept' }], name: { of: 'kept' } });
    expect((await drafts.get(id)).timeline).toEqual(timeline);
    const nothing = drafts.edit(id, () => undefined, { isShared: true });
    await expect(nothing).rejects.toThrow('a timeline must be JSON');
  });

  test('what is remembered of a draft that another process has changed is not what an edit gets', async () => {
    const { store, backend } = subject;
    const other = await backend.open();
    const { id } = await store.drafts.create({ clips: [1] }, { name: 'a' });
    const add = (drafts: DraftStore, clip: number) => drafts.edit(id, adding(clip), { isShared: true });
    await add(store.drafts, 2);
    await add(other.drafts, 3);
    const mustHave = (clip: number) => (timeline: unknown) => {
      if (!(timeline as Clips).clips.includes(clip)) throw new Error(`there is no clip ${clip}`);
      return timeline;
    };
    // A refusal is as true as a change.
    expect((await store.drafts.edit(id, mustHave(3), { isShared: true })).revision).toBe(4);
    expect((await add(store.drafts, 4)).timeline).toEqual({ clips: [1, 2, 3, 4] });
    await other.drafts.saved(id, '/a');
    expect(await add(store.drafts, 5)).toMatchObject({ state: 'open', folder: '/a', revision: 6 });
    await expect(store.drafts.edit(id, mustHave(9))).rejects.toThrow('there is no clip 9');
    await other.drafts.remove(id);
    await expect(add(store.drafts, 6)).rejects.toMatchObject({ code: 'DRAFT_NOT_FOUND' });
    await expect(store.drafts.edit(id, mustHave(9))).rejects.toMatchObject({ code: 'DRAFT_NOT_FOUND' });
  });

  test('drafts of strangers are not there', async () => {
    const { drafts } = subject.store;
    const [anna, ben] = [drafts.forOwner('anna'), drafts.forOwner('ben')];
    const { id } = await anna.create({}, { name: 'mine' });
    await ben.create({}, { name: 'his' });
    for (const call of [
      () => ben.get(id),
      () => ben.edit(id, () => ({})),
      () => ben.saved(id, '/x'),
      () => ben.writing(id, { id: 'w', folder: '/a', revision: 1, facts: {} }),
      () => ben.writes(id, '/a'),
      () => ben.revisions(id, { limit: 1 }),
      () => ben.timelineAt(id, 1),
      () => ben.remove(id),
      () => ben.list({ limit: 1, before: id }),
      () => drafts.get('nope'),
      () => drafts.edit('nope', () => ({})),
    ]) {
      await expect(call()).rejects.toMatchObject({ code: 'DRAFT_NOT_FOUND' });
    }
    expect((await anna.list({ limit: 9 })).drafts).toMatchObject([
      { id, owner: 'anna', revision: 1, state: 'open' },
    ]);
    expect((await drafts.list({ limit: 9 })).total).toBe(2);
    expect((await drafts.get(id)).owner).toBe('anna');
  });

  test('whoever removes what a page lists finds the rest on the next one', async () => {
    const drafts = subject.store.drafts.forOwner('tidy');
    for (const name of ['1', '2', '3', '4', '5']) await drafts.create({}, { name });
    const removed: string[] = [];
    for (let before: string | undefined, limit = 2; ; ) {
      const page = await drafts.list({ limit, ...(before === undefined ? {} : { before }) });
      for (const { id, name } of page.drafts) {
        await drafts.remove(id);
        removed.push(name);
      }
      before = page.next;
      if (before === undefined) break;
    }
    expect(removed).toEqual(['5', '4', '3', '2', '1']);
  });

  test('the list is newest first, in pages, and searched by a literal part of the name', async () => {
    const { drafts } = subject.store;
    for (const name of ['one', '100%', 'two', 'one more', 'a_b']) await drafts.create({}, { name });
    const first = await drafts.list({ limit: 3 });
    expect(first.drafts.map((draft) => draft.name)).toEqual(['a_b', 'one more', 'two']);
    expect(first.total).toBe(5);
    expect(first.drafts[0]).not.toHaveProperty('timeline');
    const rest = await drafts.list({ limit: 3, before: first.drafts[2]!.id });
    expect(rest.drafts.map((draft) => draft.name)).toEqual(['100%', 'one']);
    expect(rest.next).toBeUndefined();
    const names = async (query: string) =>
      (await drafts.list({ limit: 9, query })).drafts.map(({ name }) => name);
    expect(await names('%')).toEqual(['100%']);
    expect(await names('_')).toEqual(['a_b']);
    expect(await names('one')).toEqual(['one more', 'one']);
    expect(await names('ONE M')).toEqual(['one more']);
    expect(await names(first.drafts[2]!.id)).toEqual(['two']);
    await drafts.create({}, { name: 'Morning 新闻' });
    expect(await names('morning 新')).toEqual(['Morning 新闻']);
  });

  test('former states are kept, as many as the store was told', async () => {
    const { drafts } = await subject.backend.open({ keepRevisions: 4 });
    const { id } = await drafts.create({ clips: [] }, { name: 'a' });
    for (const clip of upTo(6)) await drafts.edit(id, adding(clip));
    const first = await drafts.revisions(id, { limit: 2 });
    expect(first).toMatchObject([{ revision: 7, bytes: 23 }, { revision: 6 }]);
    const rest = await drafts.revisions(id, { limit: 9, before: 6 });
    expect(rest.map(({ revision }) => revision)).toEqual([5, 4]);
    expect(await drafts.timelineAt(id, 4)).toEqual({ clips: [0, 1, 2] });
    for (const revision of [3, 8]) {
      await expect(drafts.timelineAt(id, revision)).rejects.toMatchObject({
        code: 'DRAFT_REVISION_NOT_FOUND',
      });
    }
    // More edits at once than are kept.
    await Promise.all(upTo(30).map((clip) => drafts.edit(id, adding(clip))));
    expect((await drafts.revisions(id, { limit: 99 })).map(({ revision }) => revision)).toEqual([
      37, 36, 35, 34,
    ]);
  });

  test('a removed draft is gone, one that a job works on stays', async () => {
    const { drafts, jobs } = subject.store;
    const { id } = await drafts.create({}, { name: 'a' });
    const job = await jobs.start('save_draft');
    await jobs.progress(job.id, { drafts: [{ draftId: id, folder: '/a' }] });
    await expect(drafts.remove(id)).rejects.toMatchObject({ code: 'DRAFT_IN_USE' });
    await jobs.finish(job.id, { output: {} });
    await drafts.remove(id);
    await expect(drafts.get(id)).rejects.toMatchObject({ code: 'DRAFT_NOT_FOUND' });
  });

  test('an owner keeps no more than the quota', async () => {
    const { drafts } = await subject.backend.open({ quota: { maxDrafts: 2, maxBytes: 200 } });
    const anna = drafts.forOwner('anna');
    const { id } = await anna.create({ clips: [] }, { name: 'a' });
    const atOnce = await Promise.allSettled(upTo(5).map(() => anna.create({}, { name: 'b' })));
    expect(atOnce.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    await expect(anna.edit(id, () => 'x'.repeat(200))).rejects.toMatchObject({ code: 'QUOTA_EXCEEDED' });
    expect(await anna.get(id)).toMatchObject({ revision: 1, timeline: { clips: [] } });
    expect(await drafts.usage('anna')).toEqual({ drafts: 2, draftBytes: 14, blobBytes: 0 });

    const ben = drafts.forOwner('ben');
    for (const toCome of [
      { drafts: 2, bytes: 0 },
      { drafts: 1, bytes: 199 },
    ])
      await expect(ben.create({}, { name: 'first', toCome })).rejects.toMatchObject({
        code: 'QUOTA_EXCEEDED',
      });
    expect(await drafts.usage('ben')).toMatchObject({ drafts: 0 });
    await ben.create({}, { name: 'first', toCome: { drafts: 1, bytes: 198 } });
    await drafts.setQuota('anna', { maxDrafts: 3 });
    await anna.create('y'.repeat(500), { name: 'c' });
    await expect(anna.create({}, { name: 'd' })).rejects.toMatchObject({ code: 'QUOTA_EXCEEDED' });
    await drafts.setQuota('anna', undefined);
    await expect(anna.edit(id, adding(1))).rejects.toMatchObject({ code: 'QUOTA_EXCEEDED' });
    // What is too much already may shrink.
    expect((await anna.edit(id, () => ({}))).revision).toBe(2);
  });

  test('who watches a draft sees it, and every change through another store', async () => {
    const { store, backend } = subject;
    const other = await backend.open();
    const { id } = await store.drafts.create({}, { name: 'a' });
    const controller = new AbortController();
    const watched = store.drafts.watch(id, { signal: controller.signal })[Symbol.asyncIterator]();
    expect((await watched.next()).value).toMatchObject({ revision: 1 });
    const next = watched.next();
    await other.drafts.edit(id, () => ({}));
    expect((await next).value).toMatchObject({ revision: 2, state: 'open' });
    const saved = watched.next();
    await other.drafts.saved(id, '/a');
    expect((await saved).value).toMatchObject({ revision: 2, state: 'saved' });
    const last = watched.next();
    await other.drafts.remove(id);
    expect((await last).done).toBe(true);
    controller.abort();
  });
});
