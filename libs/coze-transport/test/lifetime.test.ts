import { checkInvariants } from '@cozecut/coze-emulator';
import { describe, expect, test, vi } from 'vitest';
import { type Clock, createCozeClient } from '../src/index.ts';
import { CHAT, collect, playing, SCENARIO_A, SCENARIO_B, typesOf, withEmulator } from './support.ts';

/** A clock whose timers run when the test says so. */
function handClock(): Clock & { advance(ms: number): void; pending(): number } {
  let nowMs = 0;
  const timers = new Set<{ at: number; run: () => void }>();
  return {
    nowMs: () => nowMs,
    after(delayMs, run) {
      const timer = { at: nowMs + delayMs, run };
      timers.add(timer);
      return () => timers.delete(timer);
    },
    advance(ms) {
      nowMs += ms;
      for (const timer of timers) {
        if (timer.at > nowMs) continue;
        timers.delete(timer);
        timer.run();
      }
    },
    pending: () => timers.size,
  };
}

const created = 'event:conversation.chat.created\ndata:{"id":"1"}\n\n';
const completed = 'event:conversation.chat.completed\ndata:{"id":"1"}\n\n';

describe('abort', () => {
  test('in the middle of a stream is ABORTED and closes the socket', async () => {
    await withEmulator(
      { scenario: SCENARIO_A, faults: [{ id: 'F08', afterBytes: 900 }] },
      async (emulator, client) => {
        const control = new AbortController();
        const stream = client.chat.stream(CHAT, { signal: control.signal });
        expect((await stream.next()).value.type).toBe('chat.created');
        const rest = collect(stream);
        control.abort();
        expect((await rest).error).toMatchObject({ code: 'ABORTED', lastEvent: expect.any(String) });
        await vi.waitFor(() => expect(checkInvariants(emulator.transcript())).toEqual([]));
        expect(emulator.transcript().at(-1)?.closed).toBe('client');
      },
    );
  });

  test('before the answer, before the call, and after the terminal event', async () => {
    const never = () => new Promise<Response>(() => {});
    const control = new AbortController();
    const waiting = collect(
      createCozeClient({ token: 't', fetch: never }).chat.stream(CHAT, { signal: control.signal }),
    );
    control.abort();
    expect((await waiting).error).toMatchObject({ code: 'ABORTED' });
    const early = playing([completed]).chat.stream(CHAT, { signal: AbortSignal.abort() });
    expect(await collect(early)).toMatchObject({ events: [], error: { code: 'ABORTED' } });
    const late = new AbortController();
    const stream = playing([completed], 'open').chat.stream(CHAT, { signal: late.signal });
    await stream.next();
    late.abort();
    expect((await collect(stream)).error).toMatchObject({ code: 'ABORTED' });
  });

  test('of calls with one answer', async () => {
    await withEmulator({}, async (_, client) => {
      const signal = AbortSignal.abort();
      const ref = { conversationId: '1', chatId: '2' };
      await expect(client.chat.retrieve(ref, { signal })).rejects.toMatchObject({ code: 'ABORTED' });
      await expect(client.chat.cancel(ref, { signal })).rejects.toMatchObject({ code: 'ABORTED' });
    });
  });
});

test('leaving the loop closes the socket', async () => {
  await withEmulator(
    { scenario: SCENARIO_B, faults: [{ id: 'F08', afterBytes: 900 }] },
    async (emulator, client) => {
      for await (const event of client.chat.stream(CHAT)) {
        expect(event.type).toBe('chat.created');
        break;
      }
      await vi.waitFor(() => expect(checkInvariants(emulator.transcript())).toEqual([]));
      expect(emulator.transcript().at(-1)?.closed).toBe('client');
    },
  );
});

