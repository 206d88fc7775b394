import type { Scenario } from '@cozecut/coze-emulator';
import { createCozeClient } from '@cozecut/coze-transport';
import { describe, expect, test } from 'vitest';
import { type BotEvent, memoryJournal, type OpenChat, runBot } from '../src/index.ts';
import { BOT, eventsOf, hostOf, runAgainst, saying, submits, typesOf } from './support.ts';

const answer = { answer: ['All', ' done'] };
const readFile = { name: 'read_file', arguments: { path: 'a.txt' } };
const oneTool: Scenario = { turns: [{ toolCalls: [readFile], next: answer }] };
const FIRST = 'Q0FMTC0wMDAx';
const SECOND = 'Q0FMTC0wMDAy';

test('a plain answer', async () => {
  await runAgainst({ emulator: { scenario: { turns: [answer] } } }, ({ events, result, host }) => {
    expect(typesOf(events)).toEqual([
      'turn.started',
      'chat.started',
      'answer.delta',
      'answer.delta',
      'answer.completed',
    ]);
    expect(events.at(-1)).toMatchObject({ turn: 1, text: 'All done', rounds: 0 });
    expect(result).toMatchObject({ answered: 1, failed: 0, error: undefined });
    expect(host.runs).toEqual([]);
  });
});

test.each([
  { doneAfterAction: true, announceCalls: false },
  { doneAfterAction: false, announceCalls: true },
])('one local tool: %o', async (choices) => {
  await runAgainst({ emulator: { scenario: oneTool, ...choices } }, ({ emulator, events, host }) => {
    expect(typesOf(events)).toEqual([
      'turn.started',
      'chat.started',
      'tool.started',
      'tool.finished',
      'outputs.submitted',
      'answer.delta',
      'answer.delta',
      'answer.completed',
    ]);
    expect(host.runs).toEqual([{ callId: FIRST, name: 'read_file', input: { path: 'a.txt' } }]);
    expect(submits(emulator)).toEqual([{ [FIRST]: { content: 'of a.txt' } }]);
    expect(events.at(-1)).toMatchObject({ text: 'All done', rounds: 1 });
    const [chat] = emulator.transcript();
    expect(chat?.body).toMatchObject({ stream: true, auto_save_history: true, user_id: 'u1' });
  });
});

test('a second action follows the first', async () => {
  const scenario: Scenario = {
    turns: [{ toolCalls: [readFile], next: { toolCalls: [{ name: 'list_files' }], next: answer } }],
  };
  await runAgainst({ emulator: { scenario } }, ({ emulator, events }) => {
    expect(submits(emulator).map(Object.keys)).toEqual([[FIRST], [SECOND]]);
    expect(events.at(-1)).toMatchObject({ type: 'answer.completed', rounds: 2 });
  });
});

test('two calls of one action run at the same time and are submitted together', async () => {
  let bothRunning: () => void;
  const meet = new Promise<void>((resolve) => {
    bothRunning = resolve;
  });
  const host = hostOf({
    read_file: async () => {
      await meet;
      return { ok: true, output: { n: 1 } };
    },
    list_files: async () => {
      bothRunning();
      return { ok: true, output: { n: 2 } };
    },
  });
  const scenario: Scenario = { turns: [{ toolCalls: [readFile, { name: 'list_files' }], next: answer }] };
  await runAgainst({ emulator: { scenario }, host }, ({ emulator, events }) => {
    expect(submits(emulator)).toEqual([{ [FIRST]: { n: 1 }, [SECOND]: { n: 2 } }]);
    expect(events.at(-1)?.type).toBe('answer.completed');
  });
});

test.each(['', '  ', '{}'])('blank arguments %j are an empty object', async (text) => {
  const scenario: Scenario = {
    turns: [{ toolCalls: [{ name: 'list_files', arguments: text }], next: answer }],
  };
  await runAgainst({ emulator: { scenario } }, ({ host }) => {
    expect(host.runs).toMatchObject([{ input: {} }]);
  });
});

