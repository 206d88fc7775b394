import {
  checkInvariants,
  type Emulator,
  type Fault,
  type Scenario,
  scenarioNames,
  shippedScenario,
} from '@cozecut/coze-emulator';
import { describe, expect, test, vi } from 'vitest';
import { type ChatEvent, type CozeClient, createCozeClient, type TokenSource } from '../src/index.ts';
import { handClock, patientClock } from './hand-clock.ts';
import { WORKFLOW } from './recordings.ts';
import { CHAT, collect, SCENARIO_A, SCENARIO_B, typesOf, withEmulator } from './support.ts';

const RUN = { workflowId: WORKFLOW, parameters: {} };
const K0 = shippedScenario('k0-workflow');

interface Played {
  emulator: Emulator;
  client: CozeClient;
}

/** Plays a fault with a client that waits without taking time, and holds the client against the rules afterwards. */
async function playFault(
  faults: Fault | Fault[],
  use: (played: Played) => Promise<void>,
  scenario: Scenario = SCENARIO_A,
  token?: (emulator: Emulator) => TokenSource,
): Promise<void> {
  await withEmulator({ scenario, faults: [faults].flat() }, async (emulator) => {
    const client = createCozeClient({
      baseUrl: emulator.url,
      token: token?.(emulator) ?? emulator.token,
      clock: patientClock(),
    });
    await use({ emulator, client });
    await vi.waitFor(() => expect(checkInvariants(emulator.transcript())).toEqual([]));
  });
}

function sent(emulator: Emulator, path: string): number {
  return emulator.transcript().filter(({ dir, route }) => dir === 'in' && route.split('?')[0] === path)
    .length;
}

/** The events of a chat without what every run of it names anew, and without what nobody knows. */
async function plainEvents(client: CozeClient): Promise<unknown> {
  const { events, error } = await collect(client.chat.stream(CHAT));
  expect(error).toBeUndefined();
  return known(events);
}

function known(events: readonly ChatEvent[]): unknown {
  return events
    .filter(({ type }) => type !== 'unknown' && type !== 'ping')
    .map((event) => [event.type, 'message' in event ? event.message.content : '']);
}

const plain = withEmulator({ scenario: SCENARIO_A }, (_, client) => plainEvents(client));

describe('the same events', () => {
  test.each<Fault>([
    { id: 'F02' },
    { id: 'F03' },
    { id: 'F04' },
    { id: 'F04', chunkBytes: 3 },
    { id: 'F05' },
    { id: 'F05', forms: ['cr'] },
    { id: 'F05', forms: ['crlf', 'bom', 'comments', 'fields', 'retry'] },
    { id: 'F06', variant: 'multi-line' },
    { id: 'F06', variant: 'empty-data' },
    { id: 'F06', variant: 'no-event' },
    { id: 'F06', variant: 'event-after-data' },
    { id: 'F07' },
    { id: 'F08' },
    { id: 'F08', silenceMs: 30_000, pingMs: 10_000 },
    { id: 'F25', variant: 'empty' },
    { id: 'F25', variant: 'blank' },
    { id: 'F26' },
    { id: 'F29', variant: 'gzip' },
    { id: 'F29', variant: 'no-charset' },
    { id: 'F29', variant: 'close' },
  ])('$id $variant $forms', async (fault) => {
    await playFault(fault, async ({ client }) => {
      const events = (await plainEvents(client)) as unknown[];
      const expected = (await plain) as unknown[];
      // Without its last frame the stream is complete, but lacks that frame.
      expect(events).toEqual(fault.id === 'F02' ? expected.slice(0, -1) : expected);
    });
  });
});

