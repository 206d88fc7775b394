import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import {
  checkInvariants,
  loadScenario,
  parseScenario,
  SCENARIO_SCHEMA,
  scenarioNames,
  shippedScenario,
} from '../src/index.ts';
import { CHAT, callIds, client, names, start, WORKFLOW } from './support.ts';

const CREATED = ['conversation.chat.created', 'conversation.chat.in_progress'];
const DELTA = 'conversation.message.delta';
const COMPLETED = 'conversation.message.completed';
const ACTION = 'conversation.chat.requires_action';
const END = [COMPLETED, COMPLETED, 'conversation.chat.completed', 'done'];

async function play(name: string, options = {}) {
  const emulator = await start({ scenario: shippedScenario(name), ...options });
  return { emulator, ...client(emulator) };
}

test('every stream of the specification comes with the package', () => {
  const letters = new Set(scenarioNames().map((name) => name[0]));
  expect([...letters].join('')).toBe('abcdefghijklmno');
  for (const name of scenarioNames()) expect(shippedScenario(name).title).toEqual(expect.any(String));
});

test('the published schema is the one that files are checked with', () => {
  const file = new URL('../scenarios/scenario.schema.json', import.meta.url);
  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(JSON.parse(JSON.stringify(SCENARIO_SCHEMA)));
});

test('a file that is not a scenario says what is wrong and where', () => {
  const wrong = { turns: [{ answer: 'hi' }], settings: { heartbeat: 1 }, faults: [{ id: 'F99' }] };
  expect(() => parseScenario(wrong)).toThrow(
    expect.objectContaining({
      code: 'SCENARIO_INVALID',
      problems: expect.arrayContaining([
        expect.objectContaining({ message: expect.stringContaining('turns[0].answer') }),
        expect.objectContaining({ message: expect.stringContaining('heartbeat') }),
        expect.objectContaining({ message: expect.stringContaining('faults[0].id') }),
      ]),
    }),
  );
  expect(() => parseScenario({})).toThrow('turns, workflows or chatflows');
  expect(() => loadScenario('/nowhere/x.json')).toThrow('/nowhere/x.json cannot be read');
  const parse = () => ({ turns: [{ answer: ['from yaml'] }] });
  const file = new URL('../scenarios/a-answer.json', import.meta.url).pathname;
  expect(loadScenario(file, { parse }).turns).toEqual([{ answer: ['from yaml'] }]);
});

test('A: an answer', async () => {
  const { chat, emulator } = await play('a-answer');
  const events = await chat();
  expect(names(events)).toEqual([...CREATED, DELTA, DELTA, DELTA, ...END]);
  expect(JSON.parse(events[5]!.data).content).toBe('Hello, 世界 🎬');
  expect(events.at(-1)?.data).toBe('"[DONE]"');
  expect(checkInvariants(emulator.transcript())).toEqual([]);
});

test.each([true, false])('B: one tool, done after the action %s', async (doneAfterAction) => {
  const { chat, chatOf, submit, emulator } = await play('b-one-tool', { doneAfterAction });
  const asked = await chat();
  expect(names(asked)).toEqual([...CREATED, ACTION, ...(doneAfterAction ? ['done'] : [])]);
  const { query, id } = chatOf(asked);
  const answered = await (await submit(query, { [callIds(asked)[0]!]: '{}' })).text();
  expect(answered).toContain(`"id":"${id}"`);
  expect(checkInvariants(emulator.transcript())).toEqual([]);
});

