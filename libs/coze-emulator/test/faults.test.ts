import { createServer } from 'node:net';
import { describe, expect, test } from 'vitest';
import {
  FAULTS,
  type Fault,
  type FaultId,
  parseFaults,
  parseScenario,
  scenarioNames,
  shippedScenario,
} from '../src/index.ts';
import {
  bentChat,
  CHAT,
  callIds,
  client,
  names,
  ONE_TOOL,
  parseEvents,
  rawPost,
  start,
  WORKFLOW,
} from './support.ts';

const SUBMIT = '/v3/chat/submit_tool_outputs';
const K0 = { scenario: shippedScenario('k0-workflow') };

/** Bytes of stream A without a fault. */
async function plainA(): Promise<Buffer> {
  return (await bentChat({ id: 'F14', on: '/nowhere' })).bytes;
}

/** A chat that waits for outputs, with faults that begin afterwards. */
async function waiting(faults: Fault[], options = {}) {
  const emulator = await start({ scenario: ONE_TOOL, ...options });
  const api = client(emulator);
  const asked = await api.chat();
  emulator.setFaults(faults);
  const [call] = callIds(asked) as [string];
  const { query } = api.chatOf(asked);
  const submit = () => rawPost(emulator, `${SUBMIT}?${query}`, outputs(call));
  return {
    emulator,
    ...api,
    call,
    query,
    submit,
    status: async () => (await api.json('GET', `/v3/chat/retrieve?${query}`)).data,
  };
}

function outputs(call: string, output = '{}') {
  return { stream: true, tool_outputs: [{ tool_call_id: call, output }] };
}

test('every fault has a name, a title and what is expected of a client', () => {
  const ids = Array.from({ length: 34 }, (_, index) => `F${String(index + 1).padStart(2, '0')}`);
  expect(Object.keys(FAULTS).sort()).toEqual(ids);
});

test.each(Object.keys(FAULTS) as FaultId[])(
  '%s by its name alone is accepted by the control route',
  async (id) => {
    const emulator = await start();
    const response = await fetch(`${emulator.url}/__emu/fault`, {
      method: 'POST',
      body: JSON.stringify({ id, nth: 9, params: {} }),
    });
    expect(response.status).toBe(200);
  },
);

test.each([
  [{ id: 'F35' }, 'faults[0].id'],
  [{}, 'id'],
  [{ id: 'F01', afterbytes: 5 }, 'afterbytes'],
  [{ id: 'F18', variant: 'gone' }, 'faults[0].variant'],
  [{ id: 'F08', params: { silenceMs: '3' } }, 'faults[0].silenceMs'],
])('the fault %o is refused with its place', async (fault, place) => {
  const emulator = await start();
  const body = JSON.stringify(fault);
  const response = await fetch(`${emulator.url}/__emu/fault`, { method: 'POST', body });
  expect(await response.json()).toMatchObject({ code: 4000, msg: expect.stringContaining(place) });
  expect(() => parseFaults([fault])).toThrow(expect.objectContaining({ code: 'FAULT_INVALID' }));
});

test('parameters of a fault can stand in params, in scenarios, too', async () => {
  const faults = [{ id: 'F02', on: '/v3/chat', nth: 1, params: { afterBytes: 9 } }];
  const scenario = parseScenario({ turns: [{ answer: ['a'] }], faults });
  expect(scenario.faults).toEqual([{ id: 'F02', on: '/v3/chat', nth: 1, afterBytes: 9 }]);
  const emulator = await start({ scenario });
  expect((await rawPost(emulator, '/v3/chat', CHAT)).bytes).toHaveLength(9);
});

test('F01 resets after k bytes, and inside a character', async () => {
  const whole = await plainA();
  const cut = await bentChat({ id: 'F01', afterBytes: 700 });
  expect(cut.bytes).toEqual(whole.subarray(0, 700));
  expect(cut.error).toBeInstanceOf(TypeError);
  const inside = await bentChat({ id: 'F01' });
  expect(inside.error).toBeInstanceOf(TypeError);
  expect(() => new TextDecoder('utf-8', { fatal: true }).decode(inside.bytes)).toThrow();
});

