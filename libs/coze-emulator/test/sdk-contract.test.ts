import { type ChatEventType, CozeAPI, RoleType } from '@coze/api';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { checkInvariants, type Emulator, type ScriptedWorkflow, startEmulator } from '../src/index.ts';

const question = {
  bot_id: '7400000000000000777',
  user_id: 'u1',
  additional_messages: [{ role: RoleType.User, content: 'read a.txt', content_type: 'text' as const }],
};
const tool = {
  toolCalls: [{ name: 'read_file', arguments: { path: 'a.txt' } }],
  next: { answer: ['He', 'llo'] },
};

let emulator: Emulator;
let coze: CozeAPI;

beforeEach(async () => {
  emulator = await startEmulator();
  coze = new CozeAPI({ baseURL: emulator.url, token: emulator.token });
});
afterEach(() => emulator.close());

interface Seen {
  event: string;
  data: { id: string; conversation_id: string; content?: string; required_action?: Action };
}
interface Action {
  submit_tool_outputs: { tool_calls: { id: string; function: { name: string; arguments: string } }[] };
}

/** Copies the events: the SDK changes one object for all of them. */
async function collect(
  events: AsyncIterable<{ event: ChatEventType | string; data: unknown }>,
): Promise<Seen[]> {
  const seen: Seen[] = [];
  for await (const { event, data } of events) seen.push({ event, data: data as Seen['data'] });
  return seen;
}

describe('the official SDK runs unmodified against the emulator', () => {
  test('chat stream', async () => {
    emulator.setScenario({ turns: [{ answer: ['Hel', 'lo <b>', ' 你好'] }] });
    const seen = await collect(coze.chat.stream(question));
    expect(seen.map(({ event }) => event)).toEqual([
      'conversation.chat.created',
      'conversation.chat.in_progress',
      'conversation.message.delta',
      'conversation.message.delta',
      'conversation.message.delta',
      'conversation.message.completed',
      'conversation.message.completed',
      'conversation.chat.completed',
      'done',
    ]);
    expect(seen[5]?.data.content).toBe('Hello <b> 你好');
    expect(checkInvariants(emulator.transcript())).toEqual([]);
  });

  test('tool outputs are submitted and the chat goes on', async () => {
    emulator.setScenario({ turns: [tool] });
    const seen = await collect(coze.chat.stream({ ...question, auto_save_history: true }));
    const action = seen.find(({ event }) => event === 'conversation.chat.requires_action');
    const call = action?.data.required_action?.submit_tool_outputs.tool_calls[0];
    expect(call?.function).toEqual({ name: 'read_file', arguments: '{"path":"a.txt"}' });
    const rest = await collect(
      coze.chat.submitToolOutputs({
        conversation_id: action!.data.conversation_id,
        chat_id: action!.data.id,
        tool_outputs: [{ tool_call_id: call!.id, output: '{"content":"x"}' }],
        stream: true,
      }),
    );
    expect(rest.map(({ event }) => event)).toEqual([
      'conversation.chat.in_progress',
      'conversation.message.delta',
      'conversation.message.delta',
      'conversation.message.completed',
      'conversation.message.completed',
      'conversation.chat.completed',
      'done',
    ]);
    expect(checkInvariants(emulator.transcript())).toEqual([]);
  });

  test('chat without a stream is polled, then its messages are listed', async () => {
    const chat = await coze.chat.create({ ...question, auto_save_history: true });
    expect(chat.status).toBe('in_progress');
    // The SDK polls with POST.
    const first = await coze.chat.retrieve(chat.conversation_id, chat.id);
    const second = await coze.chat.retrieve(chat.conversation_id, chat.id);
    expect([first.status, second.status]).toEqual(['in_progress', 'completed']);
    const messages = await coze.chat.messages.list(chat.conversation_id, chat.id);
    expect(messages.map(({ type }) => type)).toEqual(['answer', 'verbose']);
    expect(messages[0]?.content).toBe('Hello from the emulator.');
  });

  test('conversations are created and retrieved, and a chat joins one', async () => {
    const created = await coze.conversations.create({ meta_data: { k: 'v' } });
    const found = await coze.conversations.retrieve(created.id);
    expect(found).toMatchObject({ id: created.id, meta_data: { k: 'v' } });
    const [first] = await collect(coze.chat.stream({ ...question, conversation_id: created.id }));
    expect(first?.data.conversation_id).toBe(created.id);
  });

  test('a chat that runs can be cancelled, one that ended cannot', async () => {
    const chat = await coze.chat.create({ ...question, auto_save_history: true });
    expect((await coze.chat.cancel(chat.conversation_id, chat.id)).status).toBe('canceled');
    await expect(coze.chat.cancel(chat.conversation_id, chat.id)).rejects.toMatchObject({ code: 4104 });
  });

  describe('workflows', () => {
    const id = '7400000000000000042';
    const run = (more: object = {}) =>
      coze.workflows.runs.create({ workflow_id: id, parameters: { city: '北京' }, ...more });
    const script = (workflow: ScriptedWorkflow) =>
      emulator.setScenario({ turns: [tool], workflows: { [id]: workflow } });

    test('a run answers the text of its end node', async () => {
      script({ output: { output: 'sunny <b>', n: 1 } });
      expect(await run()).toMatchObject({
        code: 0,
        data: '{"output":"sunny <b>","n":1}',
        execute_id: expect.stringMatching(/^\d+$/),
        debug_url: expect.stringContaining(id),
      });
      script({ output: 'plain' });
      expect((await run()).data).toBe('plain');
      expect(checkInvariants(emulator.transcript())).toEqual([]);
    });

    test('a question comes beside the data', async () => {
      const data = { content_type: 'text', content: 'Which day?' };
      script({ interrupt: { type: 2, data, requiredParameters: { day: { type: 'string' } } } });
      expect(await run()).toMatchObject({
        code: 0,
        data: '',
        interrupt_data: {
          data: JSON.stringify(data),
          event_id: expect.stringMatching(/^\d+\/\d+$/),
          type: 2,
          required_parameters: { day: { type: 'string' } },
        },
      });
    });

    test('failures have their codes', async () => {
      await expect(run()).rejects.toMatchObject({ name: 'NotFoundError', code: 4200 });
      script({ fail: { code: 720701002, msg: 'server url timed out' } });
      await expect(run()).rejects.toMatchObject({ code: 720701002 });
      await expect(run({ bot_id: '1', app_id: '2' })).rejects.toMatchObject({ code: 4000 });
      await expect(run({ parameters: 'city=1' })).rejects.toMatchObject({ code: 4000 });
      await expect(run({ workflow_id: '' })).rejects.toMatchObject({ code: 4000 });
    });

    test('a script that cannot be played is refused', async () => {
      const refused = await fetch(`${emulator.url}/__emu/scenario`, {
        method: 'POST',
        body: JSON.stringify({ turns: [tool], workflows: { [id]: { interrupt: {} } } }),
      });
      expect(refused.status).toBe(400);
      expect(await refused.json()).toMatchObject({ msg: expect.stringContaining(`workflows["${id}"]`) });
    });
  });

  test('a wrong token is refused with code and log id', async () => {
    const stranger = new CozeAPI({ baseURL: emulator.url, token: 'wrong' });
    await expect(stranger.conversations.create({})).rejects.toMatchObject({
      name: 'AuthenticationError',
      code: 4100,
      logid: expect.stringMatching(/^emulator-/),
    });
  });
});
