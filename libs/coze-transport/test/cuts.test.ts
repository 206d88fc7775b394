import { beforeAll, describe, expect, test } from 'vitest';
import { CozeError, createCozeClient } from '../src/index.ts';
import { startByteServer } from './byte-server.ts';
import { openStream, recordStreams, STREAM_NAMES, type StreamName, settledAt } from './recordings.ts';
import { CHAT, collect, isTruncation, playing, SCENARIO_B, typesOf, withEmulator } from './support.ts';

let streams: Record<StreamName, Uint8Array>;

beforeAll(async () => {
  streams = await recordStreams();
});

describe.each(STREAM_NAMES)('the stream: %s', (name) => {
  test.each(['eof', 'reset'] as const)(
    'cut at every byte by %s: one typed error, never silent',
    async (by) => {
      const bytes = streams[name];
      const whole = await collect(openStream(name, playing([bytes])));
      expect(whole.error).toBeUndefined();
      const expected = whole.events.map((event) => JSON.stringify(event));
      const settled = settledAt(name, bytes);
      const wrong: unknown[] = [];
      for (let cut = 0; cut <= bytes.length; cut++) {
        const { events, error } = await collect(openStream(name, playing([bytes.subarray(0, cut)], by)));
        // Events before the last were compared with a shorter cut.
        const isPrefix = events.length === 0 || JSON.stringify(events.at(-1)) === expected[events.length - 1];
        const isRight = cut >= settled ? error === undefined : isTruncation(error, cut);
        if (!isPrefix || !isRight) wrong.push({ cut, error, events: typesOf(events) });
      }
      expect(wrong).toEqual([]);
      expect(settled).toBeLessThan(bytes.length);
    },
  );
});

test('over real sockets: every kind of stream, by a clean end and by a reset', async () => {
  const server = await startByteServer();
  try {
    const client = createCozeClient({ baseUrl: server.url, token: 't', retry: { maxAttempts: 1 } });
    const wrong: unknown[] = [];
    for (const name of STREAM_NAMES) {
      const bytes = streams[name];
      const settled = settledAt(name, bytes);
      const cuts = [0, 1, settled - 1, settled, bytes.length - 1];
      for (let cut = 17; cut < bytes.length; cut += 97) cuts.push(cut);
      for (const by of ['eof', 'reset'] as const) {
        for (const cut of cuts) {
          server.answer = { bytes: bytes.subarray(0, cut), by };
          const { error } = await collect(openStream(name, client));
          // Bytes that were on their way are lost with a reset.
          const isTold = error instanceof CozeError && ['STREAM_TRUNCATED', 'NETWORK'].includes(error.code);
          const isRight = cut >= settled ? error === undefined || by === 'reset' : isTold;
          const isExact = by === 'reset' || cut >= settled || isTruncation(error, cut);
          if (!isRight || !isExact) wrong.push({ name, by, cut, error });
        }
      }
    }
    expect(wrong).toEqual([]);
  } finally {
    await server.close();
  }
});

test('over real sockets: stream B as the emulator breaks it, at many bytes', async () => {
  await withEmulator({ scenario: SCENARIO_B }, async (emulator, client) => {
    const settled = settledAt('action', streams.action);
    const wrong: unknown[] = [];
    for (const [id, step] of [
      ['F01', 3],
      ['F02', 11],
    ] as const) {
      for (let afterBytes = 0; afterBytes < streams.action.length; afterBytes += step) {
        emulator.reset();
        emulator.setFaults([{ id, afterBytes }]);
        const { error } = await collect(client.chat.stream(CHAT));
        const isRight = afterBytes >= settled ? error === undefined : isTruncation(error, afterBytes);
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
    neverActed: false,
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