describe('one typed error', () => {
  test.each<[Fault, object]>([
    [{ id: 'F01' }, { code: 'STREAM_TRUNCATED' }],
    [
      { id: 'F02', afterBytes: 1000 },
      { code: 'STREAM_TRUNCATED', bytesRead: 1000 },
    ],
    [
      { id: 'F09', variant: 'token' },
      { code: 'COZE_UNAUTHENTICATED', status: 401 },
    ],
    [
      { id: 'F09', variant: 'scope' },
      { code: 'COZE_NO_PERMISSION', status: 403 },
    ],
    [
      { id: 'F10', variant: '4008' },
      { code: 'COZE_DAILY_LIMIT', retry: 'quota' },
    ],
    [
      { id: 'F11', variant: '500' },
      { code: 'COZE_SERVER_ERROR', status: 500 },
    ],
    [
      { id: 'F11', variant: '502' },
      { code: 'COZE_SERVER_ERROR', status: 502 },
    ],
    [
      { id: 'F11', variant: '503' },
      { code: 'COZE_SERVER_ERROR', status: 503 },
    ],
    [
      { id: 'F11', variant: '5000' },
      { code: 'COZE_SERVER_ERROR', remoteCode: '5000' },
    ],
    [
      { id: 'F12', variant: 'line' },
      { status: 200, remoteCode: expect.any(String) },
    ],
    [
      { id: 'F12', variant: 'newline' },
      { status: 200, remoteCode: expect.any(String) },
    ],
    [
      { id: 'F12', variant: 'pretty' },
      { status: 200, remoteCode: expect.any(String) },
    ],
    [{ id: 'F13', variant: 'start' }, { remoteCode: expect.any(String) }],
    [{ id: 'F14' }, { code: 'COZE_CONVERSATION_BUSY', retry: 'wait' }],
    [{ id: 'F31', variant: 'plain-error' }, { code: 'COZE_ERROR' }],
    [
      { id: 'F31', variant: 'token' },
      { code: 'COZE_UNAUTHENTICATED', remoteCode: '700012006' },
    ],
    [
      { id: 'F33', variant: 'reset' },
      { code: 'NETWORK', neverActed: false },
    ],
    [
      { id: 'F33', variant: 'garbage' },
      { code: 'NETWORK', neverActed: false },
    ],
  ])('$id $variant', async (fault, expected) => {
    await playFault(fault, async ({ emulator, client }) => {
      const { error } = await collect(client.chat.stream(CHAT));
      expect(error).toMatchObject({ ...expected, operation: 'POST /v3/chat' });
      const hasAnswer = fault.id !== 'F33';
      if (hasAnswer) expect(error).toMatchObject({ logId: expect.stringMatching(/^emulator-/) });
      // A chat that may have begun is not started again.
      expect(sent(emulator, '/v3/chat')).toBe(1);
    });
  });

  test('F13 after deltas: what was said is kept', async () => {
    await playFault({ id: 'F13', variant: 'middle' }, async ({ client }) => {
      const { events, error } = await collect(client.chat.stream(CHAT));
      expect(typesOf(events)).toContain('message.delta');
      expect(error).toMatchObject({ remoteCode: expect.any(String) });
    });
  });

  test('F08: silence for ever is STREAM_IDLE and closes the socket', async () => {
    await withEmulator(
      { scenario: SCENARIO_A, faults: [{ id: 'F08', afterBytes: 900 }] },
      async (emulator) => {
        const clock = handClock();
        const client = createCozeClient({ baseUrl: emulator.url, token: emulator.token, clock });
        const outcome = collect(client.chat.stream(CHAT));
        let isOver = false;
        void outcome.then(() => {
          isOver = true;
        });
        while (!isOver) {
          await new Promise((resolve) => setTimeout(resolve, 5));
          clock.advance(60_000);
        }
        expect((await outcome).error).toMatchObject({ code: 'STREAM_IDLE' });
        await vi.waitFor(() => expect(emulator.transcript().at(-1)?.closed).toBe('client'));
      },
    );
  });
});

