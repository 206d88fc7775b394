import { shippedScenario } from '@cozecut/coze-emulator';
import { describe, expect, test } from 'vitest';
import { createCozeClient, type WorkflowEvent } from '../src/index.ts';
import { patientClock } from './hand-clock.ts';
import { WORKFLOW } from './recordings.ts';
import { collect, playing, typesOf, withEmulator } from './support.ts';

const RUN = { workflowId: WORKFLOW, parameters: {} };
const frame = (id: number, event: string, data: object | string) =>
  `id: ${id}\nevent: ${event}\ndata: ${typeof data === 'string' ? data : JSON.stringify(data)}\n\n`;
const message = (seq: number, more: object = {}) => ({
  content: 'x',
  node_title: 'Node',
  node_seq_id: String(seq),
  node_is_finish: false,
  ...more,
});

const play = (text: string) => collect(playing([text]).workflows.stream(RUN));

function interruptOf(events: readonly WorkflowEvent[]) {
  const last = events.at(-1);
  if (last?.type !== 'interrupt') throw new Error(`expected an interrupt, got ${last?.type}`);
  return last.interrupt;
}

test('K0: messages of nodes, the end, done', async () => {
  await withEmulator({ scenario: shippedScenario('k0-workflow') }, async (_, client) => {
    const { events, error } = await collect(client.workflows.stream(RUN));
    expect(error).toBeUndefined();
    expect(typesOf(events)).toEqual(['message', 'message', 'message', 'done']);
    expect(events.slice(1, 3)).toMatchObject([
      { message: { content: 'it up', nodeTitle: 'Output', seq: 1, isLast: true, raw: { node_seq_id: '1' } } },
      { message: { content: '{"output":"sunny","degrees":21}', nodeTitle: '', isLast: true } },
    ]);
  });
});

test('K2: a question is answered three times; the fourth answer is refused', async () => {
  await withEmulator({ scenario: shippedScenario('k2-question') }, async (_, client) => {
    let outcome = await collect(client.workflows.stream(RUN));
    for (let answers = 0; answers < 4; answers++) {
      const { eventId, type, kind } = interruptOf(outcome.events);
      expect(kind).toBe('question');
      const resume = { workflowId: WORKFLOW, eventId, interruptType: type, resumeData: 'Paris' };
      outcome = await collect(client.workflows.streamResume(resume));
      // The numbers begin again, which is no gap.
      expect(typesOf(outcome.events)).not.toContain('gap');
    }
    expect(outcome.error).toMatchObject({ code: 'COZE_EXECUTION_ENDED', remoteCode: '4315' });
  });
});

test.each([
  ['k1-local-plugin', 1, 'local_plugin'],
  ['k6-local-plugin', 6, 'local_plugin'],
  ['k5-input', 5, 'input'],
  ['k7-authorization', 7, 'authorization'],
])('%s: interrupt %i is %s; it is answered as a stream and without one', async (name, type, kind) => {
  await withEmulator({ scenario: shippedScenario(name) }, async (_, client) => {
    const { events, error } = await collect(client.workflows.stream(RUN));
    expect(error).toBeUndefined();
    const interrupt = interruptOf(events);
    expect(interrupt).toMatchObject({ type, kind, raw: { type } });
    if (kind === 'input') expect(Object.keys(interrupt.requiredParameters)).not.toEqual([]);
    const resume = { workflowId: WORKFLOW, interruptType: type, resumeData: '{}' };
    const more = await collect(client.workflows.streamResume({ ...resume, eventId: interrupt.eventId }));
    expect(typesOf(more.events).at(-1)).toBe('done');
    const run = await client.workflows.run(RUN);
    if (run.status !== 'interrupted') throw new Error('expected an interrupt');
    expect(run.interrupt).toMatchObject({ type, kind });
    expect(await client.workflows.resume({ ...resume, eventId: run.interrupt.eventId })).toMatchObject({
      status: 'completed',
    });
    const again = client.workflows.resume({ ...resume, eventId: run.interrupt.eventId });
    await expect(again).rejects.toMatchObject({ code: 'COZE_EXECUTION_ENDED' });
  });
});