describe('calls that cannot be run are answered', () => {
  test('an unknown tool, with the close name', async () => {
    const scenario: Scenario = { turns: [{ toolCalls: [{ name: 'read_fil' }], next: answer }] };
    await runAgainst({ emulator: { scenario } }, ({ emulator, host, events }) => {
      expect(submits(emulator)).toEqual([
        {
          [FIRST]: {
            error: 'unknown_tool',
            success: false,
            error_code: 'UNKNOWN_TOOL',
            message: 'this device has no tool "read_fil" (did you mean "read_file"?)',
          },
        },
      ]);
      expect(host.runs).toEqual([]);
      expect(events.at(-1)?.type).toBe('answer.completed');
    });
  });

  test('a tool that the device has but the bot may not call', async () => {
    await runAgainst(
      { emulator: { scenario: oneTool }, run: () => ({ bot: { ...BOT, tools: ['list_files'] } }) },
      ({ emulator, host }) => {
        expect(submits(emulator)[0]?.[FIRST]).toMatchObject({ error: 'unknown_tool' });
        expect(host.runs).toEqual([]);
      },
    );
  });

  test('an unknown tool fails the turn when the binding says so, and is answered all the same', async () => {
    const scenario: Scenario = { turns: [{ toolCalls: [{ name: 'nope' }], next: answer }] };
    const onRequiresAction = { ...BOT.onRequiresAction, onUnknownTool: 'fail' as const };
    await runAgainst(
      { emulator: { scenario }, run: () => ({ bot: { ...BOT, onRequiresAction } }) },
      ({ events, result }) => {
        expect(events.at(-1)).toMatchObject({ type: 'turn.failed', code: 'UNKNOWN_TOOL' });
        expect(result.failed).toBe(1);
      },
    );
  });

  const tooDeep = `{"path":${'['.repeat(100_000)}${']'.repeat(100_000)}}`;
  test.each(['{"path":', '{"a":NaN}', '{"a":1,}', tooDeep])(
    'arguments %# that are not JSON',
    async (text) => {
      const scenario: Scenario = {
        turns: [{ toolCalls: [{ name: 'read_file', arguments: text }], next: answer }],
      };
      await runAgainst({ emulator: { scenario } }, ({ emulator, host }) => {
        expect(submits(emulator)[0]?.[FIRST]).toMatchObject({
          success: false,
          error_code: 'INVALID_ARGUMENTS',
        });
        expect(host.runs).toEqual([]);
      });
    },
  );

  test.each(['null', '[1]', '{"__proto__":{"x":1}}', '{"n":7400000000000000901}'])(
    'arguments %s are left to the validation behind the host',
    async (text) => {
      const host = hostOf({
        read_file: () => ({
          ok: false,
          error: { code: 'INPUT_INVALID', message: 'no', hint: 'send a path' },
        }),
      });
      const scenario: Scenario = {
        turns: [{ toolCalls: [{ name: 'read_file', arguments: text }], next: answer }],
      };
      await runAgainst({ emulator: { scenario }, host }, ({ emulator, events }) => {
        expect(host.runs).toHaveLength(1);
        expect(({} as { x?: unknown }).x).toBeUndefined();
        expect(submits(emulator)[0]?.[FIRST]).toEqual({
          error: 'input_invalid',
          success: false,
          error_code: 'INPUT_INVALID',
          message: 'no (send a path)',
        });
        expect(eventsOf(events, 'tool.finished')[0]).toMatchObject({
          ok: false,
          error: { code: 'INPUT_INVALID' },
        });
      });
    },
  );

  test('a tool that throws, and one whose output is not JSON', async () => {
    const loop: Record<string, unknown> = {};
    loop.self = loop;
    const host = hostOf({
      read_file: () => {
        throw new Error('disk on fire');
      },
      list_files: () => ({ ok: true, output: loop }),
    });
    const scenario: Scenario = { turns: [{ toolCalls: [readFile, { name: 'list_files' }], next: answer }] };
    await runAgainst({ emulator: { scenario }, host }, ({ emulator }) => {
      expect(submits(emulator)[0]).toMatchObject({
        [FIRST]: {
          success: false,
          error_code: 'TOOL_FAILED',
          message: expect.stringContaining('disk on fire'),
        },
        [SECOND]: { success: false, error_code: 'OUTPUT_NOT_JSON' },
      });
    });
  });

  test('a tool that is too slow', async () => {
    const host = hostOf({ slow: () => new Promise(() => {}) });
    const scenario: Scenario = { turns: [{ toolCalls: [{ name: 'slow' }], next: answer }] };
    const onRequiresAction = { ...BOT.onRequiresAction, submitTimeoutMs: 20 };
    await runAgainst(
      { emulator: { scenario }, host, run: () => ({ bot: { ...BOT, onRequiresAction } }) },
      ({ emulator }) => {
        expect(submits(emulator)[0]?.[FIRST]).toMatchObject({ error_code: 'TOOL_TIMEOUT' });
      },
    );
  });

  test('a call without its function', async () => {
    const scenario: Scenario = { turns: [{ toolCalls: [{ function: null }, readFile], next: answer }] };
    await runAgainst({ emulator: { scenario } }, ({ emulator }) => {
      expect(submits(emulator)[0]).toMatchObject({
        [FIRST]: { error_code: 'INVALID_CALL' },
        [SECOND]: { content: 'of a.txt' },
      });
    });
  });
});

