import { expect, test } from 'vitest';
import { type Job, type JobContext, type JobEnd, type OnceScope, onceKey, type Store } from '../src/index.ts';
import { onEachBackend } from './support/each-backend.ts';

const LEASE_MS = 1_000;
const FAULT = { code: 'BROKEN', message: 'it broke', problems: [] };
const upTo = (count: number) => Array.from({ length: count }, (_, index) => index);

onEachBackend((subject) => {
  const claim = (store: Store, maxRunningPerOwner?: number) =>
    store.jobs.claim({
      leaseMs: LEASE_MS,
      ...(maxRunningPerOwner === undefined ? {} : { maxRunningPerOwner }),
    });

  /** The job when it has come to its end, as its events tell. */
  async function endOf(store: Store, id: string): Promise<Job> {
    for await (const { type } of store.events.watch(`job:${id}`, {
      after: 0,
      signal: AbortSignal.timeout(20_000),
    })) {
      if (!['queued', 'running'].includes(type)) return (await store.jobs.get(id))!;
    }
    throw new Error('the job did not end');
  }

  test('a job without the queue is found by its draft and keeps its end', async () => {
    const { jobs } = subject.store;
    const job = await jobs.start('generate_draft');
    const drafts = [{ draftId: 'd1', folder: '/d1' }];
    await jobs.progress(job.id, { fraction: 0.5, phase: 'download', drafts });
    expect(await jobs.ofDraft('d1')).toMatchObject({ id: job.id, state: 'running', fraction: 0.5, drafts });
    await jobs.finish(job.id, { output: { ok: true } });
    await jobs.finish(job.id, { error: FAULT });
    await jobs.progress(job.id, { fraction: 0.1 });
    expect(await jobs.get(job.id)).toMatchObject({ state: 'succeeded', output: { ok: true }, fraction: 1 });
    expect(await jobs.get('nope')).toBeUndefined();
  });

  test('a job whose process went silent fails, one that is alive goes on', async () => {
    const { store, backend } = subject;
    const dead = await store.jobs.start('a');
    const alive = await store.jobs.start('b');
    backend.time += 60_000;
    await store.jobs.progress(alive.id, {});
    expect(await store.jobs.failAbandoned(30_000)).toBe(1);
    expect(await store.jobs.get(dead.id)).toMatchObject({ state: 'failed', error: { code: 'INTERRUPTED' } });
    expect(await store.jobs.get(alive.id)).toMatchObject({ state: 'running' });
  });

  test('each queued job is taken once, by whatever store', async () => {
    const { store, backend } = subject;
    const stores = [store, await backend.open(), await backend.open()];
    const queued = await Promise.all(
      upTo(40).map((input) => store.jobs.enqueue({ tool: 'render', input, context: { hook: 'https://h' } })),
    );
    const taken = (await Promise.all(upTo(60).map((index) => claim(stores[index % 3]!)))).filter(
      (lease) => lease !== undefined,
    );
    expect(taken.map(({ job }) => job.id).toSorted()).toEqual(queued.map(({ id }) => id).toSorted());
    expect(taken[0]!.job).toMatchObject({ state: 'running', attempt: 1, context: { hook: 'https://h' } });
    expect(await claim(store)).toBeUndefined();
  });

  test('owners take turns, however many jobs each has', async () => {
    const { jobs } = subject.store;
    const enqueue = (owner: string, count: number) =>
      Promise.all(upTo(count).map(() => jobs.enqueue({ tool: 'a', input: {}, owner })));
    await enqueue('hog', 30);
    for (let served = 0; served < 10; served++) await claim(subject.store);
    await enqueue('anna', 2);
    await enqueue('ben', 1);
    const next: string[] = [];
    for (let served = 0; served < 6; served++) next.push((await claim(subject.store))!.job.owner);
    // Twenty of the hog waited before the others came.
    expect(next.slice(0, 3).toSorted()).toEqual(['anna', 'ben', 'hog']);
    expect(next.slice(3, 5).toSorted()).toEqual(['anna', 'hog']);
    expect(next[5]).toBe('hog');
  });

  test('an owner has no more jobs running than allowed', async () => {
    const { store, backend } = subject;
    const other = await backend.open();
    for (const owner of ['hog', 'hog', 'hog', 'anna'])
      await store.jobs.enqueue({ tool: 'a', input: {}, owner });
    const leases = await Promise.all([claim(store, 1), claim(other, 1), claim(store, 1), claim(other, 1)]);
    expect(leases.flatMap((lease) => lease?.job.owner ?? []).toSorted()).toEqual(['anna', 'hog']);
    const hog = leases.find((lease) => lease?.job.owner === 'hog')!;
    await store.jobs.finish(hog.job.id, { output: 1 }, hog.lease);
    expect((await claim(store, 1))!.job.owner).toBe('hog');
  });

  test('a failed attempt is tried again after a wait that grows, as often as it may be', async () => {
    const { store, backend } = subject;
    const { id } = await store.jobs.enqueue({ tool: 'a', input: {}, maxAttempts: 3, backoffMs: 1_000 });
    const waits: number[] = [];
    for (let attempt = 1; attempt < 3; attempt++) {
      const { lease } = (await claim(store))!;
      const { state, runAt, error } = await store.jobs.failAttempt(id, lease, FAULT);
      expect({ state, error }).toEqual({ state: 'queued', error: FAULT });
      waits.push(runAt - backend.time);
      expect(await claim(store)).toBeUndefined();
      expect(await store.jobs.nextDue()).toBe(runAt);
      backend.time = runAt;
    }
    expect(waits[0]).toBeGreaterThanOrEqual(750);
    expect(waits[0]).toBeLessThanOrEqual(1_250);
    expect(waits[1]).toBeGreaterThanOrEqual(1_500);
    const { lease, job } = (await claim(store))!;
    expect(job.attempt).toBe(3);
    expect(await store.jobs.failAttempt(id, lease, FAULT)).toMatchObject({ state: 'failed', error: FAULT });
    expect(await store.jobs.nextDue()).toBeUndefined();
  });

  test('work that was begun already becomes a job, and another process knows what it has done', async () => {
    const { store, backend } = subject;
    const drafts = store.drafts.forOwner('anna');
    const { id: draftId } = await drafts.create({ edits: 0 }, { name: 'a' });
    const once = (scope: OnceScope) =>
      scope.drafts(drafts).edit(draftId, (timeline) => ({
        edits: (timeline as { edits: number }).edits + 1,
      }));
    const scope = store.idempotency.scope();
    const first = scope.uuid();
    await once(scope);
    const files = [{ name: 'a.mp4', receivedBytes: 1 }];
    const { job, lease } = await store.jobs.adopt(
      {
        tool: 'a',
        input: { b: 1 },
        owner: 'anna',
        maxAttempts: 2,
        backoffMs: 0,
        drafts: [{ draftId, folder: '/f' }],
      },
      { leaseMs: LEASE_MS, seed: scope.seed, change: { phase: 'media', fraction: 0.5, message: 'm', files } },
    );
    expect(job).toMatchObject({ owner: 'anna', state: 'running', phase: 'media', fraction: 0.5, attempt: 1 });
    expect(await store.jobs.ofDraft(draftId)).toMatchObject({ id: job.id, input: { b: 1 } });
    expect(await store.events.read(`job:${job.id}`, { after: 0, limit: 9 })).toMatchObject([
      { data: { files } },
    ]);
    // Nobody takes it while it is held, and whoever does goes on with what was done.
    expect(await claim(store)).toBeUndefined();
    expect(await store.jobs.renew(job.id, lease, LEASE_MS)).toBe('go on');
    backend.time += LEASE_MS + 1;
    expect(await store.jobs.recover()).toBe(1);
    const next = (await claim(store))!;
    expect(next.job).toMatchObject({ id: job.id, attempt: 2 });
    await store.idempotency.run(onceKey(next.job), async (again) => {
      expect([again.attempt, again.uuid()]).toEqual([2, first]);
      await once(again);
      return 'done';
    });
    expect((await drafts.get(draftId)).timeline).toEqual({ edits: 1 });
    expect(await store.jobs.renew(job.id, lease, LEASE_MS)).toBe('lost');
    expect(await store.jobs.finish(job.id, { output: 1 }, next.lease)).toMatchObject({ state: 'succeeded' });
  });

  test('a job of a process that is gone is run by another one, and the former cannot touch it', async () => {
    const { store, backend } = subject;
    const { id } = await store.jobs.enqueue({ tool: 'a', input: {}, maxAttempts: 2, backoffMs: 0 });
    const gone = (await claim(store))!;
    backend.time += LEASE_MS - 1;
    expect(await store.jobs.renew(id, gone.lease, LEASE_MS)).toBe('go on');
    backend.time += LEASE_MS - 1;
    expect(await store.jobs.recover()).toBe(0);
    backend.time += 2;
    expect(await store.jobs.recover()).toBe(1);
    const next = (await claim(store))!;
    expect(next.job).toMatchObject({ id, attempt: 2, error: { code: 'INTERRUPTED' } });
    expect(await store.jobs.renew(id, gone.lease, LEASE_MS)).toBe('lost');
    await store.jobs.progress(id, { fraction: 0.9 }, gone.lease);
    await store.jobs.finish(id, { output: 'late' }, gone.lease);
    await store.jobs.failAttempt(id, gone.lease, FAULT);
    await store.jobs.release(id, gone.lease);
    expect(await store.jobs.get(id)).toMatchObject({ state: 'running', fraction: 0, attempt: 2 });
    expect(await store.jobs.finish(id, { output: 'mine' }, next.lease)).toMatchObject({ output: 'mine' });
    // The last attempt: nobody is left to try.
    const last = await store.jobs.enqueue({ tool: 'a', input: {} });
    await claim(store);
    backend.time += LEASE_MS + 1;
    await store.jobs.recover();
    expect(await store.jobs.get(last.id)).toMatchObject({ state: 'failed', error: { code: 'INTERRUPTED' } });
  });

  test('a released job is as if it had not been begun', async () => {
    const { store } = subject;
    const { id } = await store.jobs.enqueue({ tool: 'a', input: {} });
    await store.jobs.release(id, (await claim(store))!.lease);
    expect(await store.jobs.get(id)).toMatchObject({ state: 'queued', attempt: 0 });
    expect((await claim(store))!.job).toMatchObject({ id, attempt: 1 });
  });

  test('a queued job is cancelled at once, a running one is asked to end', async () => {
    const { store } = subject;
    const [first, second] = [
      await store.jobs.enqueue({ tool: 'a', input: {}, owner: 'anna' }),
      await store.jobs.enqueue({ tool: 'a', input: {}, owner: 'anna' }),
    ];
    const { lease } = (await claim(store))!;
    expect(await store.jobs.cancel(first.id, 'ben')).toBeUndefined();
    expect(await store.jobs.cancel(first.id, 'anna')).toMatchObject({
      state: 'running',
      cancelRequested: true,
    });
    expect(await store.jobs.cancel(second.id)).toMatchObject({ state: 'cancelled' });
    expect(await store.jobs.renew(first.id, lease, LEASE_MS)).toBe('cancel');
    await store.jobs.cancelled(first.id, lease);
    expect(await store.jobs.cancel(first.id)).toMatchObject({ state: 'cancelled' });
    expect(await claim(store)).toBeUndefined();
  });

  test('a job that is not begun before its deadline has failed', async () => {
    const { store, backend } = subject;
    const { id } = await store.jobs.enqueue({ tool: 'a', input: {}, deadline: backend.time + 10 });
    backend.time += 10;
    expect(await claim(store)).toBeUndefined();
    await store.jobs.recover();
    expect(await store.jobs.get(id)).toMatchObject({ state: 'failed', error: { code: 'DEADLINE_EXCEEDED' } });
  });

  test('a request that must be made once is one job', async () => {
    const { jobs } = subject.store;
    const request = { tool: 'a', input: {}, owner: 'anna', once: 'key 1' };
    const made = await Promise.all(upTo(20).map(() => jobs.enqueue(request)));
    expect(new Set(made.map(({ id }) => id)).size).toBe(1);
    expect((await jobs.enqueue({ ...request, owner: 'ben' })).id).not.toBe(made[0]!.id);
    expect((await jobs.list({ limit: 9 })).total).toBe(2);
  });

  test('jobs are listed newest first, by owner, tool and state, in pages', async () => {
    const { jobs } = subject.store;
    for (const [tool, owner] of [
      ['a', 'anna'],
      ['b', 'anna'],
      ['a', 'ben'],
      ['a', 'anna'],
    ] as const)
      await jobs.enqueue({ tool, input: {}, owner, drafts: [{ draftId: tool, folder: `/${owner}` }] });
    const page = await jobs.list({ limit: 2, owner: 'anna' });
    expect(page.jobs.map(({ tool }) => tool)).toEqual(['a', 'b']);
    expect(page.jobs[0]!.drafts).toEqual([{ draftId: 'a', folder: '/anna' }]);
    expect(page.total).toBe(3);
    const rest = await jobs.list({ limit: 2, owner: 'anna', before: page.jobs[1]!.id });
    expect(rest.jobs.map(({ tool }) => tool)).toEqual(['a']);
    expect((await jobs.list({ limit: 9, tool: 'a' })).total).toBe(3);
    expect((await jobs.list({ limit: 9, exceptTool: 'a' })).total).toBe(1);
    expect((await jobs.list({ limit: 9, draftId: 'a', owner: 'anna' })).total).toBe(2);
    expect((await jobs.list({ limit: 9, draftId: 'a', state: 'failed' })).total).toBe(0);
    const next = await jobs.list({ limit: 2, owner: 'anna', before: page.next! });
    expect(next).toEqual({ jobs: rest.jobs, total: 3 });
    expect((await jobs.list({ limit: 9, state: 'running' })).total).toBe(0);
    expect((await jobs.ofDraft('b', 'anna'))!.tool).toBe('b');
    expect(await jobs.ofDraft('b', 'ben')).toBeUndefined();
    expect(await jobs.get(page.jobs[0]!.id, 'ben')).toBeUndefined();
  });

  test('everything that happens to a job is an event', async () => {
    const { store } = subject;
    const { id } = await store.jobs.enqueue({ tool: 'a', input: {} });
    const { lease } = (await claim(store))!;
    await store.jobs.progress(id, { fraction: 0.5, phase: 'compile' }, lease);
    await store.jobs.finish(id, { output: 7 }, lease);
    const events = await store.events.read(`job:${id}`, { after: 0, limit: 9 });
    expect(events.map(({ id, type, data }) => [id, type, (data as Job).fraction])).toEqual([
      [1, 'queued', 0],
      [2, 'running', 0],
      [3, 'running', 0.5],
      [4, 'succeeded', 1],
    ]);
    expect(events[3]!.data).toMatchObject({ state: 'succeeded', output: 7 });
  });

  test('workers of two stores run what is queued, at most so many at once', async () => {
    const { store, backend } = subject;
    const other = await backend.open();
    let most = 0;
    let now = 0;
    const run = async (job: Job, { progress }: JobContext): Promise<JobEnd> => {
      most = Math.max(most, ++now);
      progress({ fraction: 0.5 });
      await new Promise((resolve) => setTimeout(resolve, 5));
      now--;
      return { output: (job.input as { n: number }).n * 2 };
    };
    const workers = [store, other].map((one) =>
      one.work({ run, concurrency: 2, onError: (error) => expect.fail(String(error)) }),
    );
    const queued = await Promise.all(upTo(20).map((n) => store.jobs.enqueue({ tool: 'a', input: { n } })));
    const ends = await Promise.all(queued.map(({ id }) => endOf(other, id)));
    expect(ends.map(({ output }) => output)).toEqual(upTo(20).map((n) => n * 2));
    expect(most).toBeLessThanOrEqual(4);
    await Promise.all(workers.map((worker) => worker.stop(1_000)));
  });

  test('a worker tries again what threw, and ends what was cancelled or took too long', async () => {
    const { store, backend } = subject;
    const other = await backend.open();
    const running = new Map<string, () => void>();
    const started = new Map(
      ['slow', 'late'].map((tool) => [tool, new Promise<void>((resolve) => running.set(tool, resolve))]),
    );
    const worker = store.work({
      concurrency: 3,
      onError: (error) => expect.fail(String(error)),
      async run(job, { signal }) {
        if (job.tool === 'flaky' && job.attempt < 3) throw new Error('not yet');
        if (job.tool === 'flaky') return { output: job.attempt };
        running.get(job.tool)!();
        await new Promise((resolve) => signal.addEventListener('abort', resolve));
        return { error: { ...FAULT, message: String(signal.reason) } };
      },
    });
    const flaky = await other.jobs.enqueue({ tool: 'flaky', input: {}, maxAttempts: 3, backoffMs: 0 });
    const slow = await other.jobs.enqueue({ tool: 'slow', input: {} });
    const late = await other.jobs.enqueue({ tool: 'late', input: {}, deadline: backend.time + 300 });
    await Promise.all(started.values());
    await other.jobs.cancel(slow.id);
    expect(await endOf(store, flaky.id)).toMatchObject({ state: 'succeeded', output: 3 });
    expect(await endOf(store, slow.id)).toMatchObject({ state: 'cancelled' });
    expect(await endOf(store, late.id)).toMatchObject({ error: { code: 'DEADLINE_EXCEEDED' } });
    await worker.stop(1_000);
  });

  test('a worker that stops parks what does not end in time, and another one goes on with it', async () => {
    const { store, backend } = subject;
    const other = await backend.open();
    const begun = Promise.withResolvers<void>();
    const options = { concurrency: 1, onError: (error: unknown) => expect.fail(String(error)) };
    const worker = store.work({
      ...options,
      async run(_job, { signal }) {
        begun.resolve();
        await new Promise((resolve) => signal.addEventListener('abort', resolve));
        throw new Error('aborted');
      },
    });
    const { id } = await store.jobs.enqueue({ tool: 'a', input: {} });
    await begun.promise;
    await worker.stop(10);
    expect(await store.jobs.get(id)).toMatchObject({ state: 'queued', attempt: 0 });
    const next = other.work({ ...options, run: async () => ({ output: 'done' }) });
    expect(await endOf(store, id)).toMatchObject({ state: 'succeeded', output: 'done', attempt: 1 });
    await next.stop(1_000);
  });
});