test('data of an interrupt as an object, an interrupt of another kind, and one without an event', async () => {
  const odd = await play(
    frame(0, 'Interrupt', { interrupt_data: { event_id: '1/2', type: 99, data: { content: 'Say' } } }),
  );
  expect(interruptOf(odd.events)).toMatchObject({ type: 99, kind: 'unknown', question: 'Say' });
  const none = await play(frame(0, 'Interrupt', { interrupt_data: {} }));
  expect(none.error).toMatchObject({ code: 'BAD_EVENT', message: expect.stringContaining('event_id') });
});

describe('gaps', () => {
  test('in the numbers of events and of the pieces of a node are told before the event', async () => {
    const { events } = await play(
      [
        frame(0, 'Message', message(0)),
        frame(2, 'Message', message(2)),
        frame(3, 'PING', {}),
        frame(3, 'Message', message(3, { node_is_finish: true })),
        // The node speaks again, and another one begins too late.
        frame(4, 'Message', message(0)),
        frame(5, 'Message', message(1, { node_title: 'Other' })),
        frame(6, 'Done', {}),
      ].join(''),
    );
    const gaps = events.flatMap((event) => (event.type === 'gap' ? [event.gap] : []));
    expect(gaps).toEqual([
      { of: 'stream', node: '', expected: 1, got: 2 },
      { of: 'node', node: 'Node', expected: 1, got: 2 },
      { of: 'stream', node: '', expected: 4, got: 3 },
      { of: 'node', node: 'Other', expected: 0, got: 1 },
    ]);
    expect(typesOf(events).slice(0, 4)).toEqual(['message', 'gap', 'gap', 'message']);
  });

  test('F27 over a socket', async () => {
    await withEmulator(
      { scenario: shippedScenario('k0-workflow'), faults: [{ id: 'F27' }] },
      async (_, client) => {
        const { events, error } = await collect(client.workflows.stream(RUN));
        expect(error).toBeUndefined();
        expect(typesOf(events)).toContain('gap');
        expect(typesOf(events).at(-1)).toBe('done');
      },
    );
  });
});

describe('errors', () => {
  test.each([
    ['Error with JSON', frame(0, 'Error', { error_code: 4200, error_message: 'no' }), 'COZE_NOT_FOUND', 'no'],
    ['a code as text', frame(0, 'Error', { error_code: '5000', error_message: '' }), 'COZE_SERVER_ERROR', ''],
    ['plain text', frame(0, 'error', 'node 3 broke'), 'COZE_ERROR', 'node 3 broke'],
  ])('%s', async (_, text, code, said) => {
    const { events, error } = await play(frame(0, 'Message', message(0)) + text);
    expect(events[0]).toMatchObject({ type: 'message' });
    expect(error).toMatchObject({ code, message: expect.stringContaining(said), logId: 'log-1' });
  });

  test('unknown events and keys are passed on; heartbeats with and without data', async () => {
    const text = [
      frame(0, 'Node', { a: 1 }),
      frame(1, 'PING', ''),
      frame(2, 'Message', message(0, { new_key: { id: 1 } })),
      frame(3, 'Done', '{"debug_url":"https://x.test/\\u0026a=1"}'),
    ];
    const { events, error } = await play(text.join(''));
    expect(error).toBeUndefined();
    expect(events).toMatchObject([
      { type: 'unknown', event: 'Node', data: '{"a":1}' },
      { type: 'ping' },
      { type: 'message', message: { raw: { new_key: { id: 1 } } } },
      { type: 'done', debugUrl: 'https://x.test/&a=1' },
    ]);
  });

  test('ids beyond 2^53 survive', async () => {
    const data = '{"content":"x","node_id":7400000000000000901,"usage":{"id":7400000000000000902}}';
    const { events } = await play(frame(0, 'Message', data) + frame(1, 'Done', {}));
    expect(events[0]).toMatchObject({
      message: { nodeId: '7400000000000000901', raw: { usage: { id: '7400000000000000902' } } },
    });
  });
});

