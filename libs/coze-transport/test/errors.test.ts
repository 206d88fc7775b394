import { describe, expect, test } from 'vitest';
import { CozeError, createCozeClient } from '../src/index.ts';
import { CHAT, collect, playing, SUBMIT, withEmulator } from './support.ts';

const busy = '{"code":4016,"msg":"Conversation occupied","detail":{"logid":"log-2"}}';

describe('one failure, every way it travels, one error', () => {
  const expected = {
    code: 'COZE_CONVERSATION_BUSY',
    remoteCode: '4016',
    retry: 'wait',
    operation: 'POST /v3/chat',
    message: expect.stringContaining('4016'),
  };

  test.each([
    ['JSON on one line', busy],
    ['JSON and a newline', `${busy}\n`],
    ['JSON pretty-printed', `${JSON.stringify(JSON.parse(busy), null, 2)}\n`],
  ])('HTTP 200 with %s', async (_, body) => {
    for (const contentType of ['application/json; charset=utf-8', 'text/event-stream', 'text/plain']) {
      const { events, error } = await collect(playing([body], 'eof', { contentType }).chat.stream(CHAT));
      expect(events).toEqual([]);
      expect(error).toBeInstanceOf(CozeError);
      expect(error).toMatchObject({ ...expected, logId: 'log-2', status: 200 });
    }
  });

  test('HTTP 400 with JSON', async () => {
    const client = playing([busy], 'eof', { contentType: 'application/json', status: 400 });
    const { error } = await collect(client.chat.stream(CHAT));
    expect(error).toMatchObject({ ...expected, status: 400 });
  });

  test('an error event, after events that are kept', async () => {
    const text = `event:conversation.chat.created\ndata:{"id":"1"}\n\nevent:error\ndata:${busy}\n\n`;
    const { events, error } = await collect(playing([text]).chat.stream(CHAT));
    expect(events).toHaveLength(1);
    expect(error).toMatchObject(expected);
  });
});

test('a refusal for the rate has not acted, unless it comes when something had begun', async () => {
  const refused = '{"code":4020,"msg":"slow"}';
  const early = await collect(playing([refused]).chat.stream(CHAT));
  expect(early.error).toMatchObject({ code: 'COZE_RATE_LIMIT', neverActed: true });
  const late = await collect(playing([`event:error\ndata:${refused}\n\n`]).chat.stream(CHAT));
  expect(late.error).toMatchObject({ code: 'COZE_RATE_LIMIT', neverActed: false });
});

test('an error event with plain text, or with nothing, is an error with what is there', async () => {
  const plain = await collect(playing(['event: error\ndata: node failed\n\n']).chat.stream(CHAT));
  expect(plain.error).toMatchObject({ code: 'COZE_ERROR', message: expect.stringContaining('node failed') });
  const empty = await collect(playing(['event:error\ndata:{}\n\n']).chat.stream(CHAT));
  expect(empty.error).toMatchObject({ code: 'COZE_ERROR', remoteCode: undefined });
});

test.each([
  [401, '{"code":4100,"msg":"authentication is invalid"}', 'COZE_UNAUTHENTICATED', 'auth'],
  [403, '{"code":4101,"msg":"no"}', 'COZE_NO_PERMISSION', 'never'],
  [200, '{"code":700012006,"msg":"access token invalid"}', 'COZE_UNAUTHENTICATED', 'auth'],
  [429, '', 'COZE_RATE_LIMIT', 'backoff'],
  [200, '{"code":4008,"msg":"limit"}', 'COZE_DAILY_LIMIT', 'quota'],
  [200, '{"code":4013,"msg":"model"}', 'COZE_MODEL_ERROR', 'backoff'],
  [503, '<html>down</html>', 'COZE_SERVER_ERROR', 'backoff'],
  [200, '{"code":123456,"msg":"new"}', 'COZE_ERROR', 'never'],
])('HTTP %i %s is %s, %s', async (status, body, code, retry) => {
  const contentType = body.startsWith('<') ? 'text/html' : 'application/json';
  const { error } = await collect(playing([body], 'eof', { status, contentType }).chat.stream(CHAT));
  expect(error).toMatchObject({ code, retry, status });
});

test('5000 on a submit is not repeated', async () => {
  const body = '{"code":5000,"msg":"x"}';
  const client = playing([body], 'eof', { contentType: 'application/json' });
  expect((await collect(client.chat.submitToolOutputs(SUBMIT))).error).toMatchObject({ retry: 'never' });
  expect((await collect(client.chat.stream(CHAT))).error).toMatchObject({ retry: 'backoff' });
});

