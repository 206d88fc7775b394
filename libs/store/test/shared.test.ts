import { expect, test } from 'vitest';
import type { OnceScope, Store } from '../src/index.ts';
import { onEachBackend } from './support/each-backend.ts';

const upTo = (count: number) => Array.from({ length: count }, (_, index) => index);
const REQUEST = { owner: 'anna', key: 'k', fingerprint: 'POST /v1/drafts {}' };

onEachBackend((subject) => {
  test('200 requests with one key at once have one effect and one answer', async () => {
    const { store, backend } = subject;
    const stores = [store, await backend.open()];
    let worked = 0;
    const work = async (scope: OnceScope) => {
      worked += 1;
      const { id } = await scope.drafts(store.drafts.forOwner('anna')).create({}, { name: 'a' });
      return { draft_id: id, at: crypto.randomUUID() };
    };
    const answers = await Promise.all(
      upTo(200).map((index) => stores[index % 2]!.idempotency.run(REQUEST, work)),
    );
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(worked).toBe(1);
    expect((await store.drafts.list({ limit: 9 })).total).toBe(1);
    expect(await stores[1]!.idempotency.run(REQUEST, work)).toEqual(answers[0]);
  });

  test('a key with another request is refused, another owner has keys of their own', async () => {
    const { idempotency } = subject.store;
    await idempotency.run(REQUEST, async () => 'one');
    const other = idempotency.run({ ...REQUEST, fingerprint: 'POST /v1/drafts {"a":1}' }, async () => 'two');
    await expect(other).rejects.toMatchObject({ code: 'IDEMPOTENCY_MISMATCH' });
    expect(await idempotency.run({ ...REQUEST, owner: 'ben', fingerprint: 'x' }, async () => 'three')).toBe(
      'three',
    );
  });

  test('work that failed is done again by the next call', async () => {
    const { idempotency } = subject.store;
    const failing = idempotency.run(REQUEST, async () => {
      throw new Error('no');
    });
    const waiting = idempotency.run(REQUEST, async () => 'yes');
    await expect(failing).rejects.toThrow('no');
    expect(await waiting).toBe('yes');
  });

  test('an answer that is nothing is an answer', async () => {
    const { idempotency } = subject.store;
    await idempotency.run(REQUEST, async () => undefined);
    expect(await idempotency.run(REQUEST, async () => 'again')).toBeNull();
  });

  /** A process that ends in the middle: it has its lease for a while, and then another one does the work again. */
  async function endIn(work: (store: Store, scope: OnceScope) => Promise<unknown>): Promise<void> {
    const ending = await subject.backend.open({ keepRevisions: 2 });
    const reached = Promise.withResolvers<void>();
    void ending.idempotency.run(
      REQUEST,
      async (scope) => {
        await work(ending, scope).then(() => reached.resolve(), reached.reject);
        return new Promise(() => {});
      },
      { leaseMs: 1_000 },
    );
    await reached.promise;
    await ending.close();
    subject.backend.time += 1_001;
  }

  test.each(upTo(6))(
    'a process ends after step %i: the work is done again and its changes are not',
    async (steps) => {
      const { store } = subject;

      /** @param last - The step that the process does not come to the end of. */
      async function work(one: Store, scope: OnceScope, last: number): Promise<unknown> {
        const drafts = scope.drafts(one.drafts.forOwner('anna'));
        if (last === 0) return;
        const { id } = await drafts.create({ clips: [] }, { name: 'a' });
        if (last === 1) return;
        let clip = '';
        const edited = await drafts.edit(id, (timeline) => {
          clip = scope.uuid();
          return { clips: [...(timeline as { clips: string[] }).clips, clip] };
        });
        if (last === 2) return;
        await drafts.saved(id, '/a');
        if (last === 3) return;
        const job = await one.jobs.enqueue({ tool: 'render', input: {}, once: scope.once() });
        if (last === 4) return;
        const spare = await drafts.create({}, { name: 'b' });
        await drafts.remove(spare.id);
        if (last === 5) return;
        return { id, clip, job: job.id, revision: edited.revision, timeline: edited.timeline };
      }

      await endIn((one, scope) => work(one, scope, steps));
      const answer = (await store.idempotency.run(REQUEST, (scope) => work(store, scope, 9))) as Record<
        string,
        string
      >;
      expect(answer).toMatchObject({ revision: 2, timeline: { clips: [answer.clip] } });
      expect(await store.drafts.get(answer.id!)).toMatchObject({
        revision: 2,
        state: 'saved',
        timeline: { clips: [answer.clip] },
      });
      expect((await store.jobs.list({ limit: 9 })).jobs.map(({ id }) => id)).toEqual([answer.job]);
      expect((await store.drafts.list({ limit: 9 })).total).toBe(1);
    },
  );

  test('an edit that was made long ago is not made again, and its answer is the same', async () => {
    const { store } = subject;
    const { id } = await store.drafts.create({ n: 0 }, { name: 'a' });
    const add = (timeline: unknown) => ({ n: (timeline as { n: number }).n + 1 });
    const kept = async () => (await store.drafts.revisions(id, { limit: 99 })).map((one) => one.revision);
    await endIn(async (ending, scope) => {
      await scope.drafts(ending.drafts).edit(id, add);
      for (const _ of upTo(9)) await ending.drafts.edit(id, add);
    });
    // What the call needs once more, besides the newest.
    const beside = (await kept()).filter((revision) => revision <= 2);
    expect(beside).toEqual([2, 1]);
    const again = () => store.idempotency.run(REQUEST, (scope) => scope.drafts(store.drafts).edit(id, add));
    expect(await again()).toMatchObject({ revision: 2, timeline: { n: 1 } });
    expect(await again()).toMatchObject({ revision: 2, timeline: { n: 1 } });
    expect((await store.drafts.get(id)).timeline).toEqual({ n: 10 });
    // Then nobody needs it any more.
    const other = await subject.backend.open({ keepRevisions: 2 });
    await other.drafts.edit(id, add);
    expect(await kept()).toEqual([12, 11]);
    await other.close();
  });

  test('edits that are made together keep what each of their calls needs once more', async () => {
    const { store } = subject;
    const { id } = await store.drafts.create({ n: 0 }, { name: 'a' });
    const add = (timeline: unknown) => ({ n: (timeline as { n: number }).n + 1 });
    await endIn(async (ending, scope) => {
      const first = scope.drafts(ending.drafts).edit(id, add);
      await Promise.all([first, ...Array.from({ length: 9 }, () => ending.drafts.edit(id, add))]);
    });
    const answer = await store.idempotency.run(REQUEST, (scope) => scope.drafts(store.drafts).edit(id, add));
    expect(answer).toMatchObject({ revision: 2, timeline: { n: 1 } });
    expect((await store.drafts.get(id)).timeline).toEqual({ n: 10 });
  });

  test('a token is good until it expires or is revoked, and nothing else is', async () => {
    const { store, backend } = subject;
    const { text, token } = await store.tokens.create({
      owner: 'anna',
      name: 'ci',
      scopes: ['drafts:write'],
    });
    expect(await store.tokens.verify(text)).toEqual({ ...token, lastUsedAt: backend.time });
    const other = await store.tokens.create({
      owner: 'ben',
      name: 'b',
      scopes: [],
      expiresAt: backend.time + 10,
    });
    const [prefix, id, secret] = [text.slice(0, 4), text.slice(4, 20), text.slice(21)];
    for (const wrong of [
      '',
      'czc_',
      text.slice(0, -1),
      `${text}x`,
      `${prefix}${id}_${other.text.slice(21)}`,
      `${prefix}${'0'.repeat(16)}_${secret}`,
      '{"toString":false}',
    ]) {
      expect(await store.tokens.verify(wrong), wrong).toBeUndefined();
    }
    expect((await store.tokens.verify(other.text))!.owner).toBe('ben');
    backend.time += 10;
    expect(await store.tokens.verify(other.text)).toBeUndefined();

    expect(await store.tokens.revoke(token.id, 'ben')).toBe(false);
    expect(await store.tokens.revoke(token.id, 'anna')).toBe(true);
    expect(await store.tokens.verify(text)).toBeUndefined();
    backend.time += 10;
    expect(await store.tokens.revoke(token.id)).toBe(true);
    expect((await store.tokens.list('anna'))[0]!.revokedAt).toBe(backend.time - 10);
    expect((await store.tokens.list()).map(({ owner }) => owner)).toEqual(['ben', 'anna']);
    expect(JSON.stringify(await store.tokens.list())).not.toContain(secret);
  });

  test('a grant is exchanged once, and goes with all that came of it', async () => {
    const { store, backend } = subject;
    const others = [store, await backend.open()];
    const grant = {
      clientId: 'coze',
      owner: 'anna',
      scopes: ['tools:call'],
      expiresAt: backend.time + 1,
      isUsed: false,
    };
    const request = { redirectUri: 'https://example.com/', codeChallenge: 'c', codeChallengeMethod: 'S256' };
    await store.grants.put('code', { ...grant, kind: 'code', family: 'one', request });
    await store.grants.put('access', { ...grant, kind: 'access', family: 'one' });
    await store.grants.put('other', { ...grant, kind: 'refresh', family: 'two' });
    expect(await others[1]!.grants.get('code')).toEqual({ ...grant, kind: 'code', family: 'one', request });
    const used = await Promise.all(upTo(20).map((index) => others[index % 2]!.grants.use('code')));
    expect(used.filter(Boolean)).toHaveLength(1);
    expect(await store.grants.get('code')).toMatchObject({ isUsed: true });
    expect(await store.grants.use('nothing')).toBe(false);
    await others[1]!.grants.removeFamily('one');
    expect(
      await Promise.all(['code', 'access', 'other'].map((hash) => store.grants.get(hash))),
    ).toMatchObject([undefined, undefined, { kind: 'refresh' }]);
    await store.grants.remove('other');
    expect(await store.grants.get('other')).toBeUndefined();
  });

  test('a session has one chat at a time, whatever process it is in', async () => {
    const { store, backend } = subject;
    const other = await backend.open();
    const { id } = await store.sessions.create({ owner: 'anna', data: { bot: '7' } });
    const begin = (one: Store) => one.sessions.beginChat(id, { leaseMs: 1_000 });
    const begun = await Promise.allSettled(upTo(10).map((index) => begin(index % 2 ? store : other)));
    const winners = begun.filter((one) => one.status === 'fulfilled');
    expect(winners).toHaveLength(1);
    const losers = begun.filter((one) => one.status === 'rejected');
    for (const { reason } of losers) expect(reason).toMatchObject({ code: 'SESSION_BUSY' });

    const { chat, lease } = winners[0]!.value;
    await store.sessions.nameChat(chat.id, lease, 'coze-1');
    expect(await other.sessions.get(id, 'anna')).toMatchObject({ chatId: 'coze-1', data: { bot: '7' } });
    expect(await other.sessions.chat('coze-1', 'anna')).toMatchObject({ state: 'running', sessionId: id });
    expect(await other.sessions.chat('coze-1', 'ben')).toBeUndefined();
    await store.sessions.endChat('coze-1', lease, { state: 'succeeded', result: { text: '好' } });
    expect(await other.sessions.chat('coze-1')).toMatchObject({ state: 'succeeded', result: { text: '好' } });

    const lost = await begin(other);
    backend.time += 500;
    expect(await other.sessions.renewChat(lost.chat.id, lost.lease, 1_000)).toBe(true);
    backend.time += 1_001;
    expect(await store.sessions.chat(lost.chat.id)).toMatchObject({
      state: 'failed',
      result: { error_code: 'INTERRUPTED' },
    });
    expect(await other.sessions.renewChat(lost.chat.id, lost.lease, 1_000)).toBe(false);
    expect((await begin(store)).chat.state).toBe('running');
  });

  test('sessions of strangers are not there, and a removed one takes its chats along', async () => {
    const { sessions } = subject.store;
    const { id } = await sessions.create({ owner: 'anna', data: 1 });
    const second = await sessions.create({ owner: 'anna', data: 2 });
    await sessions.create({ owner: 'ben', data: 3 });
    expect(await sessions.get(id, 'ben')).toBeUndefined();
    expect(await sessions.remove(id, 'ben')).toBe(false);
    expect(await sessions.update(id, 'changed')).toMatchObject({ data: 'changed' });
    const page = await sessions.list({ owner: 'anna', limit: 1 });
    expect(page.sessions.map(({ data }) => data)).toEqual([2]);
    expect(
      (await sessions.list({ owner: 'anna', limit: 5, before: second.id })).sessions.map(({ data }) => data),
    ).toEqual(['changed']);
    // The next page begins at the same place, also when what was listed is gone.
    await sessions.remove(second.id, 'anna');
    const rest = await sessions.list({ owner: 'anna', limit: 1, before: page.next! });
    expect(rest).toMatchObject({ sessions: [{ data: 'changed' }] });
    expect(rest.next).toBeUndefined();
    const { chat } = await sessions.beginChat(id, { leaseMs: 1_000 });
    expect(await sessions.remove(id, 'anna')).toBe(true);
    expect(await sessions.chat(chat.id)).toBeUndefined();
    await expect(sessions.update(id, 1)).rejects.toMatchObject({ code: 'SESSION_NOT_FOUND' });
    await expect(sessions.beginChat(id, { leaseMs: 1 })).rejects.toMatchObject({ code: 'SESSION_NOT_FOUND' });
  });

  test('a limit counts over all processes and fills up again', async () => {
    const { store, backend } = subject;
    const other = await backend.open();
    const limit = { key: 'anna', burst: 5, perMinute: 60 };
    const taken = await Promise.all(upTo(12).map((index) => (index % 2 ? store : other).limits.take(limit)));
    expect(taken.filter(({ allowed }) => allowed)).toHaveLength(5);
    expect(taken.filter(({ allowed }) => !allowed)[0]).toEqual({
      allowed: false,
      remaining: 0,
      retryAfterMs: 1_000,
      resetMs: 5_000,
    });
    expect(await store.limits.take({ ...limit, key: 'ben' })).toMatchObject({ allowed: true, remaining: 4 });
    backend.time += 2_500;
    expect(await store.limits.take(limit)).toMatchObject({ allowed: true, remaining: 1, retryAfterMs: 0 });
    expect(await store.limits.take(limit, 2)).toMatchObject({ allowed: false, remaining: 1 });
    expect(await other.limits.take(limit)).toMatchObject({ allowed: true, remaining: 0, retryAfterMs: 500 });
    backend.time += 60_000;
    expect(await other.limits.take(limit, 5)).toMatchObject({ allowed: true, remaining: 0, resetMs: 5_000 });
  });

  test('calls are found by what is known of them', async () => {
    const { calls } = subject.store;
    const call = {
      owner: 'anna',
      tool: 'add_captions',
      mode: 'cloud',
      status: 'ok',
      durationMs: 1.5,
    } as const;
    const five = upTo(5).map((startedAt) => ({ ...call, startedAt, draftId: `d${startedAt % 2}` }));
    await calls.record(five[0]!);
    await calls.recordAll(five.slice(1));
    await calls.recordAll([]);
    const failure = { status: 'failed', code: 'DRAFT_NOT_FOUND', message: '100% gone' } as const;
    await calls.record({ ...call, ...failure, owner: 'ben', tool: 'save_draft', startedAt: 9 });
    const page = await calls.list({ limit: 2, owner: 'anna' });
    expect(page.calls.map(({ startedAt }) => startedAt)).toEqual([4, 3]);
    expect(page.total).toBe(5);
    const rest = await calls.list({ limit: 9, owner: 'anna', before: page.calls[1]!.id });
    expect(rest.calls.map(({ startedAt }) => startedAt)).toEqual([2, 1, 0]);
    const total = async (filter: object) => (await calls.list({ limit: 1, ...filter })).total;
    expect(await total({ draftId: 'd1' })).toBe(2);
    expect(await total({ status: 'failed' })).toBe(1);
    expect(await total({ code: 'DRAFT_NOT_FOUND' })).toBe(1);
    expect(await total({ tool: 'add_captions', since: 1, until: 4 })).toBe(3);
    expect(await total({ query: '0%' })).toBe(1);
    expect(await total({ query: 'captions' })).toBe(5);
    expect((await calls.list({ limit: 1 })).calls[0]).toMatchObject({ durationMs: 1.5, ...failure });
  });

  test('events of a topic are read in order by everybody, from where they stopped', async () => {
    const { store, backend } = subject;
    const other = await backend.open();
    const controller = new AbortController();
    const seen: number[] = [];
    const reading = (async () => {
      for await (const { id, data } of other.events.watch('t', { after: 2, signal: controller.signal })) {
        expect(data).toEqual({ n: expect.any(Number) });
        seen.push(id);
        if (id === 60) return;
      }
    })();
    await Promise.all(upTo(60).map((n) => (n % 2 ? store : other).events.append('t', 'tick', { n })));
    await store.events.append('another', 'tick', {});
    await reading;
    expect(seen).toEqual(upTo(58).map((index) => index + 3));
    expect((await store.events.read('t', { after: 58, limit: 9 })).map(({ id }) => id)).toEqual([59, 60]);
    const silent = other.events.watch('t', { after: 60, signal: controller.signal })[Symbol.asyncIterator]();
    const next = silent.next();
    controller.abort();
    expect((await next).done).toBe(true);
  });
});
