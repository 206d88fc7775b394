import { CozeAPI } from '@coze/api';
import type { Emulator, EmulatorOptions } from '@cozecut/coze-emulator';
import { describe, expect, test } from 'vitest';
import { SCENARIO_A, SCENARIO_B, withEmulator } from './support.ts';

const question = { bot_id: 'b1', user_id: 'u1' };

async function withSdk(
  options: EmulatorOptions,
  use: (sdk: CozeAPI, emulator: Emulator) => Promise<void>,
): Promise<void> {
  await withEmulator(options, (emulator) =>
    use(new CozeAPI({ baseURL: emulator.url, token: emulator.token }), emulator),
  );
}

/** Names of the events; the SDK yields one object that it changes. */
async function eventsOf(events: AsyncIterable<{ event: string }>): Promise<string[]> {
  const names: string[] = [];
  for await (const { event } of events) names.push(event);
  return names;
}

// Why streams, submits and polling are not left to the SDK. A test that fails here says that a defect was repaired.
describe('@coze/api 1.3.9', () => {
  test('ends a stream normally when the connection breaks', async () => {
    await withSdk({ scenario: SCENARIO_A, faults: [{ id: 'F01', afterBytes: 1000 }] }, async (sdk) => {
      const names = await eventsOf(sdk.chat.stream(question));
      expect(names).not.toContain('conversation.chat.completed');
    });
  });

  test('ends a stream normally when it is aborted', async () => {
    await withSdk({ scenario: SCENARIO_A, faults: [{ id: 'F08', afterBytes: 1000 }] }, async (sdk) => {
      const control = new AbortController();
      const names: string[] = [];
      for await (const { event } of sdk.chat.stream(question, { signal: control.signal })) {
        names.push(event);
        control.abort();
      }
      expect(names).not.toContain('conversation.chat.completed');
    });
  });

  test('loses an error that comes as JSON with a final newline', async () => {
    const reply = {
      status: 200,
      headers: { 'content-type': 'application/json' },
      body: '{"code":4016,"msg":"busy"}\n',
    };
    await withSdk({ faults: [{ id: 'F12', reply }] }, async (sdk) => {
      expect(await eventsOf(sdk.chat.stream(question))).toEqual([]);
    });
  });

  test('fails a good stream that lacks its final newline', async () => {
    await withSdk({ scenario: SCENARIO_A, faults: [{ id: 'F03' }] }, async (sdk) => {
      await expect(eventsOf(sdk.chat.stream(question))).rejects.toThrow('Could not parse message');
    });
  });

  test('sends no submit until its events are read', async () => {
    await withSdk({ scenario: SCENARIO_B }, async (sdk, emulator) => {
      await eventsOf(sdk.chat.stream({ ...question, auto_save_history: true }));
      sdk.chat.submitToolOutputs({ conversation_id: '1', chat_id: '2', tool_outputs: [], stream: true });
      await sdk.conversations.create({});
      expect(emulator.transcript().filter(({ route }) => route.includes('submit'))).toEqual([]);
    });
  });

  test('retrieves a chat with POST, which a self-hosted service does not route', async () => {
    await withSdk({ strictMethods: true }, async (sdk) => {
      await expect(sdk.chat.retrieve('1', '2')).rejects.toMatchObject({ status: 404 });
    });
  });
});
