import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Emulator, startEmulator } from '@cozecut/coze-emulator';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { cozecut, temporaryFolder } from './support.ts';

const cwd = temporaryFolder();
const WORKFLOW = '7400000000000000001';
const BOT = '7300000000000000042';
let coze: Emulator;

beforeAll(async () => {
  coze = await startEmulator({
    bots: [
      { id: BOT, name: 'Cutter' },
      { id: '7300000000000000043', name: 'Draft of a bot', published: false },
    ],
    scenario: {
      turns: [
        { answer: ['早', '间新', '闻'] },
        { toolCalls: [{ name: 'ask', arguments: {} }], next: { answer: ['done'] } },
        { answer: ['after'] },
      ],
      workflows: {
        [WORKFLOW]: {
          interrupt: { type: 2, data: 'Which city?' },
          next: {
            interrupt: {
              type: 5,
              requiredParameters: { days: { type: 'integer', required: true, description: 'How long' } },
            },
            next: { output: { text: 'planned' } },
          },
        },
      },
    },
  });
  writeFileSync(
    join(cwd, 'plugin.yaml'),
    `apiVersion: cozecut/v1
kind: Plugin
metadata: { name: trips, version: 1.0.0 }
tools:
  - name: ask
    summary: Plan
    handler: workflow:plan
    input: { type: object, properties: {} }
    output: { type: object, properties: { text: { type: string, description: Text } } }
bindings:
  bots: [{ name: cutter, region: cn, botId: "${BOT}" }, { name: open, region: cn, botId: "\${env:OTHER_BOT}" }]
  workflows: [{ name: plan, region: cn, workflowId: "${WORKFLOW}" }]
auth:
  coze: { type: pat, secret: "secret:COZE_API_TOKEN" }
`,
  );
  writeFileSync(join(cwd, 'trip.json'), '{"city": "Paris"}');
});
afterAll(() => coze.close());
beforeEach(() => coze.reset());

const run = async (args: string[], input = '') => {
  const env = { COZE_API_TOKEN: coze.token, COZE_BASE_URL: coze.url };
  const { code, stdout } = await cozecut([...args, '--json'], { cwd, env, input });
  return { code, output: JSON.parse(stdout) };
};
const plainly = (args: string[]) =>
  cozecut(args, { cwd, env: { COZE_API_TOKEN: coze.token, COZE_BASE_URL: coze.url } });
const sent = (route: string) =>
  coze
    .transcript()
    .filter((entry) => entry.dir === 'in' && entry.route.split('?')[0] === route)
    .map(({ body }) => body as Record<string, unknown>);