describe('what is repeated', () => {
  test.each<Fault>([
    { id: 'F10', nth: 1 },
    { id: 'F10', variant: 'seconds', nth: 1 },
    { id: 'F10', variant: '4009', nth: 1 },
    { id: 'F10', variant: '4020', nth: 1 },
    { id: 'F33', variant: 'refused', nth: 1, downMs: 0 },
  ])('$id $variant: the chat is started when it certainly was not', async (fault) => {
    const isLost = fault.id === 'F33';
    await playFault(fault, async ({ emulator, client }) => {
      // The request that meets the closing port may have been read; those after it were not.
      const first = isLost ? await collect(client.chat.stream(CHAT)) : undefined;
      if (isLost) expect(first?.error).toMatchObject({ code: 'NETWORK' });
      expect(await plainEvents(client)).toEqual(await plain);
      expect(sent(emulator, '/v3/chat')).toBe(2);
    });
  });

  test.each<Fault>([
    { id: 'F09', variant: 'token', nth: 1 },
    { id: 'F31', variant: 'token', nth: 1 },
  ])('$id: one new token, one more request', async (fault) => {
    const asked: boolean[] = [];
    await withEmulator(
      { scenario: SCENARIO_A, tokens: [{ token: 'second-token' }], faults: [fault] },
      async (emulator) => {
        const client = createCozeClient({
          baseUrl: emulator.url,
          token: async (request) => {
            asked.push(request.refresh);
            return request.refresh ? 'second-token' : emulator.token;
          },
        });
        expect(await plainEvents(client)).toEqual(await plain);
        expect(asked).toEqual([false, true]);
        expect(sent(emulator, '/v3/chat')).toBe(2);
      },
    );
  });

  test('F11: reads are repeated, with HTML, too', async () => {
    const faults: Fault[] = (['500', '502', '503'] as const).map((variant, index) => ({
      id: 'F11',
      on: '/v3/chat/retrieve',
      nth: index + 1,
      variant,
    }));
    await playFault(faults, async ({ emulator, client }) => {
      const { events } = await collect(client.chat.stream(CHAT));
      const created = events.find((event) => event.type === 'chat.created')!.chat;
      const ref = { conversationId: created.conversationId, chatId: created.id };
      expect((await client.chat.retrieve(ref)).status).toBe('completed');
      expect(sent(emulator, '/v3/chat/retrieve')).toBe(4);
    });
  });
});

test('F16: a submit whose answer is lost is not sent again; its outcome is found', async () => {
  await playFault(
    { id: 'F16', on: '/v3/chat/submit_tool_outputs' },
    async ({ emulator, client }) => {
      const { events } = await collect(client.chat.stream(CHAT));
      const { chat } = events.find((event) => event.type === 'chat.requires_action')!;
      const ref = { conversationId: chat.conversationId, chatId: chat.id };
      const outputs = chat.toolCalls.map(({ id }) => ({ callId: id, output: '{}' }));
      const { error } = await collect(client.chat.submitToolOutputs({ ...ref, outputs }));
      expect(error).toMatchObject({ neverActed: false, retry: 'backoff' });
      expect(sent(emulator, '/v3/chat/submit_tool_outputs')).toBe(1);
      expect(await client.chat.recover(ref)).toMatchObject({ answer: 'It says 你好' });
    },
    SCENARIO_B,
  );
});

test.each<Fault>([
  { id: 'F15', variant: 'history' },
  { id: 'F15', variant: 'chat' },
  { id: 'F15', variant: 'call' },
  { id: 'F15', variant: 'state' },
  { id: 'F22', variant: 'http413' },
  { id: 'F22', variant: 'code4000' },
  { id: 'F31', variant: 'no-submit', on: '/v3/chat/submit_tool_outputs' },
])('$id $variant: a refused submit is refused once', async (fault) => {
  await withEmulator({ scenario: SCENARIO_B, faults: [fault] }, async (emulator, client) => {
    const { events } = await collect(client.chat.stream(CHAT));
    const { chat } = events.find((event) => event.type === 'chat.requires_action')!;
    const outputs = chat.toolCalls.map(({ id }) => ({ callId: id, output: '{}' }));
    const params = { conversationId: chat.conversationId, chatId: chat.id, outputs };
    const { error } = await collect(client.chat.submitToolOutputs(params));
    expect(error).toMatchObject({ retry: 'never', code: expect.stringMatching(/^COZE_/) });
    expect(sent(emulator, '/v3/chat/submit_tool_outputs')).toBe(1);
  });
});

