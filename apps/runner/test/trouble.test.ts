import type { Fault, Scenario } from '@cozecut/coze-emulator';
import { describe, expect, test } from 'vitest';
import { memoryJournal } from '../src/index.ts';
import { eventsOf, hostOf, runAgainst, saying, submits, typesOf } from './support.ts';

const answer = { answer: ['All', ' done'] };
const readFile = { name: 'read_file', arguments: { path: 'a.txt' } };
const oneTool: Scenario = { turns: [{ toolCalls: [readFile], next: answer }] };
const FIRST = 'Q0FMTC0wMDAx';
const SUBMIT = '/v3/chat/submit_tool_outputs';

describe('streams that are cut', () => {
  // About one frame each: before anything, in and after the first frame, in the action, in its last bytes.
  const cuts = [0, 200, 420, 700, 900, 1200, 1380];

  test.each(
    cuts.flatMap((afterBytes) => [
      { id: 'F01' as const, afterBytes },
      { id: 'F02' as const, afterBytes },
    ]),
  )('the chat, by %o: recovered, or told', async (fault) => {
    await runAgainst(
      { emulator: { scenario: oneTool, faults: [{ ...fault, on: '/v3/chat' }] } },
      ({ host, events }) => {
        // The first frame names the chat; without it there is nothing to look up.
        const isNamed = fault.afterBytes > 400;
        expect(events.at(-1)).toMatchObject(
          isNamed
            ? { type: 'answer.completed', text: 'All done' }
            : { type: 'turn.failed', code: 'STREAM_TRUNCATED' },
        );
        expect(host.runs).toHaveLength(isNamed ? 1 : 0);
      },
    );
  });

  test.each(
    cuts.flatMap((afterBytes) => [
      { id: 'F01' as const, afterBytes },
      { id: 'F02' as const, afterBytes },
    ]),
  )('the answer after a submit, by %o: recovered without running the tool again', async (fault) => {
    await runAgainst(
      { emulator: { scenario: oneTool, faults: [{ ...fault, on: SUBMIT }] } },
      ({ emulator, host, events }) => {
        expect(events.at(-1)).toMatchObject({ type: 'answer.completed', text: 'All done', rounds: 1 });
        expect(eventsOf(events, 'notice')).toMatchObject([{ code: 'STREAM_RECOVERED' }]);
        expect(host.runs).toHaveLength(1);
        expect(submits(emulator)).toHaveLength(1);
      },
    );
  });

  test('a submit that did not arrive is sent again with the same output', async () => {
    const lost: Fault = {
      id: 'F12',
      on: SUBMIT,
      nth: 1,
      reply: { status: 200, headers: { 'content-type': 'text/event-stream' }, body: '' },
    };
    await runAgainst(
      { emulator: { scenario: oneTool, faults: [lost] }, breaks: [2] },
      ({ emulator, host, events }) => {
        expect(host.runs).toHaveLength(1);
        const [first, second] = submits(emulator);
        expect(second).toEqual(first);
        expect(eventsOf(events, 'tool.finished').map(({ replayed }) => replayed)).toEqual([false, true]);
        expect(events.at(-1)?.type).toBe('answer.completed');
      },
    );
  });

  test('a submit that never arrives is given up after the second time', async () => {
    const lost: Fault = {
      id: 'F12',
      on: SUBMIT,
      reply: { status: 200, headers: { 'content-type': 'text/event-stream' }, body: '' },
    };
    await runAgainst(
      { emulator: { scenario: oneTool, faults: [lost] }, breaks: [2] },
      ({ emulator, host, events }) => {
        expect(host.runs).toHaveLength(1);
        expect(submits(emulator)).toHaveLength(2);
        expect(events.at(-1)).toMatchObject({ type: 'turn.failed', code: 'ACTION_REPEATED' });
      },
    );
  });

  test('a recovery that fails leaves the first error', async () => {
    const faults: Fault[] = [
      { id: 'F01', on: '/v3/chat', afterBytes: 700 },
      { id: 'F11', on: '/v3/chat/retrieve', reply: { status: 503, body: '<html>' } },
    ];
    await runAgainst({ emulator: { scenario: oneTool, faults } }, ({ events }) => {
      expect(events.at(-1)).toMatchObject({ type: 'turn.failed', code: 'STREAM_TRUNCATED' });
    });
  });
});

test.each([
  ['5000', { code: 5000, msg: 'history' }, 'COZE_SERVER_ERROR'],
  ['4001', { code: 4001, msg: 'gone' }, 'COZE_CHAT_NOT_FOUND'],
])('a submit that is refused with %s does not run the tool again', async (_, body, code) => {
  const refused: Fault = { id: 'F15', on: SUBMIT, reply: { status: 200, body: JSON.stringify(body) } };
  await runAgainst({ emulator: { scenario: oneTool, faults: [refused] } }, ({ emulator, host, events }) => {
    expect(host.runs).toHaveLength(1);
    expect(submits(emulator)).toHaveLength(1);
    expect(events.at(-1)).toMatchObject({ type: 'turn.failed', code });
  });
});