test('Retry-After is read as seconds and as a date', async () => {
  const clock = { nowMs: () => Date.parse('2026-01-01T00:00:00Z'), after: () => () => {} };
  const answerWith = (value: string) => async () =>
    new Response('', { status: 429, headers: { 'retry-after': value } });
  for (const value of ['7', 'Thu, 01 Jan 2026 00:00:07 GMT']) {
    const retry = { maxAttempts: 1 };
    const client = createCozeClient({ token: 't', clock, fetch: answerWith(value), retry });
    expect((await collect(client.chat.stream(CHAT))).error).toMatchObject({ retryAfterMs: 7000 });
  }
});

test('what is neither a stream nor an error is not taken for one', async () => {
  const html = await collect(
    playing(['<html>login</html>'], 'eof', { contentType: 'text/html' }).chat.stream(CHAT),
  );
  expect(html.error).toMatchObject({ code: 'BAD_RESPONSE' });
  const json = await collect(
    playing(['{"code":0,"data":{}}'], 'eof', { contentType: 'application/json' }).chat.stream(CHAT),
  );
  expect(json.error).toMatchObject({ code: 'BAD_RESPONSE' });
  const broken = await collect(
    playing(['event:conversation.chat.created\ndata:{oops\n\n']).chat.stream(CHAT),
  );
  expect(broken.error).toMatchObject({ code: 'BAD_EVENT', message: expect.stringContaining('{oops') });
});

test('an event beyond the limit ends the stream', async () => {
  const chunks = ['event:conversation.message.delta\ndata:', ...Array(20).fill('x'.repeat(1000))];
  const client = playing(chunks, 'open', { maxEventChars: 10_000 });
  expect((await collect(client.chat.stream(CHAT))).error).toMatchObject({ code: 'STREAM_TOO_LARGE' });
});

test('a refused token is refreshed once, and only when it can be', async () => {
  await withEmulator({}, async (emulator) => {
    const asked: boolean[] = [];
    const refreshing = createCozeClient({
      baseUrl: emulator.url,
      token: async ({ refresh }) => {
        asked.push(refresh);
        return refresh ? emulator.token : 'expired';
      },
    });
    expect((await collect(refreshing.chat.stream(CHAT))).error).toBeUndefined();
    expect((await refreshing.conversations.create()).id).toMatch(/^\d+$/);
    expect(asked).toEqual([false, true, false, true]);
    const stuck = createCozeClient({ baseUrl: emulator.url, token: async () => 'expired' });
    expect((await collect(stuck.chat.stream(CHAT))).error).toMatchObject({
      code: 'COZE_UNAUTHENTICATED',
      status: 401,
    });
    expect(emulator.transcript().filter(({ dir }) => dir === 'in')).toHaveLength(5);
  });
});

test('no answer at all is a network error', async () => {
  // A port that was free a moment ago; well-known ones are refused by fetch itself.
  const port = await withEmulator({}, async (emulator) => new URL(emulator.url).port);
  const baseUrl = `http://127.0.0.1:${port}`;
  const client = createCozeClient({ baseUrl, token: 't', retry: { baseMs: 1 } });
  const unsent = { code: 'NETWORK', retry: 'backoff', neverActed: true };
  expect((await collect(client.chat.stream(CHAT))).error).toMatchObject(unsent);
  await expect(client.conversations.create()).rejects.toMatchObject(unsent);
  await expect(client.chat.retrieve({ conversationId: '1', chatId: '2' })).rejects.toMatchObject({
    code: 'NETWORK',
  });
});

test('a region without an address needs one', () => {
  expect(() => createCozeClient({ region: 'studio', token: 't' })).toThrow(/address/);
  expect(createCozeClient({ region: 'com', token: 't' }).baseUrl).toBe('https://api.coze.com');
});

test('numeric ids and codes as text are read leniently in every JSON answer', async () => {
  const ref = { conversationId: '1', chatId: '2' };
  const list = '{"code":"0","data":[{"id":7400000000000000901,"type":"answer","content":null}]}';
  const client = playing([list], 'eof', { contentType: 'application/json' });
  expect(await client.chat.messages.list(ref)).toMatchObject([{ id: '7400000000000000901', content: '' }]);
  const chat = '{"data":{"id":7400000000000000902,"status":"cancelled","last_error":null}}';
  const other = playing([chat], 'eof', { contentType: 'application/json' });
  expect(await other.chat.retrieve(ref)).toMatchObject({ id: '7400000000000000902', status: 'canceled' });
});