test('F23: a chat that was cancelled goes on talking until the socket is closed', async () => {
  await withEmulator({ scenario: SCENARIO_A, faults: [{ id: 'F23' }] }, async (emulator, client) => {
    const control = new AbortController();
    let status = '';
    for await (const event of client.chat.stream(CHAT, { signal: control.signal })) {
      if (event.type !== 'message.delta') continue;
      const ref = { conversationId: event.message.conversationId, chatId: event.message.chatId };
      ({ status } = await client.chat.retrieve(ref));
      break;
    }
    expect(status).toBe('canceled');
    expect(sent(emulator, '/v3/chat')).toBe(1);
  });
});

describe('F28: an odd interrupt is an interrupt', () => {
  test.each<Fault>([
    { id: 'F28', type: 6, data: 'empty' },
    { id: 'F28', type: 1, data: 'json' },
    { id: 'F28', type: 99, data: 'garbage' },
  ])('type $type, data $data', async (fault) => {
    await playFault(
      fault,
      async ({ client }) => {
        const { events, error } = await collect(client.workflows.stream(RUN));
        expect(error).toBeUndefined();
        expect(events.at(-1)).toMatchObject({
          type: 'interrupt',
          interrupt: {
            type: fault.id === 'F28' ? fault.type : 0,
            data: expect.any(String),
            requiredParameters: {},
          },
        });
      },
      shippedScenario('k5-input'),
    );
  });
});

describe('F34', () => {
  test('a large event', async () => {
    await playFault({ id: 'F34', variant: 'large', bytes: 4 * 1024 * 1024 }, async ({ client }) => {
      const { events, error } = await collect(client.chat.stream(CHAT));
      expect(error).toBeUndefined();
      const sizes = events.map((event) =>
        event.type === 'message.delta' ? event.message.content.length : 0,
      );
      expect(Math.max(...sizes)).toBeGreaterThan(1024 * 1024);
    });
  });

  test('very many events are read one by one', async () => {
    await withEmulator(
      { scenario: SCENARIO_A, faults: [{ id: 'F34', variant: 'many', events: 20_000 }] },
      async (_, client) => {
        let count = 0;
        for await (const { type } of client.chat.stream(CHAT)) if (type === 'message.delta') count++;
        expect(count).toBeGreaterThanOrEqual(20_000);
      },
    );
  });
});

describe('every scenario ends as it should', () => {
  test.each(scenarioNames())('%s', async (name) => {
    for (const settings of [{}, { doneAfterAction: false, doneAfterFailure: true, announceCalls: true }]) {
      await withEmulator({ scenario: shippedScenario(name), ...settings }, async (emulator) => {
        const client = createCozeClient({
          baseUrl: emulator.url,
          token: emulator.token,
          clock: patientClock(),
        });
        const { workflows, chatflows } = shippedScenario(name);
        const streams = workflows
          ? [client.workflows.stream(RUN)]
          : chatflows
            ? [
                client.workflows.chat({
                  workflowId: WORKFLOW,
                  botId: 'b1',
                  messages: [{ role: 'user', content: 'x' }],
                }),
              ]
            : [client.chat.stream(CHAT)];
        for (const stream of streams) {
          const { events, error } = await collect<{ type: string }>(stream);
          expect(error).toBeUndefined();
          expect(typesOf(events)).not.toContain('unknown');
          const ends = [
            'chat.completed',
            'chat.failed',
            'chat.requires_action',
            'done',
            'interrupt',
            'audio.delta',
          ];
          expect(ends).toContain(events.at(-1)?.type);
        }
      });
    }
  });
});

test('K0 survives every spelling of the wire', async () => {
  for (const fault of [
    { id: 'F03' },
    { id: 'F04' },
    { id: 'F05' },
    { id: 'F07' },
    { id: 'F29' },
  ] as Fault[]) {
    await playFault(
      fault,
      async ({ client }) => {
        const { events, error } = await collect(client.workflows.stream(RUN));
        expect(error).toBeUndefined();
        expect(typesOf(events).filter((type) => type !== 'unknown')).toEqual([
          'message',
          'message',
          'message',
          'done',
        ]);
      },
      K0,
    );
  }
});