test('an id that comes twice in one action runs once', async () => {
  const scenario: Scenario = {
    turns: [
      {
        toolCalls: [
          { ...readFile, id: 'x' },
          { ...readFile, id: 'x' },
        ],
        next: answer,
      },
    ],
  };
  await runAgainst({ emulator: { scenario } }, ({ host, events }) => {
    expect(host.runs).toHaveLength(1);
    expect(eventsOf(events, 'notice')).toMatchObject([{ code: 'CALL_REPEATED' }]);
    expect(events.at(-1)?.type).toBe('answer.completed');
  });
});

test('blank ids are skipped while another call can be answered; alone they fail the turn', async () => {
  const mixed: Scenario = { turns: [{ toolCalls: [{ ...readFile, id: '' }, readFile], next: answer }] };
  await runAgainst({ emulator: { scenario: mixed } }, ({ host, events }) => {
    expect(host.runs).toHaveLength(1);
    expect(eventsOf(events, 'notice')).toMatchObject([{ code: 'CALL_WITHOUT_ID' }]);
  });
  for (const toolCalls of [[], [{ ...readFile, id: '' }]]) {
    const scenario: Scenario = { turns: [{ toolCalls, next: answer }] };
    await runAgainst({ emulator: { scenario } }, ({ events }) => {
      expect(events.at(-1)).toMatchObject({ type: 'turn.failed', code: 'ACTION_UNANSWERABLE' });
    });
  }
});

test('a question of the bot is told, and the next message is the reply', async () => {
  const scenario: Scenario = { turns: [{ toolCalls: [{ type: 'reply_message' }], next: answer }] };
  await runAgainst(
    { emulator: { scenario }, run: () => ({ say: saying('start', 'reply') }) },
    ({ events, result }) => {
      expect(eventsOf(events, 'reply.requested')).toHaveLength(1);
      expect(events.at(-1)).toMatchObject({ type: 'answer.completed', turn: 2, text: 'All done' });
      expect(result).toMatchObject({ answered: 2, failed: 0 });
    },
  );
});

test('facts that the bot wants are told; a tool beside them is answered', async () => {
  const info = { type: 'require_info', infos: ['location'] };
  await runAgainst(
    { emulator: { scenario: { turns: [{ toolCalls: [info], next: answer }] } } },
    ({ events }) => {
      expect(events.at(-1)).toMatchObject({ type: 'info.requested', infos: ['location'] });
    },
  );
  const mixed: Scenario = { turns: [{ toolCalls: [info, readFile], next: answer }] };
  await runAgainst({ emulator: { scenario: mixed } }, ({ events }) => {
    expect(eventsOf(events, 'notice')).toMatchObject([{ code: 'INFO_REQUESTED' }]);
    expect(events.at(-1)?.type).toBe('answer.completed');
  });
});

