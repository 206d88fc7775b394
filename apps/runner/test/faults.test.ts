import { FAULTS, type Fault, shippedScenario } from '@cozecut/coze-emulator';
import { createCozeClient } from '@cozecut/coze-transport';
import { describe, expect, test } from 'vitest';
import { eventsOf, hostOf, runAgainst, saying, submits, typesOf } from './support.ts';

const SUBMIT = '/v3/chat/submit_tool_outputs';
const RETRIEVE = '/v3/chat/retrieve';

/** How a turn with one tool ends that meets a fault. */
interface Expected {
  /** Last event of the last turn; default: the answer. */
  end?: string;
  /** Code of the failure. */
  code?: string;
  /** How often the tool runs; default once. */
  runs?: number;
  /** Submits; default one. */
  submits?: number;
  /** Codes of notices, in order; not looked at when absent. */
  notices?: string[];
  /** Rules that the emulator finds broken although the client did well. */
  breaks?: number[] | 'any';
}

const failed = (code: string, more: Expected = {}): Expected => ({ end: 'turn.failed', code, ...more });
const untouched = { runs: 0, submits: 0 };

/** Every fault that a chat can meet, and what a person sees of it. */
const TABLE: [Fault, Expected][] = [
  [{ id: 'F01', on: '/v3/chat', afterBytes: 900 }, { notices: ['STREAM_RECOVERED'] }],
  [{ id: 'F01', on: SUBMIT, afterBytes: 300 }, { notices: ['STREAM_RECOVERED'] }],
  [{ id: 'F02', on: '/v3/chat' }, {}],
  [{ id: 'F02', on: '/v3/chat', afterBytes: 900 }, { notices: ['STREAM_RECOVERED'] }],
  [{ id: 'F02', on: SUBMIT, afterBytes: 300 }, { notices: ['STREAM_RECOVERED'] }],
  [{ id: 'F03' }, {}],
  [{ id: 'F04' }, {}],
  [{ id: 'F04', chunkBytes: 3 }, {}],
  [{ id: 'F05' }, {}],
  [{ id: 'F05', forms: ['cr', 'bom'] }, {}],
  [{ id: 'F06' }, {}],
  [{ id: 'F06', variant: 'empty-data' }, {}],
  [{ id: 'F06', variant: 'no-event' }, {}],
  [{ id: 'F06', variant: 'event-after-data' }, {}],
  [{ id: 'F07' }, {}],
  [{ id: 'F08', silenceMs: 170_000 }, {}],
  [{ id: 'F08', silenceMs: 600_000, pingMs: 10_000 }, {}],
  [{ id: 'F09', on: '/v3/chat' }, failed('COZE_UNAUTHENTICATED', untouched)],
  [{ id: 'F09', on: '/v3/chat', variant: 'scope' }, failed('COZE_NO_PERMISSION', untouched)],
  [{ id: 'F09', on: SUBMIT }, failed('COZE_UNAUTHENTICATED')],
  [{ id: 'F10', on: '/v3/chat', nth: 1 }, {}],
  [
    { id: 'F10', on: SUBMIT, nth: 1, variant: '4009' },
    { submits: 2, breaks: [2] },
  ],
  [{ id: 'F10', on: '/v3/chat', variant: '4008' }, failed('COZE_DAILY_LIMIT', untouched)],
  [{ id: 'F11', on: '/v3/chat' }, failed('COZE_SERVER_ERROR', untouched)],
  // Whether a submit that met a 503 has acted is asked, and it is sent again when it has not.
  [
    { id: 'F11', on: SUBMIT, nth: 1 },
    { submits: 2, breaks: [2] },
  ],
  [{ id: 'F11', on: SUBMIT, variant: '5000' }, failed('COZE_SERVER_ERROR')],
  [{ id: 'F12', on: '/v3/chat' }, failed('COZE_BAD_PARAMETER', untouched)],
  [{ id: 'F12', on: '/v3/chat', variant: 'pretty' }, failed('COZE_BAD_PARAMETER', untouched)],
  [{ id: 'F12', on: SUBMIT, variant: 'newline' }, failed('COZE_BAD_PARAMETER')],
  [{ id: 'F13', on: '/v3/chat' }, failed('COZE_MODEL_ERROR', untouched)],
  [{ id: 'F13', on: SUBMIT, variant: 'middle' }, { notices: ['SUBMIT_RECONCILED'] }],
  [{ id: 'F14', nth: 1 }, { notices: ['CONVERSATION_BUSY'] }],
  [{ id: 'F14' }, failed('COZE_CONVERSATION_BUSY', untouched)],
  [{ id: 'F15', variant: 'history' }, failed('COZE_SERVER_ERROR')],
  [{ id: 'F15', variant: 'chat' }, failed('COZE_CHAT_NOT_FOUND')],
  [{ id: 'F15', variant: 'call' }, failed('COZE_BAD_PARAMETER')],
  [{ id: 'F15', variant: 'state' }, failed('COZE_BAD_PARAMETER')],
  [{ id: 'F16', nth: 1 }, { notices: ['STREAM_RECOVERED'] }],
  // The forgotten submit is sent again; then Coze asks for the same once more, as another call.
  [
    { id: 'F16', nth: 1, variant: 'again' },
    { runs: 2, submits: 3 },
  ],
  [{ id: 'F17' }, {}],
  [{ id: 'F17', variant: 'same-ids' }, { notices: ['CALL_REPEATED'] }],
  [{ id: 'F18' }, failed('ACTION_UNANSWERABLE', untouched)],
  // Only this one answer is bent: when Coze is asked, the calls are there.
  [{ id: 'F18', on: '/v3/chat', variant: 'null' }, {}],
  [{ id: 'F18', variant: 'blank-id' }, failed('ACTION_UNANSWERABLE', untouched)],
  [{ id: 'F18', variant: 'no-function' }, { runs: 0 }],
  [{ id: 'F18', variant: 'unknown-type' }, failed('ACTION_UNANSWERABLE', untouched)],
  [{ id: 'F19', variant: 'truncated' }, { runs: 0 }],
  [{ id: 'F19', variant: 'nan' }, { runs: 0 }],
  [{ id: 'F19', variant: 'comma' }, { runs: 0 }],
  ...(['blank', 'null', 'array', 'same-keys', 'large', 'proto', 'texts'] as const).map(
    (variant): [Fault, Expected] => [{ id: 'F19', variant }, {}],
  ),
  [{ id: 'F20' }, { runs: 0 }],
  [{ id: 'F21' }, failed('CHAT_FAILED')],
  [
    { id: 'F22', nth: 1 },
    { submits: 2, notices: ['OUTPUT_SHORTENED'], breaks: [2] },
  ],
  [
    { id: 'F22', nth: 1, variant: 'code4000' },
    { submits: 2, notices: ['OUTPUT_SHORTENED'], breaks: [2] },
  ],
  // The stream of a chat that somebody cancelled goes on as if nothing had happened; its action cannot be answered.
  [{ id: 'F23', on: '/v3/chat', afterFrames: 1 }, failed('CHAT_CANCELLED')],
  [{ id: 'F25' }, {}],
  // Ids that are numbers are not exact, and the rules go by ids.
  [{ id: 'F26' }, { breaks: 'any' }],
  [{ id: 'F29' }, {}],
  [{ id: 'F29', variant: 'no-charset' }, {}],
  [{ id: 'F29', variant: 'close' }, {}],
  [{ id: 'F30', variant: 'mid-stream', on: '/v3/chat' }, failed('COZE_UNAUTHENTICATED')],
  [{ id: 'F31' }, {}],
  [{ id: 'F31', variant: 'token', on: '/v3/chat' }, failed('COZE_UNAUTHENTICATED', untouched)],
  [{ id: 'F31', variant: 'no-submit', on: SUBMIT }, failed('COZE_NOT_SUPPORTED')],
  [{ id: 'F32' }, { notices: ['SUBMIT_RECONCILED'] }],
  [
    { id: 'F33', on: SUBMIT, nth: 1 },
    { submits: 2, breaks: [2] },
  ],
  [{ id: 'F33', on: '/v3/chat', variant: 'garbage' }, failed('NETWORK', untouched)],
  [{ id: 'F34' }, {}],
  [{ id: 'F34', variant: 'many', events: 5_000 }, {}],
];