test('the same action once more is answered once', async () => {
  const again = { ...readFile, id: 'same' };
  const scenario: Scenario = { turns: [{ toolCalls: [again], next: { toolCalls: [again], next: answer } }] };
  await runAgainst({ emulator: { scenario } }, ({ emulator, host, events }) => {
    expect(host.runs).toHaveLength(1);
    // Coze was asked, and really waits for it again.
    expect(
      emulator.transcript().filter(({ dir, route }) => dir === 'in' && route.startsWith('/v3/chat/retrieve')),
    ).toHaveLength(1);
    expect(eventsOf(events, 'tool.finished').map(({ replayed }) => replayed)).toEqual([false, true]);
    expect(events.at(-1)?.type).toBe('answer.completed');
  });
});

describe('a journal that knows the call', () => {
  test('as done gives its output without running the tool', async () => {
    const journal = memoryJournal();
    await runAgainst(
      {
        emulator: { scenario: oneTool },
        run: () => ({
          journal: {
            ...journal,
            begin: async (key) => ({ state: 'done', ok: true, output: `{"kept":"${key.callId}"}` }),
            finish: () => Promise.reject(new Error('must not be written')),
          },
        }),
      },
      ({ emulator, host }) => {
        expect(host.runs).toEqual([]);
        expect(submits(emulator)).toEqual([{ [FIRST]: { kept: FIRST } }]);
      },
    );
  });

  test('as begun answers that the outcome is unknown', async () => {
    const journal = memoryJournal();
    await runAgainst(
      {
        emulator: { scenario: oneTool },
        run: () => ({ journal: { ...journal, begin: async () => ({ state: 'begun' }) } }),
      },
      ({ emulator, host }) => {
        expect(host.runs).toEqual([]);
        expect(submits(emulator)[0]?.[FIRST]).toMatchObject({ error_code: 'OUTCOME_UNKNOWN' });
      },
    );
  });
});

test('a journal that cannot be written: no tool runs unwritten, every action is answered', async () => {
  const full = () => Promise.reject(new Error('disk full'));
  const begin = { ...memoryJournal(), begin: full };
  await runAgainst(
    { emulator: { scenario: oneTool }, run: () => ({ journal: begin }) },
    ({ emulator, host }) => {
      expect(host.runs).toEqual([]);
      expect(submits(emulator)[0]?.[FIRST]).toMatchObject({ error_code: 'JOURNAL_FAILED' });
    },
  );
  const finish = { ...memoryJournal(), finish: full };
  await runAgainst(
    { emulator: { scenario: oneTool }, run: () => ({ journal: finish }) },
    ({ emulator, events }) => {
      expect(submits(emulator)[0]?.[FIRST]).toEqual({ content: 'of a.txt' });
      expect(eventsOf(events, 'notice')).toMatchObject([{ code: 'JOURNAL_FAILED' }]);
    },
  );
});

test('an error in the middle of an answer keeps what was said', async () => {
  const frame = (event: string, data: string) => `event:${event}\ndata:${data}\n\n`;
  const body =
    frame('conversation.chat.created', '{"id":"1","conversation_id":"2"}') +
    frame('conversation.message.delta', '{"id":"3","type":"answer","content":"Half an ans"}') +
    frame('error', '{"code":4013,"msg":"model"}');
  const reply = { status: 200, headers: { 'content-type': 'text/event-stream' }, body };
  await runAgainst({ emulator: { faults: [{ id: 'F13', reply }] } }, ({ events }) => {
    expect(events.at(-1)).toMatchObject({
      type: 'turn.failed',
      code: 'COZE_MODEL_ERROR',
      text: 'Half an ans',
    });
  });
});

test('with real gaps between the frames the stream of an action is left before it ends', async () => {
  await runAgainst({ emulator: { scenario: oneTool, realTime: true } }, ({ emulator, events }) => {
    expect(events.at(-1)).toMatchObject({ type: 'answer.completed', text: 'All done' });
    expect(emulator.transcript().filter(({ closed }) => closed)).toHaveLength(2);
  });
});

