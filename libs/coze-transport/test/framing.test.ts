import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { CHAT, collect, playing, recordStreams, SCENARIO_A, typesOf, withEmulator } from './support.ts';

let answer: Uint8Array;
let expected: string;

beforeAll(async () => {
  answer = (await recordStreams()).answer;
  expected = JSON.stringify((await collect(playing([answer]).chat.stream(CHAT))).events);
});

async function eventsOf(chunks: readonly (Uint8Array | string)[]): Promise<string> {
  const { events, error } = await collect(playing(chunks).chat.stream(CHAT));
  expect(error).toBeUndefined();
  return JSON.stringify(events);
}

/** The stream with its line ends changed. */
function withLineEnds(end: string): Uint8Array {
  return Buffer.from(Buffer.from(answer).toString().replaceAll('\n', end));
}

test('stream A as events', async () => {
  const { events } = await collect(playing([answer]).chat.stream(CHAT));
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

describe.each([
  ['LF', '\n'],
  ['CRLF', '\r\n'],
  ['CR', '\r'],
])('%s line ends', (_, end) => {
  test('in chunks of one byte', async () => {
    const bytes = withLineEnds(end);
    expect(await eventsOf(Array.from(bytes, (byte) => Uint8Array.of(byte)))).toBe(expected);
  });

  test('split at every position', async () => {
    const bytes = withLineEnds(end);
    const wrong: number[] = [];
    for (let at = 0; at <= bytes.length; at++) {
      if ((await eventsOf([bytes.subarray(0, at), bytes.subarray(at)])) !== expected) wrong.push(at);
    }
    expect(wrong).toEqual([]);
  });

  test('split anywhere', async () => {
    const bytes = withLineEnds(end);
    const positions = fc.array(fc.nat({ max: bytes.length }), { maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(positions, async (cuts) => {
        const borders = [0, ...cuts.sort((a, b) => a - b), bytes.length];
        const chunks = borders.slice(1).map((to, index) => bytes.subarray(borders[index], to));
        expect(await eventsOf(chunks)).toBe(expected);
      }),
      { numRuns: 200 },
    );
  });

  test('without the line ends of the last frame', async () => {
    const text = Buffer.from(withLineEnds(end)).toString();
    expect(await eventsOf([text.slice(0, -2 * end.length)])).toBe(expected);
    expect(await eventsOf([text.slice(0, -end.length)])).toBe(expected);
  });
});

test('byte order mark, comments, ids, retry and unknown fields change nothing', async () => {
  const text = Buffer.from(answer).toString();
  expect(await eventsOf([`\uFEFF${text}`])).toBe(expected);
  const noisy = text
    .replaceAll('event:', ': ping\nid: 7\nretry: 100\nfoo: bar\nevent: ')
    .replaceAll('data:', 'data: ');
  expect(await eventsOf([noisy])).toBe(expected);
});

test('data before event, and data on several lines', async () => {
  const frame = 'data:{"id":"1",\ndata:"conversation_id":"2"}\nevent:conversation.chat.completed\n\n';
  const { events } = await collect(playing([frame]).chat.stream(CHAT));
  expect(events).toMatchObject([{ type: 'chat.completed', chat: { id: '1', conversationId: '2' } }]);
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
