import { describe, expect, test } from 'vitest';
import {
  checkInvariants,
  formatTranscript,
  parseTranscript,
  replay,
  type TranscriptEntry,
} from '../src/index.ts';
import { CHAT, callIds, client, ONE_TOOL, start } from './support.ts';

const entry = (change: Partial<TranscriptEntry>): TranscriptEntry => ({
  seq: 1,
  t: 0,
  dir: 'out',
  conn: 1,
  request: 1,
  route: '/v3/chat',
  method: 'POST',
  ...change,
});
const sent = (change: Partial<TranscriptEntry> = {}) =>
  entry({
    dir: 'in',
    headers: { authorization: 'Bearer <token>' },
    body: { auto_save_history: true },
    ...change,
  });
const closed = (change: Partial<TranscriptEntry> = {}) => entry({ closed: 'complete', chat: 'c', ...change });
const action = (...ids: string[]) => {
  const tool_calls = ids.map((id) => ({ id, type: 'function', function: { name: 'x', arguments: '' } }));
  const required_action = { type: 'submit_tool_outputs', submit_tool_outputs: { tool_calls } };
  const data = JSON.stringify({ id: 'c', status: 'requires_action', required_action });
  return entry({ frame: { event: 'conversation.chat.requires_action', data }, sent: true, chat: 'c' });
};
const submit = (request: number, ids: string[], change: Partial<TranscriptEntry> = {}) =>
  sent({
    request,
    route: '/v3/chat/submit_tool_outputs?conversation_id=v&chat_id=c',
    body: { tool_outputs: ids.map((id) => ({ tool_call_id: id, output: '' })) },
    ...change,
  });
const message = (event: string, content: string) =>
  entry({ frame: { event: `conversation.message.${event}`, data: JSON.stringify({ id: 'm', content }) } });
const rules = (transcript: TranscriptEntry[], facts = {}) =>
  checkInvariants(transcript, facts).map(({ invariant }) => invariant);

const GOOD = [sent(), action('a', 'b'), closed(), submit(2, ['a', 'b'])];

test('a good transcript breaks no rule', () => {
  expect(rules(GOOD)).toEqual([]);
});

test.each([
  [
    '1 a tool ran twice',
    GOOD,
    {
      toolRuns: [
        { chatId: 'c', callId: 'a' },
        { chatId: 'c', callId: 'a' },
      ],
    },
    [1],
  ],
  ['2 no submit', GOOD.slice(0, 3), {}, [2]],
  ['2 two submits', [...GOOD, submit(3, ['a', 'b'])], {}, [2]],
  ['2 a submit without an action', [submit(1, ['a'])], {}, [2]],
  ['3 one call is missing', [...GOOD.slice(0, 3), submit(2, ['a'])], {}, [3]],
  ['3 one call too many', [...GOOD.slice(0, 3), submit(2, ['a', 'b', 'z'])], {}, [3]],
  ['4 no history', [sent({ body: {} }), ...GOOD.slice(1)], {}, [4]],
  ['5 no Authorization', [sent({ headers: {} })], {}, [5]],
  ['5 the token in the address', [sent({ route: '/v3/chat?t=<token>' })], {}, [5]],
  ['5 the token in the body', [sent({ body: { t: '<token>' } })], {}, [5]],
  ['5 the token in a log', GOOD, { logs: ['using pat_1'], secrets: ['pat_1'] }, [5]],
  ['6 a poll too fast', [sent(), entry({ violation: 'after 3 ms' })], {}, [6]],
  [
    '7 another state is shown',
    [entry({ chat: 'c', state: 'failed' })],
    { shown: [{ chatId: 'c', status: 'completed' }] },
    [7],
  ],
  ['8 a stream is open', [sent(), message('completed', 'x')], {}, [8]],
  [
    '9 deltas that do not add up',
    [message('delta', 'a'), message('delta', 'b'), message('completed', 'ac'), closed()],
    {},
    [9],
  ],
] as [string, TranscriptEntry[], object, number[]][])('%s', (_, transcript, facts, broken) => {
  expect(rules(transcript, facts)).toEqual(broken);
});

test('2 a submit whose answer was lost may be sent again', () => {
  const lost = submit(2, ['a', 'b'], { faults: ['F16'] });
  expect(rules([...GOOD.slice(0, 3), lost, submit(3, ['a', 'b'])])).toEqual([]);
  expect(rules([...GOOD.slice(0, 3), lost, submit(3, ['a', 'b']), submit(4, ['a', 'b'])])).toEqual([2]);
});