test('F02 ends cleanly without done', async () => {
  const { text, error } = await bentChat({ id: 'F02' });
  expect(error).toBeUndefined();
  expect(text).toContain('conversation.chat.completed');
  expect(text).not.toContain('event:done');
});

test('F01, F02 and F04 bend JSON answers, too', async () => {
  const bent = async (fault: Fault) => {
    const emulator = await start({ ...K0, faults: [fault] });
    return rawPost(emulator, '/v1/workflow/run', { workflow_id: WORKFLOW });
  };
  const whole = await bent({ id: 'F14', on: '/nowhere' });
  const reset = await bent({ id: 'F01', afterBytes: 20 });
  expect([reset.bytes, reset.error]).toEqual([whole.bytes.subarray(0, 20), expect.any(TypeError)]);
  const ended = await bent({ id: 'F02', afterBytes: 20 });
  expect([ended.bytes, ended.error]).toEqual([whole.bytes.subarray(0, 20), undefined]);
  const bytewise = await bent({ id: 'F04' });
  expect(bytewise.bytes).toEqual(whole.bytes);
  expect(bytewise.chunks).toBeGreaterThan(whole.chunks);
});

test('F03 leaves the last line ends out', async () => {
  expect((await bentChat({ id: 'F03' })).text).toMatch(/data:"\[DONE\]"$/);
});

test('F04 comes byte by byte', async () => {
  const whole = await plainA();
  const { bytes, chunks } = await bentChat({ id: 'F04' });
  expect(bytes).toEqual(whole);
  expect(chunks).toBeGreaterThan(200);
});

test('F05 spells frames otherwise', async () => {
  const plain = parseEvents((await plainA()).toString());
  const all = await bentChat({ id: 'F05' });
  expect(all.text.startsWith('\uFEFF: a comment\r\nretry: 3000\r\nfuture-field: 1\r\nevent:')).toBe(true);
  expect(parseEvents(all.text)).toEqual(plain);
  const { text } = await bentChat({ id: 'F05', forms: ['cr'] });
  expect(text).not.toContain('\n');
  expect(parseEvents(text)).toEqual(plain);
});

