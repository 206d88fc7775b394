import { type EmulatorOptions, shippedScenario } from '@cozecut/coze-emulator';
import { type Clock, createCozeClient } from '@cozecut/coze-transport';
import { expect, test } from 'vitest';
import { eventsOf, hostOf, runAgainst, type Setup, saying, submits, typesOf } from './support.ts';

/** A clock on which a second takes no time, and longer waits never end. */
function quickClock(): Clock {
  let nowMs = 0;
  return {
    nowMs: () => nowMs,
    after(delayMs, run) {
      if (delayMs > 1_000) return () => {};
      const timer = setImmediate(() => {
        nowMs += delayMs;
        run();
      });
      return () => clearImmediate(timer);
    },
  };
}

/** Runs without streams against the scenario of that kind. */
const polling = (emulator: EmulatorOptions = {}, host = hostOf(), breaks?: Setup['breaks']): Setup => ({
  emulator: { scenario: shippedScenario('o-polling'), ...emulator },
  host,
  ...(breaks === undefined ? {} : { breaks }),
  run: ({ url, token }) => {
    const clock = quickClock();
    const client = createCozeClient({ baseUrl: url, token, clock });
    return { mode: 'sync', clock, client, say: saying('one', 'two') };
  },
});

test('scenario O: chats without a stream are answered, and their tools run here', async () => {
  await runAgainst(polling(), ({ emulator, events, host, result }) => {
    expect(result).toMatchObject({ answered: 2, failed: 0 });
    expect(typesOf(events)).toEqual([
      'turn.started',
      'chat.started',
      'answer.completed',
      'turn.started',
      'chat.started',
      'tool.started',
      'tool.finished',
      'outputs.submitted',
      'answer.completed',
    ]);
    expect(eventsOf(events, 'answer.completed').map(({ text }) => text)).toEqual([
      'Hello.',
      'It says: hello.',
    ]);
    expect(host.runs).toHaveLength(1);
    const bodies = emulator.transcript().flatMap(({ dir, body }) => (dir === 'in' && body ? [body] : []));
    const streams = bodies.map((body) => (body as { stream?: boolean }).stream);
    expect(streams).toEqual([false, false, false]);
  });
});

// With `again`, Coze asks for the same once more as another call.
test.each([
  ['lost', 1],
  ['again', 2],
] as const)('F16, answer %s: every call runs once, and the chat ends', async (variant, calls) => {
  const faults = [{ id: 'F16' as const, variant, nth: 1 }];
  await runAgainst(polling({ faults }, hostOf(), 'any'), ({ host, result }) => {
    expect(new Set(host.runs.map(({ callId }) => callId)).size).toBe(calls);
    expect(host.runs).toHaveLength(calls);
    expect(result).toMatchObject({ answered: 2, failed: 0 });
  });
});

test('a submit that never arrives is sent again with the same output', async () => {
  const faults = [{ id: 'F33' as const, on: '/v3/chat/submit_tool_outputs', nth: 1 }];
  await runAgainst(polling({ faults }, hostOf(), 'any'), ({ emulator, events, host, result }) => {
    expect(result).toMatchObject({ answered: 2, failed: 0 });
    expect(host.runs).toHaveLength(1);
    expect(eventsOf(events, 'notice')).toMatchObject([{ code: 'SUBMIT_RECONCILED' }]);
    const outputs = submits(emulator).map((one) => Object.values(one));
    expect(new Set(outputs.map((one) => JSON.stringify(one)))).toEqual(
      new Set([JSON.stringify([{ content: 'of a.txt' }])]),
    );
  });
});

test('a chat that fails, and a token that is refused', async () => {
  await runAgainst(polling({ scenario: shippedScenario('i-failure') }), ({ events }) => {
    expect(events.find(({ type }) => type === 'turn.failed')).toMatchObject({ code: 'CHAT_FAILED' });
  });
  const faults = [{ id: 'F09' as const, on: '/v3/chat' }];
  await runAgainst(polling({ faults }, hostOf(), 'any'), ({ events, result }) => {
    expect(events.at(-1)).toMatchObject({ type: 'turn.failed', code: 'COZE_UNAUTHENTICATED' });
    expect(result).toMatchObject({ answered: 0, failed: 1 });
  });
});