describe('silence', () => {
  test('before the answer and between events is STREAM_IDLE', async () => {
    const clock = handClock();
    const never = () => new Promise<Response>(() => {});
    const waiting = collect(createCozeClient({ token: 't', fetch: never, clock }).chat.stream(CHAT));
    clock.advance(180_000);
    expect((await waiting).error).toMatchObject({ code: 'STREAM_IDLE', retry: 'backoff' });

    const stream = playing([created], 'open', { clock, idleTimeoutMs: 500 }).chat.stream(CHAT);
    await stream.next();
    const rest = collect(stream);
    await vi.waitFor(() => expect(clock.pending()).toBe(1));
    clock.advance(499);
    expect(clock.pending()).toBe(1);
    clock.advance(1);
    expect((await rest).error).toMatchObject({ code: 'STREAM_IDLE', lastEvent: 'conversation.chat.created' });
    expect(clock.pending()).toBe(0);
  });

  test('after the terminal event is the end', async () => {
    const clock = handClock();
    const stream = playing([completed], 'open', { clock }).chat.stream(CHAT);
    await stream.next();
    const rest = collect(stream);
    await vi.waitFor(() => expect(clock.pending()).toBe(1));
    clock.advance(10_000);
    expect(await rest).toEqual({ events: [], error: undefined });
  });

  test('does not count while the caller works on an event', async () => {
    const clock = handClock();
    const stream = playing([created, completed], 'eof', { clock, idleTimeoutMs: 500 }).chat.stream(CHAT);
    await stream.next();
    clock.advance(10_000);
    expect(await collect(stream)).toMatchObject({ events: [{ type: 'chat.completed' }], error: undefined });
  });
});

test('a submit is sent even when nobody reads its events', async () => {
  await withEmulator({ scenario: SCENARIO_B }, async (emulator, client) => {
    const { events } = await collect(client.chat.stream(CHAT));
    const action = events.find((event) => event.type === 'chat.requires_action');
    const { id: chatId, conversationId, toolCalls } = action!.chat;
    const outputs = toolCalls.map((call) => ({ callId: call.id, output: '{}' }));
    const ref = { conversationId, chatId };
    const stream = client.chat.submitToolOutputs({ ...ref, outputs });
    await vi.waitFor(async () => expect((await client.chat.retrieve(ref)).status).toBe('completed'));
    expect(typesOf((await collect(stream)).events).at(-1)).toBe('done');
    expect(checkInvariants(emulator.transcript())).toEqual([]);
  });
});

test('retrieve, messages, cancel and conversations', async () => {
  await withEmulator({ scenario: SCENARIO_B }, async (emulator, client) => {
    const conversation = await client.conversations.create({ name: 'n', metaData: { k: 'v' } });
    expect(conversation.metaData).toEqual({ k: 'v' });
    await collect(
      client.chat.stream({
        ...CHAT,
        conversationId: conversation.id,
        messages: [{ role: 'user', content: 'x' }],
      }),
    );
    const chatId = emulator.transcript().findLast((entry) => entry.chat)!.chat!;
    const ref = { conversationId: conversation.id, chatId };
    const chat = await client.chat.retrieve(ref);
    expect(chat).toMatchObject({
      id: chatId,
      status: 'requires_action',
      toolCalls: [{ function: { name: 'read_file' } }],
    });
    await expect(client.chat.cancel(ref)).rejects.toMatchObject({
      code: 'COZE_NOT_CANCELLABLE',
      remoteCode: '4104',
      logId: expect.any(String),
    });
    const outputs = [{ callId: chat.toolCalls[0]!.id, output: '{}' }];
    await collect(client.chat.submitToolOutputs({ ...ref, outputs }));
    const messages = await client.chat.messages.list(ref);
    expect(messages.map(({ type, content }) => [type, content])[0]).toEqual(['answer', 'It says 你好']);
    await expect(client.chat.retrieve({ conversationId: '1', chatId })).rejects.toMatchObject({
      remoteCode: '4002',
    });
    expect(emulator.transcript().find((entry) => entry.route.startsWith('/v3/chat/retrieve'))?.method).toBe(
      'GET',
    );
  });
});