test('C: two rounds with different call ids in one chat', async () => {
  const { chat, chatOf, submit } = await play('c-two-rounds');
  const first = await chat();
  const { query } = chatOf(first);
  const second = await (await submit(query, { [callIds(first)[0]!]: '{}' })).text();
  const next = /"tool_calls":\[\{"id":"(\w+)"/.exec(second)![1]!;
  expect(next).not.toBe(callIds(first)[0]);
  expect(await (await submit(query, { [next]: '{}' })).text()).toContain('conversation.chat.completed');
});

test.each([false, true])('D: two calls, partial submits %s', async (partialSubmit) => {
  const { chat, chatOf, submit } = await play('d-two-calls', { partialSubmit });
  const asked = await chat();
  const { query } = chatOf(asked);
  const [one, two] = callIds(asked) as [string, string];
  const partial = await (await submit(query, { [one]: '{}' })).json();
  if (partialSubmit) {
    expect(partial).toMatchObject({ code: 0, data: { status: 'requires_action' } });
    expect(await (await submit(query, { [two]: '{}' })).text()).toContain('chat.completed');
  } else {
    expect(partial).toMatchObject({ code: 4000, msg: expect.stringContaining(two) });
    expect(await (await submit(query, { [one]: '{}', [two]: '{}' })).text()).toContain('chat.completed');
  }
});

test('E: arguments of a tool without parameters are blank', async () => {
  const { chat } = await play('e-no-arguments');
  expect((await chat()).find(({ event }) => event === ACTION)?.data).toContain('"arguments":""');
});

test.each([
  ['{"image":"nothing"}', 'conversation.chat.failed'],
  ['not json', 'conversation.chat.failed'],
  ['{"image":"https://example.com/a.png"}', 'conversation.chat.completed'],
  ['upload', 'conversation.chat.completed'],
])('F: an image output of %s gives %s', async (output, end) => {
  const { chat, chatOf, submit, emulator } = await play('f-image-tool');
  const asked = await chat();
  let value = output;
  if (output === 'upload') {
    const form = new FormData();
    form.append('file', new Blob(['png']), 'a.png');
    const headers = { authorization: `Bearer ${emulator.token}` };
    const response = await fetch(`${emulator.url}/v1/files/upload`, { method: 'POST', headers, body: form });
    const { data } = (await response.json()) as { data: { id: string } };
    value = JSON.stringify({ image: data.id });
  }
  const text = await (await submit(chatOf(asked).query, { [callIds(asked)[0]!]: value })).text();
  expect(text).toContain(end);
  if (end.endsWith('failed')) expect(text).toContain('"last_error":{"code":4000');
});

test('G: a question to the person takes no submit and is answered by the next message', async () => {
  const { chat, chatOf, submit, json } = await play('g-reply-message');
  const asked = await chat();
  expect(asked.find(({ event }) => event === ACTION)?.data).toContain(
    '[{"id":"","type":"reply_message","function":null,"require_info":null}]',
  );
  const { conversation, query } = chatOf(asked);
  expect(await (await submit(query, { '': 'x' })).json()).toMatchObject({ code: 4000 });
  const answered = await chat({}, `?conversation_id=${conversation}`);
  expect(names(answered)).toEqual([...CREATED, DELTA, ...END]);
  expect((await json('GET', `/v3/chat/retrieve?${query}`)).data.status).toBe('completed');
});

test('H: a request for information, alone and beside a tool', async () => {
  const alone = await play('h-require-info');
  expect((await alone.chat()).find(({ event }) => event === ACTION)?.data).toMatch(
    /\[\{"id":"\w+","type":"require_info","function":null,"require_info":\{"infos":\["location"\]\}\}\]/,
  );
  const mixed = await play('h-require-info-and-tool');
  const asked = await mixed.chat();
  const ids = callIds(asked);
  expect(ids).toHaveLength(2);
  const text = await (await mixed.submit(mixed.chatOf(asked).query, { [ids[1]!]: '{}' })).text();
  expect(text).toContain('chat.completed');
});

test.each([
  ['i-failure', []],
  ['i-failure-done', ['done']],
])('I: %s', async (name, end) => {
  const events = await (await play(name)).chat();
  expect(names(events)).toEqual([...CREATED, 'conversation.chat.failed', ...end]);
  expect(JSON.parse(events[2]!.data)).toMatchObject({
    failed_at: expect.any(Number),
    last_error: { code: 5000, msg: 'event interval error' },
  });
});

test('J: audio after the end', async () => {
  const events = await (await play('j-audio')).chat();
  const after = events.slice(names(events).indexOf('conversation.chat.completed') + 1);
  expect(names(after)).toEqual(['conversation.audio.delta', 'conversation.audio.delta', 'done']);
  expect(JSON.parse(after[0]!.data)).toMatchObject({ content_type: 'audio', content: expect.any(String) });
});

describe('K: workflows', () => {
  const STREAM = '/v1/workflow/stream_run';
  const RESUME = '/v1/workflow/stream_resume';

  test('K0: messages, end node, Done; numbered without gaps', async () => {
    const { request } = await play('k0-workflow');
    const text = await (await request('POST', STREAM, { workflow_id: WORKFLOW, parameters: {} })).text();
    expect(text).toBe(
      'id: 0\nevent: Message\ndata: {"content":"Looking ","content_type":"text","node_is_finish":false,"node_seq_id":"0","node_title":"Output"}\n\n' +
        'id: 1\nevent: Message\ndata: {"content":"it up","content_type":"text","node_is_finish":true,"node_seq_id":"1","node_title":"Output"}\n\n' +
        'id: 2\nevent: Message\ndata: {"content":"{\\"output\\":\\"sunny\\",\\"degrees\\":21}","content_type":"text","node_is_finish":true,"node_seq_id":"0","node_title":""}\n\n' +
        'id: 3\nevent: Done\ndata: {}\n\n',
    );
  });

  const interruptOf = (events: { data: string }[]) => JSON.parse(events.at(-1)!.data).interrupt_data;
  const answer = ({ event_id, type }: { event_id: string; type: number }) => ({
    event_id,
    interrupt_type: type,
    resume_data: 'x',
  });

  test('K2: a question is answered three times; numbers begin anew; the fourth is refused', async () => {
    const { run, json } = await play('k2-question');
    let events = await run(STREAM);
    for (let count = 1; count <= 3; count++) {
      expect(names(events)).toEqual(['Message', 'Interrupt']);
      expect(events[0]?.id).toBe('0');
      expect(interruptOf(events)).toMatchObject({ type: 2, data: '' });
      events = await run(RESUME, answer(interruptOf(events)));
    }
    const last = answer(interruptOf(events));
    events = await run(RESUME, last);
    expect(names(events)).toEqual(['Error']);
    expect(JSON.parse(events[0]!.data)).toMatchObject({ error_code: 4315 });
    expect(await json('POST', RESUME, { workflow_id: WORKFLOW, ...last })).toMatchObject({ code: 4315 });
  });

  test('K5: inputs have parameters', async () => {
    const events = await (await play('k5-input')).run(STREAM);
    const interrupt = interruptOf(events);
    expect(interrupt).toMatchObject({ type: 5, required_parameters: { day: { required: true } } });
    expect(JSON.parse(interrupt.data).content).toContain('"day"');
  });

  test.each([
    ['k6-local-plugin', 6],
    ['k1-local-plugin', 1],
  ])('%s: every shape of the payload, then resumed', async (name, type) => {
    for (const localPluginData of ['tool_calls', 'function', 'content', 'garbage'] as const) {
      const { run } = await play(name, { localPluginData });
      const interrupt = interruptOf(await run(STREAM));
      expect(interrupt.type).toBe(type);
      expect(interrupt.data).toContain('read_file');
      if (localPluginData !== 'garbage') expect(() => JSON.parse(interrupt.data)).not.toThrow();
      else expect(() => JSON.parse(interrupt.data)).toThrow();
      expect(names(await run(RESUME, answer(interrupt)))).toEqual(['Message', 'Done']);
    }
  });

  test('K7: an authorization has an address', async () => {
    const interrupt = interruptOf(await (await play('k7-authorization')).run(STREAM));
    expect(interrupt).toMatchObject({ type: 7, data: expect.stringMatching(/^https:/) });
  });

  test('without a stream: the interrupt is in the answer and workflows/resume goes on', async () => {
    const { json } = await play('k5-input');
    const run = await json('POST', '/v1/workflow/run', { workflow_id: WORKFLOW, parameters: {} });
    expect(run).toMatchObject({ code: 0, interrupt_data: { type: 5 } });
    const resume = { workflow_id: WORKFLOW, ...answer(run.interrupt_data) };
    const wrong = async (change: object) =>
      (await json('POST', '/v1/workflows/resume', { ...resume, ...change })).code;
    expect(await wrong({ interrupt_type: 2 })).toBe(4000);
    expect(await wrong({ event_id: '1/2' })).toBe(4314);
    expect(await wrong({ resume_data: undefined })).toBe(4000);
    const done = await json('POST', '/v1/workflows/resume', resume);
    expect(done).toMatchObject({ code: 0, data: '{"output":"Monday"}', execute_id: run.execute_id });
    expect(await wrong({})).toBe(4315);
  });

  test('asynchronous: no code in the answer, then the history', async () => {
    const { json } = await play('k0-workflow');
    const body = { workflow_id: WORKFLOW, parameters: {}, is_async: true };
    const run = await json('POST', '/v1/workflow/run', body);
    expect(run).toEqual({ execute_id: expect.any(String), debug_url: expect.any(String), msg: '' });
    const path = `/v1/workflows/${WORKFLOW}/run_histories/${run.execute_id}`;
    expect((await json('GET', path)).data[0]).toMatchObject({ execute_status: 'Running', run_mode: 2 });
    const [done] = (await json('GET', path)).data;
    expect(done).toMatchObject({ execute_status: 'Success', error_code: '0', is_output_trimmed: false });
    expect(JSON.parse(JSON.parse(done.output).Output)).toEqual({ output: 'sunny', degrees: 21 });
    const node = done.node_execute_status.Output.node_execute_uuid;
    expect((await json('GET', `${path}/execute_nodes/${node}`)).data.node_output).toBe('Looking it up');
    expect((await json('GET', `${path}1`)).code).toBe(4314);
    const poor = await play('k0-workflow', { asyncRuns: false });
    expect((await poor.json('POST', '/v1/workflow/run', body)).code).toBe(6003);
  });
});

describe('L and N: chatflows', () => {
  const body = {
    workflow_id: WORKFLOW,
    app_id: 'a',
    parameters: {},
    additional_messages: [{ role: 'user', content: 'weather', content_type: 'text' }],
  };

  test.each([
    ['full', true],
    ['bare', false],
    ['none', undefined],
  ])('L: it asks (%s), then answers in the same conversation', async (chatflowAction, hasAction) => {
    const { events, chatOf, request, json } = await play('l-chatflow', { chatflowAction });
    const asked = await events('/v1/workflows/chat', body);
    expect(names(asked)).toEqual([
      ...CREATED,
      DELTA,
      DELTA,
      COMPLETED,
      COMPLETED,
      COMPLETED,
      ...(hasAction === undefined ? [] : [ACTION]),
      'done',
    ]);
    const action = asked.find(({ event }) => event === ACTION);
    if (action) expect('required_action' in JSON.parse(action.data)).toBe(hasAction);
    expect(asked[0]?.data).not.toContain('bot_id');
    expect(asked[6]?.data).toContain('\\\\\\"finish_reason\\\\\\":1');
    const response = await request('POST', '/v1/workflows/chat', {
      ...body,
      conversation_id: chatOf(asked).conversation,
    });
    const text = await response.text();
    expect(text).toMatch(/^event: conversation\.chat\.created\ndata: \{/);
    expect(text).toContain('"content":"It is sunny."');
    const said = await json(
      'POST',
      `/v1/conversation/message/list?conversation_id=${chatOf(asked).conversation}`,
      {},
    );
    expect(said.data.map(({ content }: { content: string }) => content)).toEqual([
      'It is sunny.',
      'weather',
      'Which city?',
      'weather',
    ]);
    expect(text).toMatch(/event: done\ndata: \{"debug_url":"https:[^"]*\\u0026workflow_id=/);
  });

  test('N: it fails with a code that is a text, and ends', async () => {
    const events = await (await play('n-chatflow-failure')).events('/v1/workflows/chat', body);
    expect(names(events)).toEqual([...CREATED, 'conversation.chat.failed']);
    expect(JSON.parse(events[2]!.data)).toEqual({ code: '720702204', msg: expect.any(String) });
  });

  test.each([
    [{ bot_id: 'b' }, 4000],
    [{ app_id: undefined }, 4000],
    [{ parameters: undefined }, 4000],
    [{ additional_messages: [] }, 4000],
    [{ additional_messages: Array(51).fill(body.additional_messages[0]) }, 4004],
    [{ workflow_id: '1' }, 4200],
    [{ conversation_id: '1' }, 4002],
  ])('%o is refused with %s', async (change, code) => {
    const { json } = await play('l-chatflow');
    expect((await json('POST', '/v1/workflows/chat', { ...body, ...change })).code).toBe(code);
  });
});

test('M: heartbeats are comments in chats and PING in workflows', async () => {
  const { request } = await play('m-heartbeat-chat');
  const text = await (await request('POST', '/v3/chat', CHAT)).text();
  expect(text.match(/^: ping$/gm)?.length).toBe(8);
  for (const heartbeatData of ['{}', ''] as const) {
    const { run } = await play('m-heartbeat-workflow', { heartbeatData });
    const events = await run('/v1/workflow/stream_run');
    expect(names(events)).toEqual(['Message', 'PING', 'PING', 'PING', 'PING', 'Message', 'Done']);
    expect(events.find(({ event }) => event === 'PING')?.data).toBe(heartbeatData);
    expect(events.map(({ id }) => Number(id))).toEqual(events.map((_, index) => index));
  }
});

test('O: polls, a submit without a stream, more polls, the messages', async () => {
  const { json, submit, emulator } = await play('o-polling');
  const ask = { stream: false, bot_id: 'b', user_id: 'u', auto_save_history: true };
  const statuses = async (query: string) => {
    const seen: string[] = [];
    for (let poll = 0; poll < 4; poll++) {
      seen.push((await json('GET', `/v3/chat/retrieve?${query}`)).data.status);
    }
    return seen;
  };
  const first = await json('POST', '/v3/chat', ask);
  expect(first).toMatchObject({
    code: 0,
    msg: '',
    data: { status: 'in_progress' },
    detail: { logid: expect.any(String) },
  });
  const working = ['in_progress', 'in_progress', 'in_progress'];
  const firstQuery = `conversation_id=${first.data.conversation_id}&chat_id=${first.data.id}`;
  expect(await statuses(firstQuery)).toEqual([...working, 'completed']);
  const { data: messages } = await json('GET', `/v3/chat/message/list?${firstQuery}`);
  expect(messages.map(({ type }: { type: string }) => type)).toEqual(['answer', 'verbose']);

  const { data } = await json('POST', '/v3/chat', ask);
  const query = `conversation_id=${data.conversation_id}&chat_id=${data.id}`;
  expect(await statuses(query)).toEqual([...working, 'requires_action']);
  const chat = await json('GET', `/v3/chat/retrieve?${query}`);
  const [{ id }] = chat.data.required_action.submit_tool_outputs.tool_calls;
  const submitted = await (await submit(query, { [id]: '{}' }, false)).json();
  expect(submitted).toMatchObject({ code: 0, data: { status: 'in_progress' } });
  expect(await statuses(query)).toEqual([...working, 'completed']);
  expect(checkInvariants(emulator.transcript())).toEqual([]);
});
