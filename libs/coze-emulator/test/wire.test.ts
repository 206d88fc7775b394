import { afterEach, expect, test } from 'vitest';
import {
  checkInvariants,
  type Emulator,
  type EmulatorOptions,
  type Scenario,
  startEmulator,
} from '../src/index.ts';

const open: Emulator[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((emulator) => emulator.close()));
});

async function start(options?: EmulatorOptions): Promise<Emulator> {
  const emulator = await startEmulator(options);
  open.push(emulator);
  return emulator;
}

function post(emulator: Emulator, path: string, body: unknown): Promise<Response> {
  return fetch(emulator.url + path, {
    method: 'POST',
    headers: { authorization: `Bearer ${emulator.token}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
}

const chatBody = {
  bot_id: 'b1',
  user_id: 'u1',
  stream: true,
  auto_save_history: true,
  additional_messages: [{ role: 'user', content: 'hi', content_type: 'text' }],
};
const oneTool: Scenario = {
  turns: [{ toolCalls: [{ name: 'read_file', arguments: { path: 'a.txt' } }], next: { answer: ['ok'] } }],
};
const C = '7400000000001000003';
const V = '7400000000001000001';
const S = '7400000000001000002';

test('stream B is framed and written to the byte as specified', async () => {
  const emulator = await start({ scenario: oneTool });
  const response = await post(emulator, '/v3/chat', chatBody);
  expect(response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
  expect(response.headers.get('x-tt-logid')).toBe('emulator-1-1');
  const chat = (status: string, action = '') =>
    `{"id":"${C}","conversation_id":"${V}","bot_id":"b1","created_at":1767225600,"completed_at":1767225600,"last_error":{"code":0,"msg":""},"status":"${status}"${action},"usage":{"token_count":0,"output_count":0,"input_count":0},"section_id":"${S}"}`;
  const action =
    ',"required_action":{"type":"submit_tool_outputs","submit_tool_outputs":{"tool_calls":[{"id":"Q0FMTC0wMDAx","type":"function","function":{"name":"read_file","arguments":"{\\"path\\":\\"a.txt\\"}"}}]}}';
  expect(await response.text()).toBe(
    `event:conversation.chat.created\ndata:${chat('created')}\n\n` +
      `event:conversation.chat.in_progress\ndata:${chat('in_progress')}\n\n` +
      `event:conversation.chat.requires_action\ndata:${chat('requires_action', action)}\n\n` +
      'event:done\ndata:"[DONE]"\n\n',
  );
});

test('angle brackets and ampersands are escaped, other text is raw', async () => {
  const emulator = await start({ scenario: { turns: [{ answer: ['<a> & 你好'] }] } });
  const text = await (await post(emulator, '/v3/chat', chatBody)).text();
  expect(text).toContain('"content":"\\u003ca\\u003e \\u0026 你好"');
});

test('done after an action and the announcement of calls are choices', async () => {
  const emulator = await start({ scenario: oneTool, doneAfterAction: false, announceCalls: true });
  const text = await (await post(emulator, '/v3/chat', chatBody)).text();
  expect(text).not.toContain('event:done');
  expect(text).toMatch(/event:conversation\.message\.completed\ndata:.*"type":"function_call"/);
});

test('the same seed and requests give the same bytes and transcript', async () => {
  const run = async (seed: number) => {
    const emulator = await start({ scenario: oneTool, seed });
    const text = await (await post(emulator, '/v3/chat', chatBody)).text();
    return text + JSON.stringify(emulator.transcript().map((entry) => ({ ...entry, conn: 0 })));
  };
  expect(await run(7)).toBe(await run(7));
  expect(await run(7)).not.toBe(await run(8));
});

test.each([
  ['no bot', { bot_id: undefined }, 4000],
  ['no user', { user_id: '' }, 4000],
  ['an unknown publish_status', { publish_status: 'draft' }, 4000],
  ['a variable with a digit', { custom_variables: { a1: 'x' } }, 4000],
  ['an extra parameter', { extra_params: { altitude: '1' } }, 4000],
  ['draft with version', { publish_status: 'unpublished_draft', bot_version: '1' }, 4000],
  [
    'picture without text',
    {
      additional_messages: [
        { role: 'user', content_type: 'object_string', content: '[{"type":"image","file_id":"1"}]' },
      ],
    },
    4000,
  ],
  ['meta_data too long', { meta_data: { k: 'x'.repeat(513) } }, 4003],
  ['101 messages', { additional_messages: Array(101).fill({ role: 'user', content: 'x' }) }, 4004],
  ['unknown role', { additional_messages: [{ role: 'system', content: 'x' }] }, 4005],
  [
    'tool output with history',
    { additional_messages: [{ role: 'user', type: 'tool_output', content: 'x' }] },
    4005,
  ],
  ['unknown bot', { bot_id: 'b2' }, 4006],
  ['no stream and no history', { stream: false, auto_save_history: false }, 4007],
  ['unpublished bot', { bot_id: 'b3' }, 4015],
])('%s is refused', async (_, change, code) => {
  const emulator = await start({ bots: [{ id: 'b1' }, { id: 'b3', published: false }] });
  const response = await post(emulator, '/v3/chat', { ...chatBody, ...change });
  expect(response.status).toBe(200);
  expect(await response.json()).toMatchObject({ code, detail: { logid: expect.any(String) } });
});

test('refusals have status 400 in the other error style', async () => {
  const emulator = await start({ errorStyle: 'http4xx' });
  expect((await post(emulator, '/v3/chat', { ...chatBody, bot_id: '' })).status).toBe(400);
});

test('a submit is checked: chat, state, ids, outputs', async () => {
  const emulator = await start({ scenario: oneTool });
  await (await post(emulator, '/v3/chat', chatBody)).text();
  const submit = async (outputs: unknown, query = `conversation_id=${V}&chat_id=${C}`) => {
    const response = await post(emulator, `/v3/chat/submit_tool_outputs?${query}`, { tool_outputs: outputs });
    return ((await response.json()) as { code: number }).code;
  };
  const good = { tool_call_id: 'Q0FMTC0wMDAx', output: '{}' };
  expect(await submit([good], `conversation_id=${V}&chat_id=1`)).toBe(4001);
  expect(await submit([good], `conversation_id=1&chat_id=${C}`)).toBe(4002);
  expect(await submit([])).toBe(4000);
  expect(await submit([{ ...good, tool_call_id: 'other' }])).toBe(4000);
  expect(await submit([good, good])).toBe(4000);
  expect(await submit([{ ...good, output: {} }])).toBe(4000);
  expect(await submit([good])).toBe(0);
  expect(await submit([good])).toBe(4000);
});

test('a submit to a chat without history answers 5000', async () => {
  const emulator = await start({ scenario: oneTool });
  await (await post(emulator, '/v3/chat', { ...chatBody, auto_save_history: false })).text();
  const response = await post(emulator, `/v3/chat/submit_tool_outputs?conversation_id=${V}&chat_id=${C}`, {
    tool_outputs: [{ tool_call_id: 'Q0FMTC0wMDAx', output: '{}' }],
  });
  expect(await response.json()).toMatchObject({ code: 5000 });
  expect(checkInvariants(emulator.transcript()).map(({ invariant }) => invariant)).toEqual([4]);
});

test('one chat at a time: a conversation that waits for outputs refuses another', async () => {
  const emulator = await start({ scenario: oneTool });
  await (await post(emulator, '/v3/chat', chatBody)).text();
  const response = await post(emulator, `/v3/chat?conversation_id=${V}`, chatBody);
  expect(await response.json()).toMatchObject({ code: 4016 });
});

test('a reply_message action is answered by the next message', async () => {
  const emulator = await start({
    scenario: { turns: [{ toolCalls: [{ type: 'reply_message' }], next: { answer: ['thanks'] } }] },
  });
  const asked = await (await post(emulator, '/v3/chat', chatBody)).text();
  expect(asked).toContain('[{"id":"","type":"reply_message","function":null,"require_info":null}]');
  const answered = await (await post(emulator, `/v3/chat?conversation_id=${V}`, chatBody)).text();
  expect(answered).toContain('"content":"thanks"');
  expect(checkInvariants(emulator.transcript())).toEqual([]);
});

test('a failed chat ends without done', async () => {
  const emulator = await start({
    scenario: { turns: [{ fail: { code: 5000, msg: 'event interval error' } }] },
  });
  const text = await (await post(emulator, '/v3/chat', chatBody)).text();
  expect(text).toMatch(/"failed_at":1767225600,"last_error":\{"code":5000,"msg":"event interval error"\}/);
  expect(text.trimEnd().endsWith('}')).toBe(true);
});

test('control routes change the scenario, show the transcript and forget', async () => {
  const emulator = await start();
  await fetch(`${emulator.url}/__emu/scenario`, { method: 'POST', body: '{"turns":[{"answer":["new"]}]}' });
  expect(await (await post(emulator, '/v3/chat', chatBody)).text()).toContain('"content":"new"');
  const bad = await fetch(`${emulator.url}/__emu/scenario`, {
    method: 'POST',
    body: '{"turns":[{"answr":[]}]}',
  });
  expect(await bad.text()).toContain('turns[0]');
  const lines = (await (await fetch(`${emulator.url}/__emu/transcript`)).text()).trimEnd().split('\n');
  expect(JSON.parse(lines[0]!)).toMatchObject({
    seq: 1,
    dir: 'in',
    headers: { authorization: 'Bearer <token>' },
  });
  expect(lines.join('')).not.toContain(emulator.token);
  await fetch(`${emulator.url}/__emu/reset`, { method: 'POST' });
  expect(emulator.transcript()).toEqual([]);
});

test('the token in a URL or no token at all breaks rule 5', async () => {
  const emulator = await start();
  await fetch(`${emulator.url}/v3/chat/retrieve?token=${emulator.token}`, {
    headers: { authorization: 'Bearer x' },
  });
  const refused = await fetch(`${emulator.url}/v3/chat/retrieve`);
  expect(refused.status).toBe(401);
  expect(await refused.json()).toMatchObject({ code: 4100, msg: 'authentication is invalid' });
  expect(checkInvariants(emulator.transcript()).map(({ invariant }) => invariant)).toEqual([5, 5]);
});

test('the rules notice a tool that ran twice, an unanswered action and a wrong submit', async () => {
  const emulator = await start({ scenario: oneTool });
  await (await post(emulator, '/v3/chat', chatBody)).text();
  const run = { chatId: C, callId: 'Q0FMTC0wMDAx' };
  const numbers = () =>
    checkInvariants(emulator.transcript(), { toolRuns: [run, run] }).map((v) => v.invariant);
  expect(numbers()).toEqual([1, 2]);
  await post(emulator, `/v3/chat/submit_tool_outputs?conversation_id=${V}&chat_id=${C}`, {
    tool_outputs: [{ tool_call_id: 'other', output: '' }],
  });
  expect(numbers()).toEqual([1, 3]);
});

test('faults bend the stream: cut, end, final newline, chunks', async () => {
  const emulator = await start({ scenario: { turns: [{ answer: ['a'] }] } });
  const whole = await (await post(emulator, '/v3/chat', chatBody)).arrayBuffer();
  const bent = async (fault: Parameters<Emulator['setFaults']>[0][number]) => {
    emulator.reset();
    emulator.setFaults([fault]);
    const response = await post(emulator, '/v3/chat', chatBody);
    const chunks: Uint8Array[] = [];
    let error: unknown;
    try {
      for await (const chunk of response.body!) chunks.push(chunk);
    } catch (caught) {
      error = caught;
    }
    return { bytes: Buffer.concat(chunks), chunks: chunks.length, error };
  };
  const reset = await bent({ id: 'F01', afterBytes: 100 });
  expect(reset.bytes).toEqual(Buffer.from(whole.slice(0, 100)));
  expect(reset.error).toBeInstanceOf(TypeError);
  const ended = await bent({ id: 'F02', afterBytes: 101 });
  expect(ended).toMatchObject({ bytes: Buffer.from(whole.slice(0, 101)), error: undefined });
  const noDone = await bent({ id: 'F02' });
  expect(noDone.bytes.toString()).not.toContain('event:done');
  const noNewline = await bent({ id: 'F03' });
  expect(noNewline.bytes).toEqual(Buffer.from(whole.slice(0, -2)));
  const chunked = await bent({ id: 'F04', chunkBytes: 1 });
  expect(chunked.bytes).toEqual(Buffer.from(whole));
  expect(chunked.chunks).toBeGreaterThan(100);
});
