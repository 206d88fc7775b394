import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type EmulatorOptions,
  type Scenario,
  type ScriptedWorkflow,
  shippedScenario,
  startEmulator,
} from '@cozecut/coze-emulator';
import { createCozeClient } from '@cozecut/coze-transport';
import { afterAll, describe, expect, test } from 'vitest';
import {
  type BotEvent,
  createJournalState,
  type JournalEntry,
  journalOver,
  type RunEvent,
  type RunWorkflowOptions,
  runChatflow,
  runWorkflow,
  type WorkflowRunResult,
} from '../src/index.ts';
import { hostOf, saying, type TestHost } from './support.ts';

const WORKFLOW = { name: 'report', workflowId: '7400000000000000042' };

interface Outcome {
  events: RunEvent[];
  result: WorkflowRunResult;
  host: TestHost;
  /** Bodies of the resumes, oldest first. */
  resumes: Record<string, unknown>[];
  routes: string[];
}

async function run(
  emulator: EmulatorOptions,
  options: Partial<RunWorkflowOptions> & { host?: TestHost } = {},
): Promise<Outcome> {
  const coze = await startEmulator(emulator);
  try {
    const host = options.host ?? hostOf();
    const events: RunEvent[] = [];
    const result = await runWorkflow({
      client: createCozeClient({ baseUrl: coze.url, token: coze.token }),
      workflow: WORKFLOW,
      parameters: { input: 'x' },
      signal: new AbortController().signal,
      onEvent: (event) => events.push(event),
      ...options,
      host,
    });
    const sent = coze.transcript().filter(({ dir }) => dir === 'in');
    for (const event of events) expect(JSON.parse(JSON.stringify(event))).toEqual(event);
    const ends = events.filter(({ type }) => type === 'run.completed' || type === 'run.failed');
    const begins = events.filter(({ type }) => type === 'run.started' || type === 'run.continued');
    expect(ends).toHaveLength(begins.length);
    return {
      events,
      result,
      host,
      resumes: sent.flatMap(({ route, body }) =>
        /resume$/.test(route) ? [body as Record<string, unknown>] : [],
      ),
      routes: sent.map(({ route }) => route),
    };
  } finally {
    await coze.close();
  }
}

const scripted = (workflow: ScriptedWorkflow, rest: Partial<Scenario> = {}): Scenario => ({
  turns: [],
  workflows: { [WORKFLOW.workflowId]: workflow },
  ...rest,
});
/** A scripted person. */
const answers = (...texts: string[]) => {
  const asked: string[] = [];
  const answer = async ({ text }: { text: string }) => {
    asked.push(text);
    return texts.shift();
  };
  return { asked, answer };
};
const typesOf = (events: readonly { type: string }[]) => events.map(({ type }) => type);

