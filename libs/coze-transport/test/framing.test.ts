import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { openStream, recordStreams, type StreamName } from './recordings.ts';
import { CHAT, collect, playing, SCENARIO_A, typesOf, withEmulator } from './support.ts';

type Chunks = readonly (Uint8Array | string)[];

/** One of each way of framing. */
const DIALECTS = ['answer', 'chatflow question', 'workflow'] as const;
const ENDS = { LF: '\n', CRLF: '\r\n', CR: '\r' };
/** A short stream of each, with characters of one to four bytes. */
const SHORT: Readonly<Record<(typeof DIALECTS)[number], string>> = {
  answer: 'event:PING\ndata:{}\n\nevent:conversation.chat.completed\ndata:{"id":"é世🎬"}\n\n',
  'chatflow question':
    'event: PING\ndata: {}\n\nevent: conversation.chat.completed\ndata: {"id":"é世🎬"}\n\n',
  workflow: 'id: 0\nevent: Message\ndata: {"content":"é世🎬"}\n\nid: 1\nevent: Done\ndata: {}\n\n',
};
let streams: Record<StreamName, Uint8Array>;

beforeAll(async () => {
  streams = await recordStreams();
});

async function eventsOf(name: StreamName, chunks: Chunks): Promise<string> {
  const { events, error } = await collect(openStream(name, playing(chunks)));
  expect(error).toBeUndefined();
  return JSON.stringify(events);
}

/** The text with its line ends changed, as bytes. */
function withEnds(text: Uint8Array | string, end: string): Uint8Array {
  return Buffer.from(Buffer.from(text).toString().replaceAll('\n', end));
}

/** The bytes, cut at these positions. */
function cutAt(bytes: Uint8Array, positions: readonly number[]): Uint8Array[] {
  const borders = [0, ...positions, bytes.length];
  return borders.slice(1).map((to, index) => bytes.subarray(borders[index], to));
}

test('stream A as events', async () => {
  const { events } = await collect(playing([streams.answer]).chat.stream(CHAT));
  expect(typesOf(events)).toEqual([
    'chat.created',
    'chat.in_progress',
    'message.delta',
    'message.delta',
    'message.delta',
    'message.completed',
    'message.completed',
    'chat.completed',
    'done',
  ]);
  const texts = events.flatMap((event) => (event.type === 'message.delta' ? [event.message.content] : []));
  expect(texts.join('')).toBe('Hello 世界 🎬 <end>');
});