describe('a turn with one tool', () => {
  test.each(TABLE)('meets %o', async (fault, expected) => {
    const host = hostOf({
      read_file: () => ({ ok: true, output: { content: 'x'.repeat(fault.id === 'F22' ? 20_000 : 10) } }),
    });
    const scenario = shippedScenario('b-one-tool');
    await runAgainst(
      {
        emulator: { scenario, faults: [fault] },
        host,
        breaks: expected.breaks ?? [],
        run: (emulator) => ({
          client: createCozeClient({
            baseUrl: emulator.url,
            token: emulator.token,
            // Fewer attempts say the same sooner.
            retry: { maxAttempts: 2, baseMs: 1 },
          }),
        }),
      },
      ({ emulator, events }) => {
        const last = events.at(-1)!;
        const { end = 'answer.completed', code, notices } = expected;
        expect(last).toMatchObject({ type: end, ...(code === undefined ? {} : { code }) });
        expect(host.runs).toHaveLength(expected.runs ?? 1);
        expect(submits(emulator)).toHaveLength(expected.submits ?? 1);
        if (notices) expect(eventsOf(events, 'notice').map((notice) => notice.code)).toEqual(notices);
        // Whatever happens, a turn ends once.
        const ends = typesOf(events).filter((type) => /^(answer\.completed|turn\.failed)$/.test(type));
        expect(ends).toHaveLength(1);
      },
    );
  });

  test('every fault is in the table, or in one of the tests beside it', () => {
    const tested = new Set(TABLE.map(([{ id }]) => id));
    const elsewhere = ['F24', 'F27', 'F28'];
    expect([...tested, ...elsewhere].sort()).toEqual(Object.keys(FAULTS).sort());
  });
});