describe('asynchronous runs', () => {
  test('are looked at until they are at rest', async () => {
    await withEmulator({ scenario: shippedScenario('k0-workflow') }, async (emulator) => {
      const client = createCozeClient({
        baseUrl: emulator.url,
        token: emulator.token,
        clock: patientClock(),
      });
      const { executeId, debugUrl } = await client.workflows.runAsync(RUN);
      expect(debugUrl).toMatch(/^https:/);
      const history = await client.workflows.recover({ workflowId: WORKFLOW, executeId });
      expect(history).toMatchObject({
        executeId,
        status: 'success',
        mode: 'async',
        output: { output: 'sunny', degrees: 21 },
        error: undefined,
        isOutputTrimmed: false,
      });
      const nodes = history.raw.node_execute_status as Record<string, { node_execute_uuid: string }>;
      const nodeUuid = nodes.Output!.node_execute_uuid;
      expect(await client.workflows.nodeOutput({ workflowId: WORKFLOW, executeId, nodeUuid })).toEqual({
        isFinished: true,
        output: 'Looking it up',
      });
      await expect(client.workflows.history({ workflowId: WORKFLOW, executeId: '1' })).rejects.toMatchObject({
        code: 'COZE_NO_EXECUTION',
      });
    });
  });

  test('that ask are at rest whatever their status says, and go on after an answer', async () => {
    for (const asyncInterruptStatus of ['Running', 'Success'] as const) {
      const options = { scenario: shippedScenario('k5-input'), asyncInterruptStatus };
      await withEmulator(options, async (emulator) => {
        const client = createCozeClient({
          baseUrl: emulator.url,
          token: emulator.token,
          clock: patientClock(),
        });
        const { executeId } = await client.workflows.runAsync(RUN);
        const { interrupt } = await client.workflows.recover({ workflowId: WORKFLOW, executeId });
        expect(interrupt).toMatchObject({ kind: 'input' });
        const resume = {
          workflowId: WORKFLOW,
          eventId: interrupt!.eventId,
          interruptType: 5,
          resumeData: '{}',
        };
        expect(await client.workflows.resumeAsync(resume)).toMatchObject({ executeId });
        expect(await client.workflows.recover({ workflowId: WORKFLOW, executeId })).toMatchObject({
          status: 'success',
        });
      });
    }
  });

  test('that a plan does not have', async () => {
    await withEmulator({ scenario: shippedScenario('k0-workflow'), asyncRuns: false }, async (_, client) => {
      await expect(client.workflows.runAsync(RUN)).rejects.toMatchObject({ code: 'COZE_PLAN_LACKS_ASYNC' });
    });
  });
});

describe('chatflows', () => {
  const turn = (conversationId?: string) => ({
    workflowId: WORKFLOW,
    botId: 'b1',
    messages: [{ role: 'user' as const, content: 'Paris' }],
    conversationId,
  });

  test.each(['full', 'bare', 'none'] as const)(
    'a question ends as a wish for a reply, and the next turn answers it (%s)',
    async (chatflowAction) => {
      await withEmulator({ scenario: shippedScenario('l-chatflow'), chatflowAction }, async (_, client) => {
        const asked = await collect(client.workflows.chat(turn()));
        expect(asked.error).toBeUndefined();
        const action = asked.events.find((event) => event.type === 'chat.requires_action')!;
        expect(action.chat.toolCalls).toMatchObject([{ id: '', type: 'reply_message', function: undefined }]);
        expect(asked.events.at(-1)).toMatchObject({ type: 'done', debugUrl: expect.stringContaining('&') });
        const { conversationId } = action.chat;
        const answered = await collect(client.workflows.chat(turn(conversationId)));
        expect(typesOf(answered.events)).toContain('chat.completed');
      });
    },
  );

  test('N: a failure whose code is text', async () => {
    await withEmulator({ scenario: shippedScenario('n-chatflow-failure') }, async (_, client) => {
      const { events, error } = await collect(client.workflows.chat(turn()));
      expect(error).toBeUndefined();
      expect(events.at(-1)).toMatchObject({
        type: 'chat.failed',
        error: { remoteCode: expect.stringMatching(/^\d+$/) },
      });
    });
  });
});

test('a run says what it is run with', async () => {
  let body: unknown;
  const client = createCozeClient({
    token: 't',
    fetch: async (_, init) => {
      body = JSON.parse(String(init?.body));
      return Response.json({ data: '{}' });
    },
  });
  await client.workflows.run({
    ...RUN,
    workflowVersion: 'v0.0.1',
    connectorId: '1024',
    appId: 'a',
    ext: { latitude: '1' },
  });
  expect(body).toEqual({
    workflow_id: WORKFLOW,
    parameters: {},
    workflow_version: 'v0.0.1',
    connector_id: '1024',
    app_id: 'a',
    ext: { latitude: '1' },
  });
});