test('2 a submit whose token was refused has not reached the chat', () => {
  const refused = (request: number) => entry({ request, body: { code: 4100, msg: 'no' } });
  expect(rules([...GOOD.slice(0, 3), submit(2, ['a', 'b']), refused(2), submit(3, ['a', 'b'])])).toEqual([]);
  expect(rules([...GOOD.slice(0, 3), submit(2, ['a', 'b']), refused(2)])).toEqual([]);
  expect(rules([...GOOD, submit(3, ['a', 'b']), refused(2)])).toEqual([]);
  expect(rules([...GOOD, submit(3, ['a', 'b']), refused(1)])).toEqual([2]);
});

test.each([[[]], [['F26' as const]]])(
  'chats are told apart also where ids are numbers, with faults %o',
  async (ids) => {
    const emulator = await start({ scenario: ONE_TOOL, faults: ids.map((id) => ({ id })) });
    const { chat, submit: send } = client(emulator);
    const asked = [await chat(), await chat()];
    const queries = emulator.transcript().flatMap(({ frame }) => {
      if (frame?.event !== 'conversation.chat.created') return [];
      const [, id, conversation] = /"id":"?(\d+)"?,"conversation_id":"?(\d+)/.exec(frame.data)!;
      return [`conversation_id=${conversation}&chat_id=${id}`];
    });
    for (const [index, events] of asked.entries()) {
      await (await send(queries[index]!, { [callIds(events)[0]!]: '{}' })).text();
    }
    expect(checkInvariants(emulator.transcript())).toEqual([]);
    // One of the two chats without its submit is found out.
    const route = `/v3/chat/submit_tool_outputs?${queries[1]}`;
    const without = emulator.transcript().filter((line) => line.dir === 'out' || line.route !== route);
    expect(checkInvariants(without).map(({ invariant }) => invariant)).toEqual([2]);
  },
);

test('numbers of a body stay as they came, also in the file', async () => {
  const emulator = await start();
  const body = '{"bot_id":7400000000000000123,"user_id":"u","custom_variables":{"a":[9007199254740993]}}';
  const headers = { authorization: `Bearer ${emulator.token}`, 'content-type': 'application/json' };
  await fetch(`${emulator.url}/v3/chat`, { method: 'POST', headers, body });
  const text = formatTranscript(emulator.transcript());
  expect(text).toContain(body);
  expect(formatTranscript(parseTranscript(text))).toBe(text);
});

describe('transcripts', () => {
  async function record(seed: number) {
    const emulator = await start({ scenario: ONE_TOOL, seed });
    const { chat, chatOf, submit: send, json } = client(emulator);
    const asked = await chat();
    const { query } = chatOf(asked);
    await json('GET', `/v3/chat/retrieve?${query}`);
    await (await send(query, { [callIds(asked)[0]!]: '{"content":"<x> 你好"}' })).text();
    await json('POST', '/v3/chat', { ...CHAT, bot_id: '' });
    return emulator;
  }
  const withoutConn = (text: string) => text.replace(/"conn":\d+/g, '"conn":0');

  test('two runs with one seed are the same but for the connections', async () => {
    const [one, two, other] = await Promise.all([record(5), record(5), record(6)]);
    const text = (emulator: { transcript(): TranscriptEntry[] }) =>
      withoutConn(formatTranscript(emulator.transcript()));
    expect(text(one!)).toBe(text(two!));
    expect(text(one!)).not.toBe(text(other!));
  });

  test('come as lines and are read again', async () => {
    const emulator = await record(1);
    const text = await (await fetch(`${emulator.url}/__emu/transcript`)).text();
    expect(parseTranscript(text)).toEqual(emulator.transcript());
    expect(() => parseTranscript('{"seq":1,"route":"/"}\nnope\n')).toThrow('line 2');
  });

  test('are played again: nothing differs for the same seed, much for another', async () => {
    const recorded = (await record(5)).transcript();
    const play = async (seed: number, scenario = ONE_TOOL) => {
      const emulator = await start({ scenario, seed });
      return replay(recorded, { url: emulator.url, token: emulator.token });
    };
    expect(await play(5)).toEqual([]);
    const other = await play(5, { turns: [{ answer: ['something else'] }] });
    expect(other[0]).toMatchObject({ request: 1, what: 'frames' });
  });

  test('hide tokens that are wrong, too', async () => {
    const emulator = await start();
    await client(emulator, 'pat_somebody').request('GET', '/v1/conversations?bot_id=1');
    expect(formatTranscript(emulator.transcript())).not.toContain('pat_somebody');
  });
});
