import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { startEmulator } from '@cozecut/coze-emulator';
import { openStore, type Store } from '@cozecut/store';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hasPostgres, type Postgres, startPostgres } from '../../../libs/store/test/support/postgres.ts';
import { CALL_SCOPE } from '../src/index.ts';
import { type House, openHouse, call as request } from './harness.ts';
import { AHEAD_MS, endProcesses, type ServerProcess, startProcess } from './support/start-process.ts';

const WAIT = { timeout: 20_000, interval: 50 };
const words = { name: 'join_words', arguments: { group: 'g', words: ['a', 'b'] } };

describe.skipIf(!hasPostgres)('two processes on one PostgreSQL', () => {
  let postgres: Postgres;
  let location: string;
  let blobs: string;
  let house: House;
  /** A look at the database from outside of both. */
  let store: Store;
  let emulator: Awaited<ReturnType<typeof startEmulator>>;
  let one: ServerProcess;
  let other: ServerProcess;
  const tokens: Record<string, string> = {};

  const start = (change: object = {}) =>
    startProcess({
      folder: house.folder,
      location,
      blobs,
      wantsTokens: true,
      coze: { url: emulator.url, token: emulator.token },
      ...change,
    });

  beforeAll(async () => {
    // What the server of the database answers with is on disk: it is a part of what is promised.
    postgres = await startPostgres({ isDurable: true });
    location = await postgres.createDatabase();
    house = await openHouse();
    blobs = join(house.folder, 'shared');
    mkdirSync(blobs);
    emulator = await startEmulator({
      scenario: { turns: [{ toolCalls: [words], next: { answer: ['do', 'ne'] } }] },
    });
    store = await openStore({ location, blobs, now: Date.now, uuid: () => crypto.randomUUID() });
    for (const owner of ['alice', 'bob']) {
      tokens[owner] = (await store.tokens.create({ owner, name: owner, scopes: [CALL_SCOPE] })).text;
    }
    [one, other] = await Promise.all([start(), start()]);
  }, 60_000);
  afterAll(async () => {
    endProcesses();
    await store?.close();
    await emulator?.close();
    await house?.close();
    await postgres?.stop();
  });

  const call = (server: ServerProcess, path: string, body?: unknown, init: RequestInit = {}, who = 'alice') =>
    request(server.url + path, body, {
      ...init,
      headers: { authorization: `Bearer ${tokens[who]}`, ...init.headers },
    });
  const keyed = (key: string): RequestInit => ({ headers: { 'idempotency-key': key } });
  const wordsOf = async (id: string) =>
    ((await store.drafts.get(id)).timeline as { words?: string[] }).words ?? [];

  test('a draft that one makes is changed by the other, and belongs to its owner in both', async () => {
    const { body } = await call(one, '/v1/drafts', { name: 'shared' });
    const id = body.draft_id as string;
    expect((await call(other, `/v1/drafts/${id}/words`, { word: 'a' })).body).toEqual({ revision: 2 });
    expect((await call(one, `/v1/drafts/${id}/timeline`)).body).toMatchObject({ words: ['a'] });
    expect((await call(other, `/v1/drafts/${id}/timeline`, undefined, {}, 'bob')).status).toBe(404);
    expect((await call(other, '/api/draft/list')).body.drafts).toMatchObject([{ draft_id: id, revision: 2 }]);
  });

  test('a key has one effect and one answer, whichever of them is asked', async () => {
    const send = (server: ServerProcess) => call(server, '/v1/drafts', { name: 'keyed' }, keyed('one draft'));
    const answers = await Promise.all(
      Array.from({ length: 40 }, (_, index) => send(index % 2 ? one : other)),
    );
    expect(new Set(answers.map(({ status, body }) => JSON.stringify([status, body]))).size).toBe(1);
    const { body } = await call(one, '/api/draft/list?q=keyed');
    expect(body).toMatchObject({ total: 1, drafts: [{ draft_id: answers[0]!.body.draft_id }] });
    const changed = await call(other, '/v1/drafts', { name: 'other' }, keyed('one draft'));
    expect(changed).toMatchObject({ status: 409, body: { code: 'IDEMPOTENCY_MISMATCH' } });
  });

  test('a job is seen, followed and ended from both', async () => {
    const { body } = await call(one, '/v1/slow', {});
    const path = `/v1/jobs/${body.job_id}`;
    // The stream ends with the job, in whichever process that is.
    const response = await fetch(`${other.url}${path}/events`, {
      headers: { authorization: `Bearer ${tokens.alice}` },
    });
    expect(await response.text()).toContain('"status":"succeeded"');
    for (const server of [one, other]) {
      expect((await call(server, path)).body).toMatchObject({ status: 'succeeded', output: { done: true } });
      expect((await call(server, path, undefined, {}, 'bob')).status).toBe(404);
    }
  });

  test('a session has its chat wherever it is asked for', async () => {
    const dataOf = (answer: Awaited<ReturnType<typeof call>>) => answer.body.data.task_result.data;
    const { session_id: id } = dataOf(await call(one, '/coze/sessions', {}));
    const said = await call(other, `/coze/sessions/${id}/messages`, { message: 'hello', stream: false });
    const { chat_id: chat } = dataOf(said);
    await expect
      .poll(async () => dataOf(await call(one, `/coze/chats/${chat}/result`)), WAIT)
      .toMatchObject({ session_id: id, answer: 'done' });
    expect((await call(one, `/coze/sessions/${id}`, undefined, {}, 'bob')).status).toBe(404);
    expect((await call(one, `/coze/sessions/${id}`, undefined, { method: 'DELETE' })).status).toBe(200);
    expect((await call(other, `/coze/sessions/${id}`)).status).toBe(404);
  });

  test('requests are counted together', async () => {
    const rate = { burst: 6, perMinute: 1 };
    const limited = await Promise.all([start({ rate }), start({ rate })]);
    const statuses: number[] = [];
    for (let count = 0; count < 10; count++)
      statuses.push((await call(limited[count % 2]!, '/api/draft/list', undefined, {}, 'bob')).status);
    expect(statuses).toEqual([...Array(6).fill(200), ...Array(4).fill(429)]);
    await Promise.all(limited.map((server) => server.end('SIGKILL')));
  });

  test('what was answered is there when one of them is killed under load, and the rest is there once', async () => {
    const { id: shared } = await store.drafts.forOwner('alice').create({ words: [] }, { name: 'under load' });
    const lanes = Array.from({ length: 16 }, (_, lane) =>
      Array.from({ length: 8 }, (_, turn) => `${lane}.${turn}`),
    );
    const acknowledged: string[] = [];
    const unknown: string[] = [];
    const made: string[] = [];
    let killed: Promise<unknown> | undefined;
    const add = (server: ServerProcess, word: string) =>
      call(server, `/v1/drafts/${shared}/words`, { word }, keyed(`add ${word}`));
    await Promise.all(
      lanes.map(async (own, lane) => {
        const server = [one, other][lane % 2]!;
        for (const word of own) {
          const draft = await call(server, '/v1/drafts', { name: word }, keyed(`make ${word}`)).catch(
            () => undefined,
          );
          if (draft !== undefined) made.push(draft.body.draft_id);
          const answer = await add(server, word).catch(() => undefined);
          if (answer === undefined) unknown.push(word);
          else {
            expect(answer).toMatchObject({ status: 200 });
            acknowledged.push(word);
            if (server === other && acknowledged.length > 30) killed ??= other.end('SIGKILL');
          }
        }
      }),
    );
    await killed;
    expect(unknown.length).toBeGreaterThan(0);
    expect(await wordsOf(shared)).toEqual(expect.arrayContaining(acknowledged));
    for (const id of made) expect((await store.drafts.get(id)).owner).toBe('alice');

    const next = await start({ aheadMs: AHEAD_MS });
    for (const word of unknown) {
      expect(await add(next, word)).toMatchObject({ status: 200 });
    }
    expect((await wordsOf(shared)).toSorted()).toEqual(lanes.flat().toSorted());
    // Who is left goes on as if nothing had happened.
    expect((await add(one, 'last')).status).toBe(200);
    expect((await call(next, `/v1/drafts/${shared}/timeline`)).body.words.at(-1)).toBe('last');
    await next.end('SIGKILL');
  });

  // The last one: nobody is there any more behind it.
  test('a database that is not there is no fault of the caller', async () => {
    const { body } = await call(one, '/v1/drafts', { name: 'kept' });
    await postgres.crash();
    const kept = () => call(one, `/v1/drafts/${body.draft_id}/timeline`);
    await expect.poll(async () => (await kept()).status, WAIT).toBe(200);
    await postgres.stop();
    const refused = { status: 503, body: { code: 'STORE_UNAVAILABLE' } };
    expect(await request(`${one.url}/readyz`)).toMatchObject({ status: 503 });
    expect(await request(`${one.url}/livez`)).toMatchObject({ status: 200 });
    expect(await kept()).toMatchObject(refused);
    expect(await call(one, '/v1/drafts', { name: 'lost' })).toMatchObject(refused);
  });
});