describe.each(['stream', 'sync'] as const)('as %s', (mode) => {
  test('a run without questions', async () => {
    const { events, result } = await run({ scenario: shippedScenario('k0-workflow') }, { mode });
    expect(result.error).toBeUndefined();
    expect(events[0]).toEqual({ type: 'run.started', workflow: 'report', parameters: { input: 'x' } });
    expect(events.at(-1)).toMatchObject({ type: 'run.completed', output: result.output, resumes: 0 });
    expect(result.output).toBeTypeOf('object');
  });

  test.each(['k1-local-plugin', 'k6-local-plugin'])(
    '%s: the tool runs here, its type is echoed',
    async (name) => {
      const { result, host, resumes, routes } = await run({ scenario: shippedScenario(name) }, { mode });
      expect(host.runs).toMatchObject([{ name: 'read_file', input: { path: 'a.txt' } }]);
      expect(resumes).toMatchObject([
        {
          workflow_id: WORKFLOW.workflowId,
          interrupt_type: name === 'k1-local-plugin' ? 1 : 6,
          resume_data: '{"content":"of a.txt"}',
        },
      ]);
      expect(routes.at(-1)).toBe(mode === 'sync' ? '/v1/workflows/resume' : '/v1/workflow/stream_resume');
      expect(result).toEqual({ output: { output: 'hello' }, error: undefined });
    },
  );

  test('a question is answered by the person', async () => {
    const person = answers('Beijing', 'Berlin', 'Bern');
    const scenario = shippedScenario('k2-question');
    const { events, resumes } = await run({ scenario }, { mode, answer: person.answer });
    expect(resumes.map((body) => [body.interrupt_type, body.resume_data])).toEqual([
      [2, 'Beijing'],
      [2, 'Berlin'],
      [2, 'Bern'],
    ]);
    // A fourth answer is not asked for: Coze would not take it.
    expect(events.at(-1)).toMatchObject({ type: 'run.failed', code: 'TOO_MANY_ANSWERS' });
    expect(person.asked).toHaveLength(3);
  });

  test('an input form is filled in', async () => {
    const person = answers('Monday');
    const { result, resumes } = await run(
      { scenario: shippedScenario('k5-input') },
      { mode, answer: person.answer },
    );
    expect(person.asked).toEqual(['day (string, Which day)']);
    expect(resumes).toMatchObject([{ interrupt_type: 5, resume_data: '{"day":"Monday"}' }]);
    expect(result.output).toEqual({ output: 'Monday' });
  });

  test('an authorization is shown; the run goes on when the person has agreed', async () => {
    const scenario = shippedScenario('k7-authorization');
    const agreed = await run({ scenario }, { mode, answer: answers('').answer });
    expect(agreed.events).toContainEqual({
      type: 'authorization.requested',
      node: mode === 'stream' ? 'Plugin' : '',
      url: 'https://www.coze.cn/oauth/authorize?plugin=1',
      text: 'https://www.coze.cn/oauth/authorize?plugin=1',
    });
    expect(agreed.result.output).toEqual({ output: 'granted' });
    const alone = await run({ scenario }, { mode });
    expect(alone.events.at(-1)).toMatchObject({
      type: 'run.failed',
      code: 'AUTHORIZATION_NEEDED',
      message: expect.stringContaining('https://www.coze.cn/oauth/authorize?plugin=1'),
    });
  });

  test('a run that is stopped does not wait for the person', async () => {
    const control = new AbortController();
    const answer = () => {
      setImmediate(() => control.abort());
      return new Promise<string>(() => {});
    };
    const { events } = await run(
      { scenario: scripted({ interrupt: { type: 2, data: 'Which?' }, next: { output: 'x' } }) },
      { answer, signal: control.signal },
    );
    expect(events.at(-1)).toMatchObject({ type: 'run.failed', code: 'ABORTED' });
  });

  test('a question that nobody answers ends the run with the question', async () => {
    const { events, result } = await run({ scenario: shippedScenario('k5-input') }, { mode });
    expect(events.at(-1)).toMatchObject({ type: 'run.failed', code: 'ANSWER_NEEDED' });
    expect(result.error).toMatchObject({ code: 'ANSWER_NEEDED' });
  });

  test('a run that fails, and one that does not exist', async () => {
    const scenario = scripted({ fail: { code: 5000, msg: 'node broke' } });
    expect((await run({ scenario }, { mode })).events.at(-1)).toMatchObject({
      type: 'run.failed',
      code: 'COZE_SERVER_ERROR',
      message: expect.stringContaining('node broke'),
    });
    expect((await run({}, { mode })).events.at(-1)).toMatchObject({ code: 'COZE_NOT_FOUND' });
  });
});