describe('a busy conversation', () => {
  const busy = (nth: number): Fault => ({
    id: 'F14',
    on: '/v3/chat',
    nth,
    reply: { status: 200, body: '{"code":4016,"msg":"busy"}' },
  });

  test('is left for a new one, once', async () => {
    await runAgainst(
      { emulator: { faults: [busy(2)] }, run: () => ({ say: saying('one', 'two') }) },
      ({ events, result }) => {
        expect(eventsOf(events, 'notice')).toMatchObject([{ turn: 2, code: 'CONVERSATION_REPLACED' }]);
        const [first, second] = eventsOf(events, 'chat.started').map(({ conversationId }) => conversationId);
        expect(second).not.toBe(first);
        expect(result).toMatchObject({ answered: 2, conversationId: second });
      },
    );
  });

  test('is freed by cancelling the chat that was lost', async () => {
    const faults: Fault[] = [
      { id: 'F01', on: '/v3/chat', nth: 1, afterBytes: 700 },
      { id: 'F11', on: '/v3/chat/retrieve', reply: { status: 503, body: '' } },
      busy(2),
      {
        id: 'F12',
        on: '/v3/chat/cancel',
        reply: { status: 200, body: '{"data":{"id":"1","status":"canceled"}}' },
      },
    ];
    await runAgainst(
      { emulator: { faults }, run: () => ({ say: saying('one', 'two') }) },
      ({ events, result }) => {
        expect(eventsOf(events, 'notice')).toMatchObject([{ turn: 2, code: 'CHAT_CANCELLED' }]);
        const [first, second] = eventsOf(events, 'chat.started').map(({ conversationId }) => conversationId);
        expect(second).toBe(first);
        expect(result).toMatchObject({ answered: 1, failed: 1, error: undefined });
      },
    );
  });

  test('is told when a new one is busy, too', async () => {
    await runAgainst(
      { emulator: { faults: [busy(2), busy(3)] }, run: () => ({ say: saying('one', 'two') }) },
      ({ events }) => {
        expect(events.at(-1)).toMatchObject({ type: 'turn.failed', code: 'COZE_CONVERSATION_BUSY' });
      },
    );
  });

  test('after an action that could not be answered', async () => {
    const refused: Fault = { id: 'F15', on: SUBMIT, reply: { status: 200, body: '{"code":5000,"msg":"x"}' } };
    const scenario: Scenario = { turns: [oneTool.turns[0]!, answer] };
    await runAgainst(
      { emulator: { scenario, faults: [refused] }, run: () => ({ say: saying('one', 'two') }) },
      ({ events }) => {
        expect(
          typesOf(events).filter((type) => type.startsWith('turn.') || type.endsWith('completed')),
        ).toEqual(['turn.started', 'turn.failed', 'turn.started', 'answer.completed']);
        expect(eventsOf(events, 'notice')).toMatchObject([{ code: 'CONVERSATION_REPLACED' }]);
      },
    );
  });
});

describe('stopping', () => {
  test('while a tool runs: the tool is told, the action is answered, the turn is ABORTED', async () => {
    const control = new AbortController();
    const seen: boolean[] = [];
    const host = hostOf({
      slow: (_, { signal }) =>
        new Promise(() => {
          signal.addEventListener('abort', () => seen.push(true));
          control.abort();
        }),
    });
    const scenario: Scenario = { turns: [{ toolCalls: [{ name: 'slow' }], next: answer }] };
    await runAgainst(
      { emulator: { scenario }, host, run: () => ({ signal: control.signal, say: saying('one', 'two') }) },
      ({ emulator, events, result }) => {
        expect(seen).toEqual([true]);
        expect(submits(emulator)[0]?.[FIRST]).toMatchObject({ error_code: 'CANCELLED' });
        expect(events.at(-1)).toMatchObject({ type: 'turn.failed', code: 'ABORTED' });
        expect(result).toMatchObject({ failed: 1, error: { code: 'ABORTED' } });
      },
    );
  });

  test('while the answer comes', async () => {
    const control = new AbortController();
    await runAgainst(
      {
        emulator: { faults: [{ id: 'F08', afterBytes: 900 }] },
        run: (_, events) => ({
          signal: control.signal,
          onEvent: (event) => {
            events.push(event);
            if (event.type === 'chat.started') control.abort();
          },
        }),
      },
      ({ events }) => {
        expect(events.at(-1)).toMatchObject({ type: 'turn.failed', code: 'ABORTED' });
      },
    );
  });

  test('while nothing is said ends the run without a failure', async () => {
    const control = new AbortController();
    async function* silent(): AsyncGenerator<string> {
      yield 'one';
      queueMicrotask(() => control.abort());
      await new Promise(() => {});
    }
    await runAgainst({ run: () => ({ signal: control.signal, say: silent() }) }, ({ result }) => {
      expect(result).toMatchObject({ answered: 1, failed: 0 });
    });
  });

  test('after the first turn when asked for once', async () => {
    await runAgainst({ run: () => ({ once: true, say: saying('one', 'two') }) }, ({ result }) => {
      expect(result.answered).toBe(1);
    });
  });
});