test('a conversation goes on over turns, and progress of tools is told', async () => {
  const host = hostOf({
    read_file: (_, { onProgress }) => {
      onProgress({ phase: 'read', fraction: 0.5 });
      return { ok: true, output: {} };
    },
  });
  const scenario: Scenario = { turns: [oneTool.turns[0]!, answer] };
  await runAgainst(
    { emulator: { scenario }, host, run: () => ({ say: saying('one', 'two') }) },
    ({ emulator, events, result }) => {
      expect(eventsOf(events, 'tool.progress')).toMatchObject([
        { tool: 'read_file', progress: { fraction: 0.5 } },
      ]);
      const conversations = eventsOf(events, 'chat.started').map(({ conversationId }) => conversationId);
      expect(conversations).toEqual([result.conversationId, result.conversationId]);
      const chats = emulator
        .transcript()
        .filter(({ dir, route }) => dir === 'in' && /^\/v3\/chat(\?|$)/.test(route));
      expect(chats.map(({ route }) => route)).toEqual([
        '/v3/chat',
        `/v3/chat?conversation_id=${result.conversationId}`,
      ]);
    },
  );
});

test('runs of one bot side by side share a journal and keep to their own chats', async () => {
  const journal = memoryJournal();
  const slow = { ...journal, openChat: (chat: OpenChat) => journal.openChat(chat).then(() => pause()) };
  const pause = () => new Promise<void>((resolve) => setTimeout(resolve, 20));
  await runAgainst({ emulator: { scenario: oneTool } }, async ({ emulator, host }) => {
    const client = createCozeClient({ baseUrl: emulator.url, token: emulator.token });
    const events: BotEvent[] = [];
    const run = () =>
      runBot({
        client,
        host,
        bot: BOT,
        userId: 'u1',
        journal: slow,
        say: saying('one', 'two', 'three'),
        signal: new AbortController().signal,
        onEvent: (event) => events.push(event),
      });
    await Promise.all([run(), run(), run(), run()]);
    expect(eventsOf(events, 'answer.completed')).toHaveLength(12);
    expect(eventsOf(events, 'turn.resumed')).toEqual([]);
    expect(eventsOf(events, 'notice')).toEqual([]);
  });
});

/** The bot with another number of rounds. */
const patient = (maxRounds: number) => ({
  ...BOT,
  onRequiresAction: { ...BOT.onRequiresAction, maxRounds },
});

test('a bot that asks without end is stopped, and its last action is answered', async () => {
  let step: Scenario['turns'][number] = answer;
  for (let i = 0; i < 3; i++) step = { toolCalls: [{ name: 'list_files' }], next: step };
  await runAgainst(
    { emulator: { scenario: { turns: [step] } }, run: () => ({ bot: patient(2) }) },
    ({ emulator, host, events }) => {
      expect(host.runs).toHaveLength(2);
      expect(submits(emulator)).toHaveLength(3);
      expect(events.at(-1)).toMatchObject({ type: 'turn.failed', code: 'TOO_MANY_ROUNDS' });
    },
  );
});

test('a chat that fails is told with what Coze said', async () => {
  const scenario: Scenario = { turns: [{ fail: { code: 5000, msg: 'event interval error' } }] };
  await runAgainst({ emulator: { scenario } }, ({ events, result }) => {
    expect(events.at(-1)).toMatchObject({
      type: 'turn.failed',
      code: 'COZE_SERVER_ERROR',
      message: expect.stringContaining('event interval error'),
      logId: expect.any(String),
    });
    expect(result.error).toMatchObject({ remoteCode: '5000' });
  });
});

test('a refused token ends the run', async () => {
  await runAgainst(
    {
      run: (emulator) => ({
        client: createCozeClient({ baseUrl: emulator.url, token: 'wrong' }),
        say: saying('one', 'two'),
      }),
    },
    ({ events, result }) => {
      expect(typesOf(events)).toEqual(['turn.started', 'turn.failed']);
      expect(events[1]).toMatchObject({ code: 'COZE_UNAUTHENTICATED', hint: expect.any(String) });
      expect(result).toMatchObject({ failed: 1, error: { status: 401, retry: 'auth' } });
    },
  );
});

test('nothing to say is a mistake of the caller', async () => {
  const options = {
    client: createCozeClient({ token: 't' }),
    host: hostOf(),
    bot: BOT,
    userId: 'u',
    signal: new AbortController().signal,
    onEvent: () => {},
  };
  await expect(runBot(options)).rejects.toMatchObject({ code: 'NOTHING_TO_SAY' });
});
