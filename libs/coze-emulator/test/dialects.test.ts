import { describe, expect, test } from 'vitest';
import { shippedScenario } from '../src/index.ts';
import { CHAT, client, names, ONE_TOOL, start, WORKFLOW } from './support.ts';

const studio = async (scenario = shippedScenario('a-answer'), options = {}) => {
  const emulator = await start({ dialect: 'studio', scenario, ...options });
  return { emulator, ...client(emulator) };
};

describe('studio', () => {
  test.each([
    ['POST', '/v3/chat/submit_tool_outputs'],
    ['POST', '/v3/chat/retrieve'],
    ['POST', '/v1/workflows/resume'],
    ['POST', '/v1/conversation/message/create'],
    ['GET', '/v1/conversation/message/retrieve'],
    ['POST', '/v1/conversation/message/modify'],
    ['POST', '/v1/conversation/message/delete'],
    ['GET', '/v1/files/retrieve'],
    ['GET', `/v1/workflows/${WORKFLOW}/run_histories/1`],
  ])('has no route %s %s', async (method, path) => {
    const { request } = await studio();
    expect((await request(method, path)).status).toBe(404);
  });

  test('ends a chat with stream.done and no data', async () => {
    const { request } = await studio();
    const text = await (await request('POST', '/v3/chat', CHAT)).text();
    expect(text).toMatch(/event:conversation\.stream\.done\ndata:\n\n$/);
    expect(text).not.toContain('event:done');
  });

  test('answers a wrong token with 200 and 700012006, also on streams', async () => {
    const { emulator } = await studio();
    const response = await client(emulator, 'wrong').request('POST', '/v3/chat', CHAT);
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({ code: 700012006 });
  });

  test('answers a bad request with 400/400 and a late cancel with 103200005', async () => {
    const { request, chat, chatOf, json } = await studio();
    const bad = await request('POST', '/v3/chat', { ...CHAT, bot_id: '' });
    expect([bad.status, ((await bad.json()) as { code: number }).code]).toEqual([400, 400]);
    const { id, conversation } = chatOf(await chat());
    const cancel = { chat_id: id, conversation_id: conversation };
    expect((await json('POST', '/v3/chat/cancel', cancel)).code).toBe(103200005);
  });

  test('spells cancelled with two l', async () => {
    const { json } = await studio();
    const { data } = await json('POST', '/v3/chat', { ...CHAT, stream: false });
    const ids = { chat_id: data.id, conversation_id: data.conversation_id };
    expect((await json('POST', '/v3/chat/cancel', ids)).data.status).toBe('cancelled');
    const query = `chat_id=${data.id}&conversation_id=${data.conversation_id}`;
    expect((await json('GET', `/v3/chat/retrieve?${query}`)).data.status).toBe('cancelled');
  });

  test('raises no action in a bot chat; the next message goes on', async () => {
    const { chat, chatOf } = await studio(ONE_TOOL);
    const asked = await chat();
    expect(names(asked).slice(2)).toEqual([
      'conversation.message.completed',
      'conversation.message.completed',
      'conversation.stream.done',
    ]);
    expect(JSON.parse(JSON.parse(asked[2]!.data).content)).toMatchObject({ msg_type: 'interrupt' });
    const next = await chat({}, `?conversation_id=${chatOf(asked).conversation}`);
    expect(names(next)).toContain('conversation.chat.completed');
  });

  test('chatflow: numbered frames, a bare requires_action, an error with debug_url', async () => {
    const body = {
      workflow_id: WORKFLOW,
      bot_id: 'b',
      parameters: {},
      additional_messages: [{ role: 'user', content: 'x', content_type: 'text' }],
    };
    const asked = await (await studio(shippedScenario('l-chatflow'))).events('/v1/workflows/chat', body);
    expect(asked.map(({ id }) => Number(id))).toEqual(asked.map((_, index) => index + 1));
    const action = JSON.parse(asked.find(({ event }) => event.endsWith('requires_action'))!.data);
    expect(action).toMatchObject({ status: 'requires_action', execute_id: expect.any(String) });
    expect(action).not.toHaveProperty('required_action');
    const failed = await (await studio(shippedScenario('n-chatflow-failure'))).events(
      '/v1/workflows/chat',
      body,
    );
    expect(JSON.parse(failed.at(-1)!.data)).toMatchObject({
      code: '720702204',
      debug_url: expect.any(String),
    });
  });

  test('workflows: plain error, interrupt with debug_url, 6039, 6031, history', async () => {
    const fail = { fail: { code: 5000, msg: 'node broke' } };
    const broken = await studio({ turns: [], workflows: { [WORKFLOW]: fail } });
    const events = await broken.run('/v1/workflow/stream_run');
    expect(events.at(-1)).toMatchObject({ event: 'error', data: 'node broke' });
    const asking = await studio(shippedScenario('k2-question'));
    const stopped = JSON.parse((await asking.run('/v1/workflow/stream_run')).at(-1)!.data);
    expect(Object.keys(stopped)).toEqual(['interrupt_data', 'debug_url']);
    const run = (id: string) => asking.json('POST', '/v1/workflow/run', { workflow_id: id, parameters: {} });
    expect((await run(WORKFLOW)).code).toBe(6039);
    expect((await run('1')).code).toBe(6031);
    const done = await studio(shippedScenario('k0-workflow'));
    const { execute_id: id } = await done.json('POST', '/v1/workflow/run', { workflow_id: WORKFLOW });
    const path = `/v1/workflow/get_run_history?workflow_id=${WORKFLOW}&execute_id=${id}`;
    expect((await done.json('GET', path)).data[0]).toMatchObject({ execute_status: 'Success' });
  });

  test('takes questions and answers only', async () => {
    const { json } = await studio();
    const message = { role: 'user', type: 'tool_output', content: 'x' };
    const body = { ...CHAT, auto_save_history: false, additional_messages: [message] };
    expect((await json('POST', '/v3/chat', body)).code).toBe(400);
  });
});

test.each([
  ['coze-cn', 'www.coze.cn'],
  ['coze-com', 'www.coze.com'],
] as const)('%s shows runs at %s', async (dialect, host) => {
  const emulator = await start({ dialect, scenario: shippedScenario('k0-workflow') });
  const run = await client(emulator).json('POST', '/v1/workflow/run', { workflow_id: WORKFLOW });
  expect(new URL(run.debug_url).host).toBe(host);
});