describe('local plugins', () => {
  test.each(['tool_calls', 'function', 'content'] as const)('payload as %s', async (localPluginData) => {
    const scenario = shippedScenario('k6-local-plugin');
    const { host, result } = await run({ scenario, localPluginData });
    expect(host.runs).toMatchObject([{ name: 'read_file', input: { path: 'a.txt' } }]);
    expect(result.error).toBeUndefined();
  });

  test.each([
    ['garbage', { localPluginData: 'garbage' as const }],
    ['empty', { faults: [{ id: 'F28' as const, type: 6, data: 'empty' as const }] }],
    ['other JSON', { faults: [{ id: 'F28' as const, type: 1, data: 'json' as const }] }],
    ['no JSON', { faults: [{ id: 'F28' as const, type: 6, data: 'garbage' as const }] }],
  ])('a payload that is %s is shown as it came and not guessed at', async (_, options) => {
    const { host, events, resumes } = await run({ scenario: shippedScenario('k6-local-plugin'), ...options });
    expect(host.runs).toEqual([]);
    expect(resumes).toEqual([]);
    const shown = events.find(({ type }) => type === 'interrupt.unknown');
    expect(shown).toMatchObject({ data: expect.any(String), raw: expect.any(Object) });
    expect(events.at(-1)).toMatchObject({ type: 'run.failed', code: 'INTERRUPT_UNKNOWN' });
  });

  test('an interrupt of another kind is shown and stops the run', async () => {
    const { events } = await run({
      scenario: shippedScenario('k6-local-plugin'),
      faults: [{ id: 'F28', type: 99 }],
    });
    expect(events).toContainEqual(expect.objectContaining({ type: 'interrupt.unknown', interruptType: 99 }));
    expect(events.at(-1)).toMatchObject({ code: 'INTERRUPT_UNKNOWN' });
  });

  test.each([
    ['"a"', '"b"', 'a', 'b'],
    ['7', '8', '7', '8'],
    ['7400000000000000123', '7400000000000000124', '7400000000000000123', '7400000000000000124'],
    ['null', '""', 'call-1', 'call-2'],
  ])(
    'several calls of one interrupt, %s and %s, are answered together, in the form of a chat',
    async (...ids) => {
      const call = (id: string, name: string) => `{"id":${id},"function":{"name":"${name}","arguments":""}}`;
      const calls = [call(ids[0], 'list_files'), call(ids[1], 'nope')];
      const data = `{"submit_tool_outputs":{"tool_calls":[${calls}]}}`;
      const { resumes, host } = await run({
        scenario: scripted({ interrupt: { type: 6, data }, next: { output: 'ok' } }),
      });
      expect(host.runs).toHaveLength(1);
      expect(JSON.parse(resumes[0]!.resume_data as string)).toEqual({
        tool_outputs: [
          { tool_call_id: ids[2], output: '{"files":["a.txt"]}' },
          { tool_call_id: ids[3], output: expect.stringContaining('unknown_tool') },
        ],
      });
    },
  );

  test('a workflow that calls tools without end is stopped', async () => {
    let script: ScriptedWorkflow = { output: 'end' };
    const interrupt = { type: 'local_plugin' as const, call: { name: 'list_files', arguments: '' } };
    for (let n = 0; n < 4; n++) script = { interrupt, next: script };
    const { events, host } = await run({ scenario: scripted(script), maxResumes: 9 }, { maxRounds: 2 });
    expect(host.runs).toHaveLength(2);
    expect(events.at(-1)).toMatchObject({ code: 'TOO_MANY_ROUNDS' });
  });

  test('after a kill the tool does not run again, and the run goes on with what it gave', async () => {
    const disk: JournalEntry[] = [];
    const written = async (entry: JournalEntry) => void disk.push(entry);
    const first = journalOver(written);
    const coze = await startEmulator({ scenario: shippedScenario('k6-local-plugin') });
    try {
      const client = createCozeClient({ baseUrl: coze.url, token: coze.token });
      const host = hostOf();
      const options = {
        client,
        workflow: WORKFLOW,
        parameters: {},
        signal: new AbortController().signal,
        host,
      };
      // The first process dies between the end of the tool and the resume.
      await new Promise<void>((resolve) => {
        const finish: typeof first.finish = async (key, outcome) => {
          await first.finish(key, outcome);
          resolve();
          return new Promise(() => {});
        };
        void runWorkflow({ ...options, journal: { ...first, finish }, onEvent: () => {} });
      });
      const state = createJournalState();
      for (const entry of disk) state.apply(entry);
      const journal = journalOver(written, state);
      const events: RunEvent[] = [];
      coze.setScenario(scripted({ output: 'second' }));
      await runWorkflow({ ...options, journal, onEvent: (event) => events.push(event) });
      expect(host.runs).toHaveLength(1);
      expect(typesOf(events)).toEqual([
        'run.continued',
        'tool.finished',
        'run.resumed',
        'node.message',
        'run.completed',
        'run.started',
        'node.message',
        'run.completed',
      ]);
      expect(events[1]).toMatchObject({ replayed: true });
      expect(events[4]).toMatchObject({ output: { output: 'hello' } });
      expect(state.entries()).toEqual([]);
    } finally {
      await coze.close();
    }
  });
});

