import { describe, expect, test } from 'vitest';
import { checkInvariants } from '../src/index.ts';
import { CHAT, callIds, client, names, ONE_TOOL, parseEvents, start } from './support.ts';

const TTL = 120_000;

describe('an action expires', () => {
  test.each([
    [TTL - 1, 'requires_action'],
    [TTL, 'failed'],
  ])('after %i ms its chat is %s', async (ms, status) => {
    const emulator = await start({ scenario: ONE_TOOL, actionTtlMs: TTL, clock: 'manual', interEventMs: 0 });
    const { chat, chatOf, submit, json } = client(emulator);
    const asked = await chat();
    const { query, conversation } = chatOf(asked);
    await emulator.advance(ms);
    expect((await json('GET', `/v3/chat/retrieve?${query}`)).data.status).toBe(status);
    const again = await json('POST', `/v3/chat?conversation_id=${conversation}`, { ...CHAT, stream: false });
    // An expired action blocks its conversation no more.
    expect(again.code).toBe(status === 'failed' ? 0 : 4016);
    const late = await submit(query, { [callIds(asked)[0]!]: '{}' });
    if (status === 'failed') expect(await late.json()).toMatchObject({ code: 4000 });
    else expect(await late.text()).toContain('chat.completed');
  });

  test('on the control route, too', async () => {
    const emulator = await start({ scenario: ONE_TOOL, actionTtlMs: TTL });
    const { chat, chatOf, json } = client(emulator);
    const { query } = chatOf(await chat());
    const moved = await fetch(`${emulator.url}/__emu/clock`, {
      method: 'POST',
      body: `{"advanceMs":${TTL}}`,
    });
    expect(await moved.json()).toEqual({ nowMs: emulator.nowMs() });
    expect((await json('GET', `/v3/chat/retrieve?${query}`)).data).toMatchObject({
      status: 'failed',
      last_error: { code: 5000, msg: 'event interval error' },
    });
    const wrong = await fetch(`${emulator.url}/__emu/clock`, { method: 'POST', body: '{"advanceMs":"1"}' });
    expect(wrong.status).toBe(400);
  });
});

test('on a manual clock a stream stands still until time moves', async () => {
  const emulator = await start({ clock: 'manual', interEventMs: 1000, heartbeatMs: 400 });
  const response = await client(emulator).request('POST', '/v3/chat', CHAT);
  const reader = response.body!.getReader();
  const read = async () => Buffer.from((await reader.read()).value ?? []).toString();
  expect(await read()).toContain('conversation.chat.created');
  await emulator.advance(400);
  expect(await read()).toBe(': ping\n\n');
  await emulator.advance(400);
  expect(await read()).toBe(': ping\n\n');
  await emulator.advance(199);
  const still = await Promise.race([read(), new Promise((r) => setTimeout(() => r('still'), 30))]);
  expect(still).toBe('still');
  await emulator.advance(60_000);
  let rest = '';
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    rest += Buffer.from(value).toString();
  }
  expect(rest).toContain('event:done');
});

test('thinking after a submit, the first byte and the whole chat have their times', async () => {
  const emulator = await start({
    scenario: ONE_TOOL,
    thinkMs: 60_000,
    firstByteMs: 500,
    chatOverallMs: 30_000,
  });
  const { chat, chatOf, submit } = client(emulator);
  const before = emulator.nowMs();
  const asked = await chat();
  expect(emulator.nowMs() - before).toBeGreaterThanOrEqual(500);
  const text = await (await submit(chatOf(asked).query, { [callIds(asked)[0]!]: '{}' })).text();
  expect(names(parseEvents(text)).at(-1)).toBe('conversation.chat.failed');
});

describe('polls that are too fast', () => {
  test.each([
    [1000, undefined],
    [999, 6],
  ])('after %i ms: rule %s', async (ms, rule) => {
    const emulator = await start({ clock: 'manual', interEventMs: 0, pollsUntilReady: 9 });
    const { json } = client(emulator);
    const { data } = await json('POST', '/v3/chat', { ...CHAT, stream: false });
    const poll = () =>
      json('GET', `/v3/chat/retrieve?conversation_id=${data.conversation_id}&chat_id=${data.id}`);
    await poll();
    await emulator.advance(ms);
    expect((await poll()).code).toBe(0);
    const broken = checkInvariants(emulator.transcript()).map(({ invariant }) => invariant);
    expect(broken).toEqual(rule === undefined ? [] : [rule]);
  });

  test('can be refused with 429', async () => {
    const emulator = await start({ clock: 'manual', interEventMs: 0, fastPolls: '429' });
    const { json, request } = client(emulator);
    const { data } = await json('POST', '/v3/chat', { ...CHAT, stream: false });
    const path = `/v3/chat/retrieve?conversation_id=${data.conversation_id}&chat_id=${data.id}`;
    expect([(await request('GET', path)).status, (await request('GET', path)).status]).toEqual([200, 429]);
    expect(checkInvariants(emulator.transcript()).map(({ invariant }) => invariant)).toEqual([6]);
  });
});

test('a chat that is polled needs no time of its own', async () => {
  const emulator = await start({ clock: 'manual', interEventMs: 1000, pollsUntilReady: 0 });
  const { json } = client(emulator);
  const { data } = await json('POST', '/v3/chat', { ...CHAT, stream: false });
  const query = `conversation_id=${data.conversation_id}&chat_id=${data.id}`;
  expect((await json('GET', `/v3/chat/retrieve?${query}`)).data.status).toBe('completed');
});

test('the clock of the machine cannot be moved', async () => {
  const emulator = await start({ clock: 'real' });
  await expect(emulator.advance(1)).rejects.toThrow('cannot be moved');
});