describe.each(DIALECTS)('%s', (name) => {
  describe.each(Object.entries(ENDS))('%s line ends', (_, end) => {
    test('in chunks of one byte, and split at every byte', async () => {
      const expected = await eventsOf(name, [streams[name]]);
      const bytes = withEnds(streams[name], end);
      expect(
        await eventsOf(
          name,
          Array.from(bytes, (byte) => Uint8Array.of(byte)),
        ),
      ).toBe(expected);
      const wrong: number[] = [];
      for (let at = 0; at <= bytes.length; at++) {
        if ((await eventsOf(name, cutAt(bytes, [at]))) !== expected) wrong.push(at);
      }
      expect(wrong).toEqual([]);
    });

    test('split at every pair of bytes', async () => {
      const expected = await eventsOf(name, [SHORT[name]]);
      const bytes = withEnds(SHORT[name], end);
      const wrong: unknown[] = [];
      for (let from = 0; from < bytes.length; from++) {
        for (let to = from + 1; to <= bytes.length; to++) {
          if ((await eventsOf(name, cutAt(bytes, [from, to]))) !== expected) wrong.push({ from, to });
        }
      }
      expect(wrong).toEqual([]);
    });

    test('split anywhere', async () => {
      const expected = await eventsOf(name, [SHORT[name]]);
      const bytes = withEnds(SHORT[name], end);
      const positions = fc.array(fc.nat({ max: bytes.length }), { maxLength: 12 });
      await fc.assert(
        fc.asyncProperty(positions, async (cuts) => {
          expect(
            await eventsOf(
              name,
              cutAt(
                bytes,
                cuts.sort((a, b) => a - b),
              ),
            ),
          ).toBe(expected);
        }),
        // Together 100 000 over the dialects and line ends.
        { numRuns: 11_112 },
      );
    });

    test('without the line ends of the last frame', async () => {
      const expected = await eventsOf(name, [streams[name]]);
      const bytes = withEnds(streams[name], end);
      for (const missing of [1, 2]) {
        expect(await eventsOf(name, [bytes.subarray(0, bytes.length - missing * end.length)])).toBe(expected);
      }
    });
  });

  test('mixed line ends', async () => {
    const expected = await eventsOf(name, [streams[name]]);
    const ends = Object.values(ENDS);
    let count = 0;
    // Lines of one frame end in different ways; CR before an LF that ends the next line would be one CRLF.
    const text = Buffer.from(streams[name])
      .toString()
      .replace(/\n\n?/g, (found) => {
        const end = ends[count++ % ends.length]!;
        return found.length === 2 ? end + end : end;
      });
    expect(await eventsOf(name, [text])).toBe(expected);
    expect(
      await eventsOf(
        name,
        Array.from(Buffer.from(text), (byte) => Uint8Array.of(byte)),
      ),
    ).toBe(expected);
  });

  test('byte order mark, comments, retry, unknown fields and data on several lines change nothing', async () => {
    const expected = await eventsOf(name, [streams[name]]);
    const text = Buffer.from(streams[name]).toString();
    expect(await eventsOf(name, [`\uFEFF${text}`])).toBe(expected);
    const noisy = text
      .replaceAll(/event: ?/g, ': ping\nretry: 100\nfoo: bar\nevent: ')
      .replaceAll(/data: ?\{"/g, 'data: {\ndata:"');
    expect(noisy).toContain('data: {\ndata:"');
    expect(await eventsOf(name, [noisy])).toBe(expected);
    expect(
      await eventsOf(
        name,
        Array.from(Buffer.from(noisy), (byte) => Uint8Array.of(byte)),
      ),
    ).toBe(expected);
  });
});

test('data before event, and a frame without an event', async () => {
  const frame =
    'data:{}\n\ndata:{"id":"1",\ndata:"conversation_id":"2"}\nevent:conversation.chat.completed\n\n';
  const { events } = await collect(playing([frame]).chat.stream(CHAT));
  expect(events).toMatchObject([
    { type: 'unknown', event: '', data: '{}' },
    { type: 'chat.completed', chat: { id: '1', conversationId: '2' } },
  ]);
});

test('over a real socket in chunks of one byte and without the final newline', async () => {
  await withEmulator(
    { scenario: SCENARIO_A, faults: [{ id: 'F03' }, { id: 'F04', chunkBytes: 1 }] },
    async (_, client) => {
      const { events, error } = await collect(client.chat.stream(CHAT));
      expect(error).toBeUndefined();
      expect(typesOf(events).at(-1)).toBe('done');
      expect(typesOf(events)).toHaveLength(9);
    },
  );
});

describe('what other servers send', () => {
  const chat = (event: string, data: string) => `event:conversation.chat.${event}\ndata:${data}\n\n`;
  const eventsFor = async (text: string) => (await collect(playing([text]).chat.stream(CHAT))).events;

  test('ids as numbers beyond the safe range stay exact', async () => {
    const events = await eventsFor(
      chat('completed', '{"id":7400000000000000901,"conversation_id":12,"status":"compleated"}'),
    );
    expect(events).toMatchObject([
      { chat: { id: '7400000000000000901', conversationId: '12', status: 'completed' } },
    ]);
  });

  test('an ended chat with an empty action and a null error is a normal end', async () => {
    const blank =
      '{"type":"","submit_tool_outputs":{"tool_calls":[{"id":"","type":"","function":{"name":"","arguments":""}}]}}';
    const events = await eventsFor(
      chat('completed', `{"id":"1","last_error":null,"required_action":${blank}}`),
    );
    expect(events).toMatchObject([{ type: 'chat.completed', chat: { toolCalls: [], lastError: undefined } }]);
  });

  test('calls without a function, with infos, with arguments as an object', async () => {
    const calls =
      '[{"id":"","type":"reply_message","function":null},{"id":"a","type":"require_info","require_info":{"infos":["location"]}},{"id":"b","type":"function","function":{"name":"f","arguments":{"x":1}}}]';
    const events = await eventsFor(
      chat('requires_action', `{"id":"1","required_action":{"submit_tool_outputs":{"tool_calls":${calls}}}}`),
    );
    expect(events).toMatchObject([
      {
        type: 'chat.requires_action',
        chat: {
          toolCalls: [
            { id: '', type: 'reply_message', function: undefined, infos: [] },
            { id: 'a', type: 'require_info', infos: ['location'] },
            { id: 'b', type: 'function', function: { name: 'f', arguments: '{"x":1}' } },
          ],
        },
      },
    ]);
  });

  test('audio after the end, heartbeats, unknown events, the other spelling of done', async () => {
    const events = await eventsFor(
      `event:PING\ndata:{}\n\nevent:new.thing\ndata:?\n\n${chat('completed', '{"id":"1"}')}event:conversation.audio.delta\ndata:{"content":"UklG","content_type":"audio"}\n\nevent:conversation.stream.done\ndata:\n\n`,
    );
    expect(events).toMatchObject([
      { type: 'ping' },
      { type: 'unknown', event: 'new.thing', data: '?' },
      { type: 'chat.completed' },
      { type: 'audio.delta', message: { content: 'UklG', contentType: 'audio' } },
      { type: 'done' },
    ]);
  });

  test('a failed chat, with the error in the chat or alone, with a code as text', async () => {
    const inChat = await eventsFor(
      chat('failed', '{"id":"1","status":"failed","last_error":{"code":5000,"msg":"event interval error"}}'),
    );
    expect(inChat).toMatchObject([
      {
        type: 'chat.failed',
        chat: { id: '1', status: 'failed' },
        error: { remoteCode: '5000', logId: 'log-1' },
      },
    ]);
    const alone = await eventsFor(chat('failed', '{"code":"720702204","msg":"no name"}'));
    expect(alone).toMatchObject([
      {
        type: 'chat.failed',
        chat: undefined,
        error: { code: 'COZE_CONVERSATION_NAME_MISSING', remoteCode: '720702204' },
      },
    ]);
  });
});
