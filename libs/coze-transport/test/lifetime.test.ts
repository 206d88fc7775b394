import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { checkInvariants } from '@cozecut/coze-emulator';
import { describe, expect, test, vi } from 'vitest';
import { createCozeClient } from '../src/index.ts';
import { handClock } from './hand-clock.ts';
import { CHAT, collect, playing, SCENARIO_A, SCENARIO_B, typesOf, withEmulator } from './support.ts';

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
    clock.advance(240_000);
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

  test('that heartbeats fill is not silence, until nothing but heartbeats came for too long', async () => {
    const clock = handClock();
    const beats = [created, 'event:PING\ndata:{}\n\n', ': ping\n\n', 'event:PING\ndata:{}\n\n'];
    const limits = { idleTimeoutMs: 30_000, heartbeatTimeoutMs: 70_000 };
    const waiting: (() => void)[] = [];
    let isDry = false;
    const fetch = async () =>
      new Response(
        new ReadableStream(
          {
            async pull(controller) {
              const beat = beats.shift();
              if (beat === undefined) {
                isDry = true;
                return new Promise(() => {});
              }
              await new Promise<void>((resolve) => waiting.push(resolve));
              controller.enqueue(Buffer.from(beat));
            },
            // Asked for bytes only when they are waited for.
          },
          { highWaterMark: 0 },
        ),
      );
    const outcome = collect(createCozeClient({ token: 't', fetch, clock, ...limits }).chat.stream(CHAT));
    for (let beat = 0; beat < 4; beat++) {
      await vi.waitFor(() => expect(waiting).toHaveLength(1));
      clock.advance(20_000);
      waiting.shift()!();
    }
    await vi.waitFor(() => expect(isDry).toBe(true));
    clock.advance(9_999);
    expect(clock.pending()).toBe(1);
    clock.advance(1);
    expect(await outcome).toMatchObject({
      events: [{ type: 'chat.created' }, { type: 'ping' }, { type: 'ping' }],
      error: { code: 'STREAM_IDLE', message: expect.stringContaining('heartbeats'), lastEvent: 'PING' },
    });
    expect(clock.pending()).toBe(0);
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

describe('a deadline', () => {
  test('ends a stream, also one that never falls silent', async () => {
    const clock = handClock();
    const stream = playing([created], 'open', { clock }).chat.stream(CHAT, { deadlineMs: 5_000 });
    await stream.next();
    const rest = collect(stream);
    clock.advance(5_000);
    expect((await rest).error).toMatchObject({ code: 'DEADLINE_EXCEEDED', lastEvent: expect.any(String) });
    expect(clock.pending()).toBe(0);
  });

  test('ends calls with one answer, by default after 30 s', async () => {
    const clock = handClock();
    const fetch = () => new Promise<Response>(() => {});
    const client = createCozeClient({ token: 't', fetch, clock });
    const ref = { conversationId: '1', chatId: '2' };
    for (const [call, deadlineMs] of [
      [() => client.chat.retrieve(ref), 30_000],
      [() => client.conversations.create({}, { deadlineMs: 7 }), 7],
      [() => client.workflows.run({ workflowId: '1', parameters: {} }), 100_000],
    ] as const) {
      const failed = expect(call()).rejects.toMatchObject({ code: 'DEADLINE_EXCEEDED' });
      await vi.waitFor(() => expect(clock.pending()).toBe(1));
      clock.advance(deadlineMs);
      await failed;
      expect(clock.pending()).toBe(0);
    }
  });
});

describe('a deadline after the terminal event', () => {
  test('is an end like silence', async () => {
    const clock = handClock();
    const stream = playing([completed], 'open', { clock }).chat.stream(CHAT, { deadlineMs: 5_000 });
    await stream.next();
    const rest = collect(stream);
    await vi.waitFor(() => expect(clock.pending()).toBe(2));
    clock.advance(5_000);
    expect(await rest).toEqual({ events: [], error: undefined });
    expect(clock.pending()).toBe(0);
  });
});

describe('nothing is left behind', () => {
  test('by calls that succeed, fail, or are left before they begin', async () => {
    const clock = handClock();
    await withEmulator({ scenario: SCENARIO_A }, async (emulator) => {
      const client = createCozeClient({ baseUrl: emulator.url, token: emulator.token, clock });
      const signal = new AbortController().signal;
      await collect(client.chat.stream(CHAT, { signal }));
      await client.conversations.create({}, { signal });
      await expect(client.chat.retrieve({ conversationId: '1', chatId: '2' }, { signal })).rejects.toThrow();
      expect(clock.pending()).toBe(0);
      const left = client.chat.stream(CHAT, { signal });
      await left.return?.();
      expect(await left.next()).toEqual({ done: true, value: undefined });
      expect(clock.pending()).toBe(0);
    });
  });

  test('by a read that is under way when the stream is closed', async () => {
    const clock = handClock();
    const stream = playing([created], 'open', { clock }).chat.stream(CHAT);
    await stream.next();
    const reading = stream.next();
    await Promise.all([expect(reading).rejects.toMatchObject({ code: 'ABORTED' }), stream.return?.()]);
    expect(clock.pending()).toBe(0);
  });

  test('not even a socket: abort, break and an early return close it', async () => {
    await withEmulator(
      { scenario: SCENARIO_B, faults: [{ id: 'F08', afterBytes: 900 }] },
      async (emulator, client) => {
        const control = new AbortController();
        const aborted = client.chat.stream(CHAT, { signal: control.signal });
        await aborted.next();
        control.abort();
        await expect(aborted.next()).rejects.toMatchObject({ code: 'ABORTED' });
        const returned = client.chat.stream(CHAT);
        await returned.next();
        await returned.return?.();
        for await (const _ of client.chat.stream(CHAT)) break;
        await vi.waitFor(() =>
          expect(emulator.transcript().filter(({ closed }) => closed === 'client')).toHaveLength(3),
        );
      },
    );
  });
});

describe('memory', () => {
  test('a slow reader slows the service down', async () => {
    const frame = Buffer.from(
      `event:conversation.message.delta\ndata:${JSON.stringify({ content: 'x'.repeat(60_000) })}\n\n`,
    );
    const TOTAL = 64 * 1024 * 1024;
    let sent = 0;
    const server = createServer(async (_req, res) => {
      res.setMaxListeners(0);
      res.writeHead(200, { 'content-type': 'text/event-stream' });
      while (sent < TOTAL && !res.destroyed) {
        sent += frame.length;
        if (!res.write(frame))
          await new Promise((resolve) => res.once('drain', resolve).once('close', resolve));
      }
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const { port } = server.address() as AddressInfo;
    const client = createCozeClient({ baseUrl: `http://127.0.0.1:${port}`, token: 't' });
    try {
      const stream = client.chat.stream(CHAT);
      await stream.next();
      // The service stops by itself while nobody reads.
      for (let before = -1; before !== sent; ) {
        before = sent;
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
      expect(sent).toBeLessThan(TOTAL / 2);
      await stream.return?.();
    } finally {
      server.closeAllConnections();
      server.close();
    }
  });

  test('an event, a body and an error page are bounded', async () => {
    const endless = () =>
      new ReadableStream<Uint8Array>({
        pull: (controller) => controller.enqueue(Buffer.alloc(64 * 1024, 'x')),
      });
    const answering = (init: ResponseInit) =>
      createCozeClient({
        token: 't',
        fetch: async () => new Response(endless(), init),
        maxEventChars: 1_000_000,
        maxResponseBytes: 1_000_000,
        retry: { maxAttempts: 1 },
      });
    const json = { headers: { 'content-type': 'application/json' } };
    const ref = { conversationId: '1', chatId: '2' };
    const tooLarge = { code: 'TOO_LARGE', retry: 'never' };
    await expect(answering(json).chat.retrieve(ref)).rejects.toMatchObject(tooLarge);
    await expect(answering(json).conversations.create()).rejects.toMatchObject(tooLarge);
    expect((await collect(answering(json).chat.stream(CHAT))).error).toMatchObject(tooLarge);
    const page = await collect(answering({ status: 502 }).chat.stream(CHAT));
    expect(page.error).toMatchObject({ code: 'COZE_SERVER_ERROR', status: 502 });
    expect((page.error as Error).message.length).toBeLessThan(500);
    // A line that is no field is not kept, a field is.
    const chunks = (text: string) => Array<string>(30).fill(text.repeat(50_000));
    const field = playing(['data:', ...chunks('x')], 'open', { maxEventChars: 1_000_000 });
    expect((await collect(field.chat.stream(CHAT))).error).toMatchObject({ code: 'STREAM_TOO_LARGE' });
    const lines = playing(chunks('data:x\n'), 'open', { maxEventChars: 1_000_000 });
    expect((await collect(lines.chat.stream(CHAT))).error).toMatchObject({ code: 'STREAM_TOO_LARGE' });
  });
});
