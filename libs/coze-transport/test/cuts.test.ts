import { beforeAll, describe, expect, test } from 'vitest';
import { CozeError } from '../src/index.ts';
import {
  CHAT,
  collect,
  isTruncation,
  playing,
  recordStreams,
  SCENARIO_B,
  typesOf,
  withEmulator,
} from './support.ts';

const TERMINAL = /event:conversation\.chat\.(completed|requires_action)\ndata:.*/;
let streams: Record<'answer' | 'action' | 'continuation', Uint8Array>;

beforeAll(async () => {
  streams = await recordStreams();
});

describe.each(['answer', 'action', 'continuation'] as const)('the %s stream', (name) => {
  test.each(['eof', 'reset'] as const)(
    'cut at every byte by %s: one typed error, never silent',
    async (by) => {
      const bytes = streams[name];
      const whole = await collect(playing([bytes]).chat.stream(CHAT));
      expect(whole.error).toBeUndefined();
      const text = Buffer.from(bytes).toString('latin1');
      const match = TERMINAL.exec(text)!;
      const settledAt = match.index + match[0].length;
      const wrong: unknown[] = [];
      for (let cut = 0; cut <= bytes.length; cut++) {
        const { events, error } = await collect(playing([bytes.subarray(0, cut)], by).chat.stream(CHAT));
        const isPrefix = JSON.stringify(whole.events).startsWith(JSON.stringify(events).slice(0, -1));
        const isRight = cut >= settledAt ? error === undefined : isTruncation(error, cut);
        if (!isPrefix || !isRight) wrong.push({ cut, error, events: typesOf(events) });
      }
      expect(wrong).toEqual([]);
      expect(settledAt).toBeLessThan(bytes.length);
    },
  );
});

test('over real sockets, too: every byte of stream B', async () => {
  await withEmulator({ scenario: SCENARIO_B }, async (emulator, client) => {
    const length = streams.action.length;
    const text = Buffer.from(streams.action).toString('latin1');
    const match = TERMINAL.exec(text)!;
    const settledAt = match.index + match[0].length;
    const wrong: unknown[] = [];
    for (const id of ['F01', 'F02'] as const) {
      for (let afterBytes = 0; afterBytes < length; afterBytes++) {
        emulator.reset();
        emulator.setFaults([{ id, afterBytes }]);
        const { error } = await collect(client.chat.stream(CHAT));
        const isRight = afterBytes >= settledAt ? error === undefined : isTruncation(error, afterBytes);
        if (!isRight) wrong.push({ id, afterBytes, error });
      }
    }
    expect(wrong).toEqual([]);
  });
}, 60_000);

test('the error of a cut stream says how far it came and what the service calls the request', async () => {
  const bytes = streams.action.subarray(0, streams.action.indexOf(0x0a, 60) + 30);
  const { error } = await collect(playing([bytes], 'reset').chat.stream(CHAT));
  expect(error).toBeInstanceOf(CozeError);
  expect(error).toMatchObject({
    code: 'STREAM_TRUNCATED',
    operation: 'POST /v3/chat',
    lastEvent: 'conversation.chat.created',
    bytesRead: bytes.length,
    logId: 'log-1',
    retry: 'backoff',
    cause: expect.objectContaining({ message: 'terminated' }),
  });
});

test('done without a terminal event is a truncation', async () => {
  const client = playing([
    'event:conversation.chat.created\ndata:{"id":"1"}\n\nevent:done\ndata:"[DONE]"\n\n',
  ]);
  const { events, error } = await collect(client.chat.stream(CHAT));
  expect(typesOf(events)).toEqual(['chat.created', 'done']);
  expect(error).toMatchObject({ code: 'STREAM_TRUNCATED', lastEvent: 'done' });
});