test.each(['canceled', 'cancelled'] as const)(
  'a chat that is %s ends the search for its end',
  async (variant) => {
    const faults: Fault[] = [
      { id: 'F01', on: '/v3/chat', afterBytes: 900 },
      { id: 'F24', variant },
    ];
    await runAgainst(
      { emulator: { scenario: shippedScenario('a-answer'), faults } },
      ({ emulator, events }) => {
        expect(events.at(-1)).toMatchObject({ type: 'turn.failed', code: 'CHAT_CANCELLED' });
        const polls = emulator
          .transcript()
          .filter(({ dir, route }) => dir === 'in' && route.startsWith(RETRIEVE));
        expect(polls).toHaveLength(1);
      },
    );
  },
);

test('a chat that is still running is asked for until it ends, at most once a second', async () => {
  const faults: Fault[] = [{ id: 'F01', on: '/v3/chat', afterBytes: 600 }];
  await runAgainst(
    { emulator: { scenario: shippedScenario('a-answer'), faults, realTime: true, interEventMs: 400 } },
    ({ emulator, events }) => {
      expect(events.at(-1)).toMatchObject({ type: 'answer.completed' });
      const polls = emulator
        .transcript()
        .filter(({ dir, route }) => dir === 'in' && route.startsWith(RETRIEVE));
      expect(polls.length).toBeGreaterThan(1);
    },
  );
});

/** How each scenario for bots goes, said in the types of the events after the chat began. */
const SCENARIOS: [string, string[]][] = [
  ['a-answer', ['answer.delta', 'answer.completed']],
  ['b-one-tool', ['tool.started', 'tool.finished', 'outputs.submitted', 'answer.delta', 'answer.completed']],
  [
    'c-two-rounds',
    [
      'tool.started',
      'tool.finished',
      'outputs.submitted',
      'tool.started',
      'tool.finished',
      'outputs.submitted',
      'answer.delta',
      'answer.completed',
    ],
  ],
  ['d-two-calls', ['tool.started', 'tool.finished', 'outputs.submitted', 'answer.delta', 'answer.completed']],
  [
    'e-no-arguments',
    ['tool.started', 'tool.finished', 'outputs.submitted', 'answer.delta', 'answer.completed'],
  ],
  ['g-reply-message', ['reply.requested']],
  ['h-require-info', ['info.requested']],
  [
    'h-require-info-and-tool',
    ['notice', 'tool.started', 'tool.finished', 'outputs.submitted', 'answer.delta', 'answer.completed'],
  ],
  ['i-failure', ['turn.failed']],
  ['i-failure-done', ['turn.failed']],
  ['j-audio', ['answer.delta', 'answer.completed']],
  ['m-heartbeat-chat', ['answer.delta', 'answer.completed']],
];

describe.each([true, false])('scenarios, done after an action: %s', (doneAfterAction) => {
  test.each(SCENARIOS)('%s', async (name, expected) => {
    const host = hostOf({
      screenshot: () => ({ ok: true, output: { image: 'https://example.com/a.png' } }),
    });
    await runAgainst(
      { emulator: { scenario: shippedScenario(name), doneAfterAction }, host },
      ({ events }) => {
        const types = typesOf(events).slice(2);
        expect(types.filter((type, index) => type !== types[index - 1])).toEqual(expected);
      },
    );
  });
});

test('a token that expires in mid-stream is renewed for the submit', async () => {
  const faults: Fault[] = [{ id: 'F30', variant: 'mid-stream', on: '/v3/chat' }];
  const tokens = [{ token: 'second' }];
  await runAgainst(
    {
      emulator: { scenario: shippedScenario('b-one-tool'), faults, tokens },
      run: (emulator) => ({
        client: createCozeClient({
          baseUrl: emulator.url,
          token: async ({ refresh }) => (refresh ? 'second' : emulator.token),
        }),
      }),
    },
    ({ events, host }) => {
      expect(events.at(-1)).toMatchObject({ type: 'answer.completed' });
      expect(host.runs).toHaveLength(1);
    },
  );
});

test('a chat whose end was lost is finished before the next turn', async () => {
  const faults: Fault[] = [
    { id: 'F01', on: SUBMIT, nth: 1, afterBytes: 300 },
    { id: 'F11', on: RETRIEVE, nth: 1 },
  ];
  const scenario = { turns: [shippedScenario('b-one-tool').turns[0]!, { answer: ['second'] }] };
  await runAgainst(
    {
      emulator: { scenario, faults },
      run: (emulator) => ({
        say: saying('one', 'two'),
        client: createCozeClient({ baseUrl: emulator.url, token: emulator.token, retry: { maxAttempts: 1 } }),
      }),
    },
    ({ events, host, result }) => {
      const ends = events.filter(({ type }) => /^(turn\..*|answer\.completed)$/.test(type));
      expect(ends.map(({ type, turn }) => `${turn} ${type}`)).toEqual([
        '1 turn.started',
        '1 turn.failed',
        '0 turn.resumed',
        '0 answer.completed',
        '2 turn.started',
        '2 answer.completed',
      ]);
      expect(host.runs).toHaveLength(1);
      expect(result).toMatchObject({ answered: 1, failed: 1, error: undefined });
    },
  );
});