describe('forms', () => {
  const folder = mkdtempSync(join(tmpdir(), 'cozecut-form-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const form = (requiredParameters: object) =>
    scripted({ interrupt: { type: 5, requiredParameters }, next: { output: 'ok' } });
  const filled = async (parameters: object, ...texts: string[]) => {
    const person = answers(...texts);
    const { resumes, events } = await run({ scenario: form(parameters) }, { answer: person.answer });
    return { data: resumes[0] && JSON.parse(resumes[0].resume_data as string), events, ...person };
  };

  test('every parameter in its type', async () => {
    const parameters = {
      count: { type: 'integer', required: true },
      ok: { type: 'boolean', required: true },
      tags: { type: 'array', required: true },
      note: { type: 'string' },
      size: { type: 'number', required: true, default_value: 3 },
    };
    const { data, asked } = await filled(parameters, '12', 'true', '["a"]', '', '');
    expect(data).toEqual({ count: 12, ok: true, tags: ['a'] });
    expect(asked).toEqual([
      'count (integer)',
      'ok (boolean)',
      'tags (array)',
      'note (string, optional)',
      'size (number)',
    ]);
  });

  test('one answer that is an object fills in the whole form', async () => {
    const parameters = { a: { type: 'string', required: true }, b: { type: 'string', required: true } };
    expect((await filled(parameters, '{"a":"1","b":"2"}')).data).toEqual({ a: '1', b: '2' });
  });

  test('files in such an object are uploaded, and the rest stays as it is', async () => {
    const file = join(folder, 'whole.png');
    writeFileSync(file, 'picture');
    const parameters = {
      n: { type: 'integer', required: true },
      a: { type: 'image', required: true },
      b: { type: 'array', items: { type: 'file' } },
      c: { type: 'file' },
    };
    const uploaded = expect.stringMatching(/^\{"file_id":"\d+"\}$/);
    const answer = { n: 1, a: file, b: [file, 'https://example.com/x'], c: '' };
    const { data } = await filled(parameters, JSON.stringify(answer));
    expect(data).toEqual({ n: 1, a: uploaded, b: [uploaded, 'https://example.com/x'], c: '' });
  });

  test('an object that answers one parameter is no form', async () => {
    const parameters = { meta: { type: 'object', required: true }, a: { type: 'image', required: true } };
    const { data } = await filled(parameters, '{"x":1}', '{"file_id":"7"}');
    expect(data).toEqual({ meta: { x: 1 }, a: '{"file_id":"7"}' });
  });

  test('a parameter that is required and left out ends the run', async () => {
    const { events, data } = await filled({ a: { type: 'string', required: true } }, '');
    expect(data).toBeUndefined();
    expect(events.at(-1)).toMatchObject({ code: 'ANSWER_NEEDED' });
  });

  test('a file of this device is uploaded and named by its id, an address stays', async () => {
    const file = join(folder, 'a.png');
    writeFileSync(file, 'picture');
    const parameters = { a: { type: 'image', required: true }, b: { type: 'file', required: true } };
    const { data } = await filled(parameters, file, 'https://example.com/b.pdf');
    expect(JSON.parse(data.a)).toEqual({ file_id: expect.stringMatching(/^\d+$/) });
    expect(data.b).toBe('https://example.com/b.pdf');
  });

  test('a list of files: as JSON, or one without', async () => {
    const [one, other] = ['one.png', 'other.png'].map((name) => join(folder, name));
    for (const file of [one!, other!]) writeFileSync(file, 'picture');
    const parameters = { pictures: { type: 'array', items: { type: 'image' }, required: true } };
    const address = 'https://example.com/b.png';
    const file = expect.stringMatching(/^\{"file_id":"\d+"\}$/);
    const several = await filled(parameters, JSON.stringify([one, address, other]));
    expect(several.data).toEqual({ pictures: [file, address, file] });
    expect((await filled(parameters, one!)).data).toEqual({ pictures: [file] });
  });

  test('a file that is not there is told', async () => {
    const { events, data } = await filled({ a: { type: 'image', required: true } }, join(folder, 'no.png'));
    expect(data).toBeUndefined();
    expect(events.at(-1)).toMatchObject({
      code: 'FILE_UNREADABLE',
      message: expect.stringContaining('no.png'),
    });
  });

  test('integers that a number cannot hold stay exact', async () => {
    const { data } = await filled({ id: { type: 'integer', required: true } }, '7400000000000000042');
    expect(data).toEqual({ id: '7400000000000000042' });
  });
});

describe('streams', () => {
  test('a number that is missing is told, and the run goes on', async () => {
    const { events, result } = await run({
      scenario: shippedScenario('k0-workflow'),
      faults: [{ id: 'F27' }],
    });
    expect(events).toContainEqual(expect.objectContaining({ type: 'notice', code: 'STREAM_GAP' }));
    expect(result.error).toBeUndefined();
  });

  test('heartbeats are no events', async () => {
    const { events } = await run({ scenario: shippedScenario('m-heartbeat-workflow') });
    expect(typesOf(events)).toEqual(['run.started', 'node.message', 'node.message', 'run.completed']);
  });

  test.each(['F01', 'F02'] as const)('%s: a start that is lost is told', async (id) => {
    const { events } = await run({
      scenario: shippedScenario('k0-workflow'),
      faults: [{ id, afterBytes: 60 }],
    });
    expect(events.at(-1)).toMatchObject({ type: 'run.failed', code: 'STREAM_TRUNCATED' });
  });

  test.each(['F01', 'F02'] as const)('%s: after an answer the history tells how it went on', async (id) => {
    const { events, result, host } = await run({
      scenario: shippedScenario('k6-local-plugin'),
      faults: [{ id, on: '/v1/workflow/stream_resume', afterBytes: 30 }],
    });
    expect(events).toContainEqual(expect.objectContaining({ type: 'notice', code: 'STREAM_RECOVERED' }));
    expect(result.output).toEqual({ output: 'hello' });
    expect(host.runs).toHaveLength(1);
  });

  test('the person stops a tool: the run is told as stopped', async () => {
    const control = new AbortController();
    const host = hostOf({
      read_file: () => {
        control.abort();
        return new Promise(() => {});
      },
    });
    const { events, resumes } = await run(
      { scenario: shippedScenario('k6-local-plugin') },
      { host, signal: control.signal },
    );
    expect(resumes).toEqual([]);
    expect(events.at(-1)).toMatchObject({ type: 'run.failed', code: 'ABORTED' });
  });
});

describe('chatflows', () => {
  const chat = async (emulator: EmulatorOptions, ...texts: string[]) => {
    const coze = await startEmulator(emulator);
    try {
      const events: BotEvent[] = [];
      const error = await runChatflow({
        client: createCozeClient({ baseUrl: coze.url, token: coze.token }),
        workflow: WORKFLOW,
        botId: '7400000000000000777',
        say: saying(...texts),
        signal: new AbortController().signal,
        onEvent: (event) => events.push(event),
      });
      return { events, error };
    } finally {
      await coze.close();
    }
  };

  test.each(['full', 'bare', 'none'] as const)(
    'a question and its answer, action %s',
    async (chatflowAction) => {
      const { events, error } = await chat(
        { scenario: shippedScenario('l-chatflow'), chatflowAction },
        'hi',
        'Bern',
      );
      const ends = events.filter(({ type }) => /^(reply\.requested|answer\.completed)$/.test(type));
      expect(ends).toMatchObject([
        { turn: 1, type: 'reply.requested', text: 'Which city?' },
        { turn: 2, type: 'answer.completed', text: 'It is sunny.' },
      ]);
      expect(error).toBeUndefined();
    },
  );

  test('a failure with a code that is a text', async () => {
    const { events, error } = await chat({ scenario: shippedScenario('n-chatflow-failure') }, 'hi');
    expect(events.at(-1)).toMatchObject({ type: 'turn.failed', code: 'COZE_CONVERSATION_NAME_MISSING' });
    expect(error).toMatchObject({ remoteCode: '720702204' });
  });

  test('a local tool is refused with what works instead', async () => {
    const chatObject = {
      id: '1',
      conversation_id: '2',
      status: 'requires_action',
      required_action: {
        type: 'submit_tool_outputs',
        submit_tool_outputs: {
          tool_calls: [{ id: 'x', type: 'function', function: { name: 'read_file', arguments: '' } }],
        },
      },
    };
    const body = `event: conversation.chat.requires_action\ndata: ${JSON.stringify(chatObject)}\n\n`;
    const reply = { status: 200, headers: { 'content-type': 'text/event-stream' }, body };
    const { events } = await chat({ faults: [{ id: 'F13', on: '/v1/workflows/chat', reply }] }, 'hi');
    expect(events.at(-1)).toMatchObject({
      type: 'turn.failed',
      code: 'LOCAL_TOOLS_NOT_SUPPORTED',
      message: expect.stringContaining('read_file'),
      hint: expect.stringContaining('--bot'),
    });
  });
});