describe('bot', () => {
  test('list names the bots at Coze and which of them the manifest binds', async () => {
    const published = { id: BOT, name: 'Cutter', published: true, binding: 'cutter' };
    expect(await run(['bot', 'list'])).toMatchObject({ code: 0, output: { bots: [published] } });
    const { output } = await run(['bot', 'list', '--all']);
    expect(output.bots).toMatchObject([published, { name: 'Draft of a bot', published: false }]);
  });

  test('chat prints the answer, and goes on in a conversation', async () => {
    const first = await plainly(['bot', 'chat', 'cutter', '--say', '@trip.json']);
    expect({ code: first.code, stdout: first.stdout }).toEqual({ code: 0, stdout: '早间新闻\n' });
    const [begun] = sent('/v3/chat');
    expect(begun).toMatchObject({
      bot_id: BOT,
      user_id: 'cozecut',
      additional_messages: [{ role: 'user', content: '{"city": "Paris"}' }],
    });
    const conversation = /^Conversation: (\d+)$/m.exec(first.stderr)?.[1] ?? '';
    const second = await run(['bot', 'chat', 'cutter', '--say', 'and now?', '--conversation', conversation]);
    // It asks for a tool of this machine and is told that there is none, so that the conversation is free again.
    expect(second).toMatchObject({
      code: 0,
      output: { status: 'completed', answer: 'done', refused_tools: ['ask'] },
    });
    const third = await run(['bot', 'chat', BOT, '--say', 'again', '--conversation', conversation]);
    expect(third).toMatchObject({
      code: 0,
      output: { status: 'completed', answer: 'after', conversation_id: conversation },
    });
  });

  test('chat asks how the chat stands when its stream is lost', async () => {
    coze.setFaults([{ id: 'F02', on: '/v3/chat', nth: 1, afterBytes: 1200 }]);
    expect(await run(['bot', 'chat', 'cutter', '--say', 'x'])).toMatchObject({
      code: 0,
      output: { status: 'completed', answer: '早间新闻' },
    });
    expect(sent('/v3/chat')).toMatchObject([{ auto_save_history: true }]);
    expect(sent('/v3/chat/retrieve').length).toBeGreaterThan(0);
  });

  test('chat answers a call once, and none that has no id', async () => {
    await run(['bot', 'chat', 'cutter', '--say', 'first']);
    coze.setFaults([{ id: 'F17', variant: 'same-ids' }]);
    expect(await run(['bot', 'chat', 'cutter', '--say', 'x'])).toMatchObject({
      code: 0,
      output: { status: 'completed', answer: 'done' },
    });
    expect(sent('/v3/chat/submit_tool_outputs')).toMatchObject([{ tool_outputs: { length: 1 } }]);
    coze.reset();
    await run(['bot', 'chat', 'cutter', '--say', 'first']);
    coze.setFaults([{ id: 'F18', variant: 'blank-id' }]);
    expect(await run(['bot', 'chat', 'cutter', '--say', 'x'])).toMatchObject({ output: { status: 'asks' } });
    expect(sent('/v3/chat/submit_tool_outputs')).toEqual([]);
  });

  test('a name that is none, and one without an id, are told', async () => {
    const hint = 'did you mean "cutter"?';
    expect(await run(['bot', 'chat', 'cuter', '--say', 'x'])).toMatchObject({
      code: 2,
      output: { error: { code: 'BOT_UNKNOWN', hint } },
    });
    expect(await run(['bot', 'chat', 'open', '--say', 'x'])).toMatchObject({
      code: 2,
      output: { error: { code: 'BOT_ID_MISSING' } },
    });
    expect(sent('/v3/chat')).toEqual([]);
  });
});

describe('workflow', () => {
  test('list names the workflows at Coze', async () => {
    expect(await run(['workflow', 'list'])).toMatchObject({
      code: 0,
      output: { workflows: [{ id: WORKFLOW, binding: 'plan' }] },
    });
  });

  test('run asks, resume answers until the output, history knows it', { timeout: 60_000 }, async () => {
    const asked = await run(['workflow', 'run', 'plan', '--input', '-'], '{"city": "Paris"}');
    expect(asked).toMatchObject({
      code: 0,
      output: { status: 'interrupted', interrupt: { type: 2, question: 'Which city?' } },
    });
    expect(sent('/v1/workflow/run')).toMatchObject([
      { workflow_id: WORKFLOW, parameters: { city: 'Paris' } },
    ]);
    const resume = (interrupt: { event_id: string; type: number }, answer: string) =>
      run([
        ...['workflow', 'resume', 'plan', '--event', interrupt.event_id, '--type', String(interrupt.type)],
        ...['--answer', answer],
      ]);
    const form = await resume(asked.output.interrupt, 'Rome');
    expect(form).toMatchObject({
      code: 0,
      output: {
        status: 'interrupted',
        interrupt: { type: 5, parameters: [{ name: 'days', type: 'integer', isRequired: true }] },
      },
    });
    const done = await resume(form.output.interrupt, '{"days": 3}');
    expect(done).toMatchObject({ code: 0, output: { status: 'completed', output: { text: 'planned' } } });
    expect(sent('/v1/workflows/resume').map(({ resume_data }) => resume_data)).toEqual([
      'Rome',
      '{"days": 3}',
    ]);
    const history = await run(['workflow', 'history', WORKFLOW, done.output.execute_id]);
    expect(history).toMatchObject({ code: 0, output: { status: 'success', output: { text: 'planned' } } });
  });

  test('the question in words says how it is answered', async () => {
    const { code, stdout, stderr } = await plainly(['workflow', 'run', 'plan', '--input', '@trip.json']);
    expect({ code, stdout }).toEqual({ code: 0, stdout: 'Which city?\n' });
    expect(stderr).toMatch(/cozecut workflow resume plan --event \S+ --type 2 --answer/);
  });

  test('input that is no object is refused before anything is sent', async () => {
    const { code, output } = await run(['workflow', 'run', 'plan', '--input', '[1]']);
    expect({ code, error: output.error.code }).toEqual({ code: 2, error: 'INPUT_INVALID' });
    expect(sent('/v1/workflow/run')).toEqual([]);
  });
});
