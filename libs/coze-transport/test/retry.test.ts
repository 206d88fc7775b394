import { describe, expect, test } from 'vitest';
import { type CozeClientOptions, createCozeClient, DEFAULT_RETRY } from '../src/index.ts';
import { patientClock } from './hand-clock.ts';
import { CHAT, collect, SUBMIT } from './support.ts';

const REF = { conversationId: '1', chatId: '2' };
const RUN = { workflowId: '1', parameters: {} };
const RESUME = { workflowId: '1', eventId: '1/2', interruptType: 2, resumeData: 'x' };
const json = { 'content-type': 'application/json' };
const answer = (code: number, status = 200, headers = {}) =>
  new Response(JSON.stringify({ code, msg: 'no' }), { status, headers: { ...json, ...headers } });
const refused = () => {
  throw new TypeError('fetch failed', { cause: Object.assign(new Error('no'), { code: 'ECONNREFUSED' }) });
};
const reset = () => {
  throw new TypeError('fetch failed', { cause: Object.assign(new Error('gone'), { code: 'ECONNRESET' }) });
};
const ok = () => new Response('{"code":0,"data":{"id":"1"}}', { headers: json });

/** A client that gets these answers, one after the other, and then successes. */
function scripted(answers: (() => Response)[], options: Partial<CozeClientOptions> = {}) {
  const clock = patientClock();
  const sent: string[] = [];
  const client = createCozeClient({
    token: 't',
    clock,
    random: () => 1,
    fetch: async (url) => {
      sent.push(String(url instanceof Request ? url.url : url));
      return (answers[sent.length - 1] ?? ok)();
    },
    ...options,
  });
  return { client, clock, sent };
}

type Call = (client: ReturnType<typeof createCozeClient>) => Promise<unknown>;
/** Its error when it fails, nothing when it does not. */
const stream = (open: (client: Parameters<Call>[0]) => AsyncIterable<unknown>): Call => {
  return async (client) => {
    const { error } = await collect(open(client));
    // What the stand-in answers is no stream; that is told after the repetitions.
    if ((error as { code?: string }).code !== 'BAD_RESPONSE') throw error;
  };
};

const READS: [string, Call][] = [
  ['retrieve', (client) => client.chat.retrieve(REF)],
  ['history', (client) => client.conversations.retrieve('1')],
];
const ACTS: [string, Call][] = [
  ['chat.stream', stream((client) => client.chat.stream(CHAT))],
  ['chat.create', (client) => client.chat.create(CHAT)],
  ['submitToolOutputs', stream((client) => client.chat.submitToolOutputs(SUBMIT))],
  ['submit', (client) => client.chat.submit(SUBMIT)],
  ['workflows.run', (client) => client.workflows.run(RUN)],
  ['workflows.stream', stream((client) => client.workflows.stream(RUN))],
  ['workflows.resume', (client) => client.workflows.resume(RESUME)],
  ['workflows.streamResume', stream((client) => client.workflows.streamResume(RESUME))],
  ['conversations.create', (client) => client.conversations.create()],
  ['files.upload', (client) => client.files.upload({ name: 'a', content: new Blob(['a']) })],
];

describe('what only reads is repeated', () => {
  test.each(READS)('%s', async (_, call) => {
    for (const trouble of [refused, reset, () => answer(5000), () => answer(0, 502), () => answer(4013)]) {
      const { client, sent } = scripted([trouble, trouble, trouble]);
      await call(client);
      expect(sent).toHaveLength(4);
    }
  });
});

describe('what acts is repeated only when it certainly has not acted', () => {
  test.each(ACTS)('%s', async (_, call) => {
    const notActed = [
      refused,
      () => answer(4009),
      () => answer(4020),
      () => new Response('', { status: 429 }),
    ];
    for (const trouble of notActed) {
      const { client, sent } = scripted([trouble, trouble]);
      await call(client);
      expect(sent).toHaveLength(3);
    }
    const mayHaveActed = [
      reset,
      () => answer(5000),
      () => answer(4013),
      () => new Response('<html>', { status: 502 }),
      () => new Response('', { status: 504 }),
    ];
    for (const trouble of mayHaveActed) {
      const { client, sent } = scripted([trouble]);
      await expect(call(client)).rejects.toMatchObject({ neverActed: false });
      expect(sent).toHaveLength(1);
    }
  });
});

test.each([4000, 4008, 4011, 4016, 4100, 4101, 4200, 6003, 123])('code %i is not repeated', async (code) => {
  const { client, sent } = scripted([() => answer(code)]);
  await expect(client.chat.retrieve(REF)).rejects.toMatchObject({ remoteCode: String(code) });
  expect(sent).toHaveLength(1);
});

test('waits are random between nothing and a limit that doubles up to a cap', async () => {
  const busy = Array<() => Response>(10).fill(() => answer(4009));
  const retry = { maxAttempts: 9 };
  const most = scripted(busy, { retry });
  await expect(most.client.chat.retrieve(REF)).rejects.toMatchObject({ code: 'COZE_BUSY' });
  expect(most.sent).toHaveLength(9);
  expect(most.clock.waits).toEqual([500, 1000, 2000, 4000, 8000, 8000, 8000, 8000]);
  const half = scripted(busy, { retry, random: () => 0.5 });
  await expect(half.client.chat.retrieve(REF)).rejects.toThrow();
  expect(half.clock.waits.slice(0, 3)).toEqual([250, 500, 1000]);
  const usual = scripted(busy);
  await expect(usual.client.chat.retrieve(REF)).rejects.toThrow();
  expect(usual.sent).toHaveLength(DEFAULT_RETRY.maxAttempts);
});

test('Retry-After is waited for, unless it is too long', async () => {
  for (const value of ['7', 'Thu, 01 Jan 1970 00:00:07 GMT']) {
    const { client, clock } = scripted([() => answer(4020, 429, { 'retry-after': value })], {
      random: () => 0,
    });
    await client.chat.retrieve(REF);
    expect(clock.waits).toEqual([7000]);
  }
  const long = scripted([() => answer(4020, 429, { 'retry-after': '3600' })]);
  await expect(long.client.chat.retrieve(REF)).rejects.toMatchObject({ retryAfterMs: 3_600_000 });
  expect(long.sent).toHaveLength(1);
});

test('an abort and the deadline end the wait', async () => {
  const control = new AbortController();
  const waiting = scripted([() => answer(4009)], { retry: { baseMs: 30_000, capMs: 30_000 } });
  const failed = expect(waiting.client.chat.retrieve(REF, { signal: control.signal })).rejects.toMatchObject({
    code: 'ABORTED',
  });
  setImmediate(() => control.abort());
  await failed;
  expect(waiting.sent).toHaveLength(1);
  const late = scripted([() => answer(4009)], { retry: { baseMs: 30_000, capMs: 30_000 } });
  await expect(late.client.chat.retrieve(REF, { deadlineMs: 10 })).rejects.toMatchObject({
    code: 'DEADLINE_EXCEEDED',
  });
});

test('repetitions are told to the log', async () => {
  const told: unknown[] = [];
  const log = { debug: (_: string, fields: unknown) => told.push(fields), warn() {} };
  const { client } = scripted([() => answer(4009)], { log });
  await client.chat.retrieve(REF);
  expect(told).toEqual([{ operation: 'GET /v3/chat/retrieve', attempt: 1, waitMs: 500, code: 'COZE_BUSY' }]);
});