test('F06 has data over lines, blank data, no event, an event after its data', async () => {
  const lines = await bentChat({ id: 'F06' });
  expect(lines.text).toMatch(/^event:conversation.chat.created\ndata:\{\ndata: "id"/);
  expect(JSON.parse(parseEvents(lines.text)[0]!.data)).toMatchObject({ status: 'created' });
  expect((await bentChat({ id: 'F06', variant: 'empty-data' })).text).toContain('event:empty\ndata:\n\n');
  expect((await bentChat({ id: 'F06', variant: 'no-event' })).text).toContain('\n\ndata:{}\n\n');
  const after = await bentChat({ id: 'F06', variant: 'event-after-data' });
  expect(after.text).toMatch(/^data:\{.*\}\nevent:conversation.chat.created\n\n/);
});

test('F07 has unknown events and keys', async () => {
  const events = parseEvents((await bentChat({ id: 'F07' })).text);
  expect(names(events)).toContain('conversation.future.event');
  expect(JSON.parse(events[0]!.data)).toMatchObject({ future_field: { a: [1] }, status: 'created' });
});

describe('F08 silence', () => {
  test('for ever', async () => {
    const emulator = await start({ faults: [{ id: 'F08', afterBytes: 100 }] });
    const response = await client(emulator).request('POST', '/v3/chat', CHAT);
    const reader = response.body!.getReader();
    expect((await reader.read()).value?.length).toBe(100);
    const more = await Promise.race([reader.read(), new Promise((r) => setTimeout(() => r('silent'), 50))]);
    expect(more).toBe('silent');
    await reader.cancel();
  });

  test.each([0, 10_000])('of three minutes with a heartbeat every %i ms, on the clock', async (pingMs) => {
    const { text, emulator } = await bentChat({ id: 'F08', silenceMs: 180_000, pingMs });
    expect(text.match(/^: ping$/gm)?.length ?? 0).toBe(pingMs === 0 ? 0 : 17);
    expect(text).toContain('event:done');
    const times = emulator.transcript().map(({ t }) => t);
    expect(times.at(-1)! - times[0]!).toBeGreaterThanOrEqual(180_000);
  });
});

test.each([
  [{ id: 'F09' }, 401, 4100],
  [{ id: 'F09', variant: 'scope' }, 403, 4101],
  [{ id: 'F10' }, 429, 4020],
  [{ id: 'F10', variant: 'seconds' }, 429, 4020],
  [{ id: 'F10', variant: 'date' }, 429, 4020],
  [{ id: 'F10', variant: '4009' }, 200, 4009],
  [{ id: 'F10', variant: '4020' }, 200, 4020],
  [{ id: 'F10', variant: '4008' }, 200, 4008],
  [{ id: 'F11' }, 503, undefined],
  [{ id: 'F11', variant: '500' }, 500, undefined],
  [{ id: 'F11', variant: '502' }, 502, undefined],
  [{ id: 'F11', variant: '5000' }, 500, 5000],
  [{ id: 'F12' }, 200, 4000],
  [{ id: 'F12', variant: 'newline' }, 200, 4000],
  [{ id: 'F12', variant: 'pretty' }, 200, 4000],
  [{ id: 'F14' }, 200, 4016],
] as [Fault, number, number | undefined][])('%o answers %s with code %s', async (fault, status, code) => {
  const { response, text } = await bentChat(fault);
  expect(response?.status).toBe(status);
  if (code === undefined) expect(text).toContain('<html>');
  else expect(JSON.parse(text).code).toBe(code);
  const variant = 'variant' in fault ? fault.variant : undefined;
  const after = response?.headers.get('retry-after');
  if (variant === 'seconds') expect(after).toBe('2');
  else if (variant === 'date') expect(Date.parse(after!)).not.toBeNaN();
  else expect(after).toBeNull();
  if (variant === 'newline') expect(text.endsWith('}\n')).toBe(true);
  if (variant === 'pretty') expect(text).toContain('\n  "code"');
});

test('F09 between calls: the second request is refused, the third is not', async () => {
  const emulator = await start({ faults: [{ id: 'F09', on: '/v3/chat', nth: 2 }] });
  const { request } = client(emulator);
  const statuses = [];
  for (let n = 0; n < 3; n++) {
    const response = await request('POST', '/v3/chat', CHAT);
    statuses.push(response.status);
    await response.text();
  }
  expect(statuses).toEqual([200, 401, 200]);
});

test('F13 sends an error event at the start or after the deltas', async () => {
  expect(names(parseEvents((await bentChat({ id: 'F13' })).text))).toEqual(['error']);
  const events = names(parseEvents((await bentChat({ id: 'F13', variant: 'middle' })).text));
  expect(events.slice(-2)).toEqual(['conversation.message.delta', 'error']);
});

test.each([
  ['history', 5000],
  ['chat', 4001],
  ['call', 4000],
  ['state', 4000],
] as const)('F15 %s refuses the submit with %s and leaves the action open', async (variant, code) => {
  const { submit, status } = await waiting([{ id: 'F15', variant }]);
  expect(JSON.parse((await submit()).text).code).toBe(code);
  expect((await status()).status).toBe('requires_action');
});

test('F16 loses the answer of a submit that worked', async () => {
  const { submit, status } = await waiting([{ id: 'F16', nth: 1 }]);
  expect((await submit()).error).toBeInstanceOf(TypeError);
  expect((await status()).status).toBe('completed');
  expect(JSON.parse((await submit()).text).code).toBe(4000);
});

test('F16 again: the submit is forgotten, and the next one leads to the same action with another id', async () => {
  const { submit, status, call } = await waiting([{ id: 'F16', nth: 1, variant: 'again' }]);
  expect((await submit()).error).toBeInstanceOf(TypeError);
  expect((await status()).status).toBe('requires_action');
  const events = parseEvents((await submit()).text);
  expect(callIds(events)).toHaveLength(1);
  expect(callIds(events)[0]).not.toBe(call);
});

const ACTION = 'conversation.chat.requires_action';

test('F17 tells the same action twice, or the same call twice in it', async () => {
  const again = parseEvents((await bentChat({ id: 'F17' }, { scenario: ONE_TOOL })).text);
  expect(names(again).filter((name) => name === ACTION)).toHaveLength(2);
  const same = parseEvents((await bentChat({ id: 'F17', variant: 'same-ids' }, { scenario: ONE_TOOL })).text);
  const ids = callIds(same);
  expect(ids).toHaveLength(2);
  expect(new Set(ids).size).toBe(1);
});

test.each([
  ['empty', []],
  ['null', null],
  ['blank-id', [{ id: '', type: 'function', function: { name: 'read_file' } }]],
  ['no-function', [{ id: expect.stringMatching(/./), type: 'function', function: null }]],
  ['unknown-type', [{ id: expect.stringMatching(/./), type: 'hologram', function: null }]],
] as const)('F18 %s', async (variant, calls) => {
  const events = parseEvents((await bentChat({ id: 'F18', variant }, { scenario: ONE_TOOL })).text);
  const action = JSON.parse(events.find(({ event }) => event === ACTION)!.data);
  const got = action.required_action.submit_tool_outputs.tool_calls;
  if (calls === null) expect(got).toBeNull();
  else expect(got).toMatchObject(calls);
});

test.each([
  ['blank', /^$/],
  ['null', /^null$/],
  ['truncated', /^\{"path":"a\.t$/],
  ['array', /^\[/],
  ['nan', /NaN/],
  ['same-keys', /"path".*"path"/],
  ['large', /^.{2000000,}$/],
  ['proto', /__proto__/],
  ['texts', /"limit":"10"/],
  ['comma', /,\}$/],
] as const)('F19 %s', async (variant, pattern) => {
  const events = parseEvents((await bentChat({ id: 'F19', variant }, { scenario: ONE_TOOL })).text);
  const action = JSON.parse(events.find(({ event }) => event === ACTION)!.data);
  expect(action.required_action.submit_tool_outputs.tool_calls[0].function.arguments).toMatch(pattern);
});

test('F20 asks for a function that nobody knows', async () => {
  const { text } = await bentChat({ id: 'F20' }, { scenario: ONE_TOOL });
  expect(text).toContain('"name":"no_such_tool"');
});

test('F21 refuses a submit that is too late, and the chat has failed', async () => {
  const { submit, status } = await waiting([{ id: 'F21' }]);
  expect(JSON.parse((await submit()).text).code).toBe(4000);
  expect(await status()).toMatchObject({ status: 'failed', last_error: { code: 5000 } });
});

test('F22 refuses an output as too large', async () => {
  const page = await waiting([{ id: 'F22' }]);
  expect((await page.submit()).response?.status).toBe(413);
  const code = await waiting([{ id: 'F22', variant: 'code4000' }]);
  expect(JSON.parse((await code.submit()).text).code).toBe(4000);
  const limit = await waiting([], { maxOutputBytes: 1 });
  expect((await limit.submit()).response?.status).toBe(413);
});

test('F23 cancels the chat while its stream goes on', async () => {
  const { text, emulator } = await bentChat({ id: 'F23' });
  expect(text).toContain('event:done');
  const { query } = client(emulator).chatOf(parseEvents(text));
  const { data } = await client(emulator).json('GET', `/v3/chat/retrieve?${query}`);
  expect(data.status).toBe('canceled');
});

test.each(['canceled', 'cancelled'] as const)('F24 polls say %s', async (variant) => {
  const { status } = await waiting([{ id: 'F24', variant }]);
  expect((await status()).status).toBe(variant);
});

test.each([
  ['empty', []],
  ['blank', [{ id: '', function: { name: '' } }]],
] as const)('F25 %s: a completed chat has a required_action', async (variant, calls) => {
  const events = parseEvents((await bentChat({ id: 'F25', variant })).text);
  const chat = JSON.parse(events.find(({ event }) => event === 'conversation.chat.completed')!.data);
  expect(chat.required_action.submit_tool_outputs.tool_calls).toMatchObject(calls);
});

test('F26 has numbers for ids, texts for codes, another spelling, no error', async () => {
  const { text } = await bentChat({ id: 'F26' });
  expect(text).toMatch(/"id":\d+,"conversation_id":\d+/);
  expect(text).toContain('"status":"compleated"');
  expect(text).toContain('"last_error":null');
});

test('F27 skips a number', async () => {
  const emulator = await start({ ...K0, faults: [{ id: 'F27' }] });
  const events = await client(emulator).run('/v1/workflow/stream_run');
  expect(events.map(({ id }) => id)).toEqual(['0', '2', '3', '4']);
});

test.each([
  [{ id: 'F28' }, 99, ''],
  [{ id: 'F28', type: 6, data: 'json' }, 6, '{"tool_calls":[]}'],
  [{ id: 'F28', type: 1, data: 'garbage' }, 1, expect.stringContaining('not json')],
] as [Fault, number, unknown][])(
  '%o is an odd interrupt, in streams and answers',
  async (fault, type, data) => {
    const emulator = await start({ scenario: shippedScenario('k5-input'), faults: [fault] });
    const { run, json } = client(emulator);
    const events = await run('/v1/workflow/stream_run');
    const odd = { type, data, event_id: expect.any(String) };
    expect(JSON.parse(events.at(-1)!.data).interrupt_data).toEqual(odd);
    const answer = await json('POST', '/v1/workflow/run', { workflow_id: WORKFLOW });
    expect(answer.interrupt_data).toEqual(odd);
  },
);

test('F29 is compressed, has no charset, or ends by closing', async () => {
  const whole = await plainA();
  const gzip = await bentChat({ id: 'F29' });
  expect(gzip.response?.headers.get('content-encoding')).toBe('gzip');
  expect(gzip.bytes).toEqual(whole);
  const type = (await bentChat({ id: 'F29', variant: 'no-charset' })).response?.headers.get('content-type');
  expect(type).toBe('text/event-stream');
  const close = await bentChat({ id: 'F29', variant: 'close' });
  expect(close.response?.headers.get('transfer-encoding')).toBeNull();
  expect(close.response?.headers.get('connection')).toBe('close');
  expect(close.bytes).toEqual(whole);
});

test('F30 mid-stream: the stream ends well, the next call is refused', async () => {
  const { text, emulator } = await bentChat({ id: 'F30', variant: 'mid-stream' });
  expect(text).toContain('event:done');
  expect((await client(emulator).request('GET', '/v1/conversations?bot_id=1')).status).toBe(401);
});

test('F31 has the ways of a self-hosted service', async () => {
  expect((await bentChat({ id: 'F31' })).text).toMatch(/event:conversation\.stream\.done\ndata:\n\n$/);
  const plain = parseEvents((await bentChat({ id: 'F31', variant: 'plain-error' })).text).at(-1)!;
  expect(plain.event).toBe('error');
  expect(() => JSON.parse(plain.data)).toThrow();
  const token = await bentChat({ id: 'F31', variant: 'token' });
  expect([token.response?.status, JSON.parse(token.text).code]).toEqual([200, 700012006]);
  const none = await waiting([{ id: 'F31', variant: 'no-submit', on: SUBMIT }]);
  expect((await none.submit()).response?.status).toBe(404);
});

test('F32: somebody else was first', async () => {
  const { submit, status } = await waiting([{ id: 'F32' }]);
  expect(JSON.parse((await submit()).text).code).toBe(4000);
  expect((await status()).status).toBe('completed');
});

describe('F33', () => {
  test('resets the connection before an answer', async () => {
    const { error, bytes } = await bentChat({ id: 'F33' });
    expect(error).toBeInstanceOf(TypeError);
    expect(bytes).toHaveLength(0);
  });

  test('answers what is not HTTP', async () => {
    const { error } = await bentChat({ id: 'F33', variant: 'garbage' });
    expect(String((error as Error).cause)).toMatch(/HTTPParserError|Parse/);
  });

  test('refuses connections for a while', async () => {
    const clock = { clock: 'manual' as const, interEventMs: 0 };
    const { emulator, error } = await bentChat(
      { id: 'F33', variant: 'refused', downMs: 5000, nth: 1 },
      clock,
    );
    expect(error).toBeInstanceOf(TypeError);
    const refused = await rawPost(emulator, '/v3/chat', CHAT);
    expect((refused.error as { cause?: { code?: string } }).cause?.code).toBe('ECONNREFUSED');
    await emulator.advance(5000);
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect((await rawPost(emulator, '/v3/chat', CHAT)).text).toContain('event:done');
  });
});

test('F34 floods: one large delta, or very many; texts still add up', async () => {
  const large = parseEvents((await bentChat({ id: 'F34' })).text);
  expect(large.find(({ event }) => event.endsWith('delta'))!.data.length).toBeGreaterThan(1024 * 1024);
  const many = parseEvents((await bentChat({ id: 'F34', variant: 'many', events: 2000 })).text);
  expect(many.filter(({ event }) => event.endsWith('delta'))).toHaveLength(2003);
});

test('a fault with a probability hits the same requests for the same seed', async () => {
  const hits = async (seed: number) => {
    const emulator = await start({ faults: [{ id: 'F11', probability: 0.4, seed }] });
    const { request } = client(emulator);
    const statuses = [];
    for (let n = 0; n < 20; n++) statuses.push((await request('GET', '/v1/conversations?bot_id=1')).status);
    return statuses;
  };
  const first = await hits(3);
  expect(new Set(first)).toEqual(new Set([200, 503]));
  expect(await hits(3)).toEqual(first);
  expect(await hits(4)).not.toEqual(first);
});

test('every cut of stream B: F01 and F02 give exactly that many bytes', async () => {
  const whole = (await bentChat({ id: 'F14', on: '/nowhere' }, { scenario: ONE_TOOL })).bytes;
  const emulator = await start({ scenario: ONE_TOOL });
  for (let afterBytes = 1; afterBytes < whole.length; afterBytes++) {
    const id = afterBytes % 2 === 0 ? 'F01' : 'F02';
    emulator.reset();
    emulator.setFaults([{ id, afterBytes }]);
    const { bytes, error } = await rawPost(emulator, '/v3/chat', CHAT);
    expect(bytes).toEqual(whole.subarray(0, afterBytes));
    expect(error === undefined).toBe(id === 'F02');
  }
});

describe.each(scenarioNames())('%s', (name) => {
  const play = async (faults: Fault[]) => {
    const scenario = shippedScenario(name);
    const emulator = await start({ scenario, faults });
    const api = client(emulator);
    if (scenario.turns.length > 0) return api.chat();
    if (scenario.workflows) return api.run('/v1/workflow/stream_run');
    const message = { role: 'user', content: 'x', content_type: 'text' };
    return api.run('/v1/workflows/chat', { bot_id: 'b', additional_messages: [message] });
  };

  test.each([
    { id: 'F03' },
    { id: 'F04' },
    { id: 'F04', chunkBytes: 7 },
    { id: 'F05' },
    { id: 'F05', forms: ['cr', 'bom'] },
    { id: 'F06', variant: 'event-after-data' },
    { id: 'F29' },
  ] as Fault[])('says the same with %o', async (fault) => {
    expect(await play([fault])).toEqual(await play([]));
  });
});

test('F33 leaves no port behind', async () => {
  const emulator = await start({ faults: [{ id: 'F33', variant: 'refused', nth: 1 }] });
  await rawPost(emulator, '/v3/chat', CHAT);
  await emulator.close();
  const { port } = new URL(emulator.url);
  const probe = createServer();
  await new Promise<void>((resolve, reject) => {
    probe.once('error', reject);
    probe.listen(Number(port), '127.0.0.1', resolve);
  });
  await new Promise((resolve) => probe.close(resolve));
});
