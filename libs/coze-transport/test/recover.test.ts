import { checkInvariants, shippedScenario } from '@cozecut/coze-emulator';
import { describe, expect, test } from 'vitest';
import { createCozeClient } from '../src/index.ts';
import { handClock, patientClock } from './hand-clock.ts';
import { CHAT, collect, SCENARIO_A, SCENARIO_B, withEmulator } from './support.ts';

const patient = (emulator: { url: string; token: string }, clock = patientClock()) =>
  createCozeClient({ baseUrl: emulator.url, token: emulator.token, clock });

/** Starts a chat whose stream breaks after its first event, and says which chat it was. */
async function lostChat(client: ReturnType<typeof patient>) {
  const { events, error } = await collect(client.chat.stream(CHAT));
  expect(error).toMatchObject({
    code: 'STREAM_TRUNCATED',
    lastEvent: expect.stringContaining('conversation'),
  });
  const first = events[0]!;
  if (first.type !== 'chat.created') throw new Error('expected chat.created');
  return { conversationId: first.chat.conversationId, chatId: first.chat.id };
}

describe('a chat whose stream was lost', () => {
  test.each(['F01', 'F02'] as const)('%s: its answer is found', async (id) => {
    await withEmulator(
      { scenario: SCENARIO_A, faults: [{ id, on: '/v3/chat', afterBytes: 900 }] },
      async (emulator) => {
        const client = patient(emulator);
        const recovered = await client.chat.recover(await lostChat(client));
        expect(recovered).toMatchObject({ chat: { status: 'completed' }, answer: 'Hello 世界 🎬 <end>' });
        expect(recovered.messages.map(({ type }) => type)).toContain('verbose');
        expect(checkInvariants(emulator.transcript())).toEqual([]);
      },
    );
  });

  test('its open action is found, and can be answered', async () => {
    await withEmulator(
      { scenario: SCENARIO_B, faults: [{ id: 'F02', on: '/v3/chat', afterBytes: 700 }] },
      async (emulator) => {
        const client = patient(emulator);
        const ref = await lostChat(client);
        const { chat } = await client.chat.recover(ref);
        expect(chat).toMatchObject({
          status: 'requires_action',
          toolCalls: [{ function: { name: 'read_file' } }],
        });
        const outputs = chat.toolCalls.map(({ id }) => ({ callId: id, output: '{}' }));
        await collect(client.chat.submitToolOutputs({ ...ref, outputs }));
        expect(await client.chat.recover(ref)).toMatchObject({ answer: 'It says 你好' });
      },
    );
  });

  test('its failure is found', async () => {
    await withEmulator(
      { scenario: shippedScenario('i-failure'), faults: [{ id: 'F02', on: '/v3/chat', afterBytes: 600 }] },
      async (emulator) => {
        const client = patient(emulator);
        expect((await client.chat.recover(await lostChat(client))).chat).toMatchObject({
          status: 'failed',
          lastError: { code: '5000', message: 'event interval error' },
        });
      },
    );
  });
});

test('O: chats without a stream are polled once a second until they are at rest', async () => {
  await withEmulator({ scenario: shippedScenario('o-polling') }, async (emulator) => {
    const clock = patientClock();
    const client = patient(emulator, clock);
    const seen: string[] = [];
    for (let turn = 0; turn < 2; turn++) {
      const { id: chatId, conversationId } = await client.chat.create(CHAT);
      let recovered = await client.chat.recover({ conversationId, chatId });
      seen.push(recovered.chat.status);
      if (recovered.chat.status === 'requires_action') {
        const outputs = recovered.chat.toolCalls.map(({ id }) => ({ callId: id, output: '{}' }));
        await client.chat.submit({ conversationId, chatId, outputs });
        recovered = await client.chat.recover({ conversationId, chatId });
        seen.push(recovered.chat.status);
      }
      expect(recovered.answer).not.toBe('');
    }
    expect(seen).toEqual(['completed', 'requires_action', 'completed']);
    expect(new Set(clock.waits)).toEqual(new Set([1000]));
  });
});

test.each(['canceled', 'cancelled'] as const)('F24: %s is an end', async (variant) => {
  await withEmulator({ scenario: SCENARIO_A, faults: [{ id: 'F24', variant }] }, async (emulator) => {
    const client = patient(emulator);
    const chat = await client.chat.create(CHAT);
    const ref = { conversationId: chat.conversationId, chatId: chat.id };
    expect((await client.chat.recover(ref)).chat.status).toBe('canceled');
  });
});

test('a chat that never rests is asked for once a second, up to the deadline', async () => {
  const clock = handClock();
  let polls = 0;
  const fetch = async () => {
    polls++;
    return Response.json({ data: { id: '2', status: 'in_progress' } });
  };
  const client = createCozeClient({ token: 't', clock, fetch });
  let error: unknown;
  client.chat
    .recover({ conversationId: '1', chatId: '2' }, { deadlineMs: 60_000 })
    .catch((reason: unknown) => {
      error = reason;
    });
  while (error === undefined) {
    // One second passes when everything else is done.
    await new Promise((resolve) => setTimeout(resolve, 1));
    clock.advance(1_000);
  }
  expect(error).toMatchObject({ code: 'DEADLINE_EXCEEDED' });
  expect(polls).toBeLessThanOrEqual(60);
  expect(clock.pending()).toBe(0);
});
