import { type Emulator, type ScriptedWorkflow, startEmulator } from '@cozecut/coze-emulator';
import { createCozeClient, type WorkflowRun } from '@cozecut/coze-transport';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Answer, Answerer, Question, WorkflowResult, Workflows } from '../src/index.ts';
import { hostOf, manifestOfGuide, outcome, temporaryFolder } from './support/plugin.ts';

const folder = temporaryFolder();
const ID = '7400000000000000042';
let emulator: Emulator;
let workflows: Workflows;
beforeAll(async () => {
  emulator = await startEmulator();
  const client = createCozeClient({ baseUrl: emulator.url, token: emulator.token });
  const resultOf = (workflowId: string, run: WorkflowRun): WorkflowResult => {
    if (run.status === 'completed') return { data: run.data };
    const { interrupt } = run;
    return {
      interrupted: interrupt,
      resume: async (answer, options) => {
        const { eventId, type: interruptType } = interrupt;
        const resumed = { workflowId, eventId, interruptType, resumeData: answer };
        return resultOf(workflowId, await client.workflows.resume(resumed, options));
      },
    };
  };
  workflows = {
    run: async ({ workflowId }, parameters, options) =>
      resultOf(workflowId, await client.workflows.run({ workflowId, parameters }, options)),
  };
});
afterAll(() => emulator.close());
beforeEach(() => emulator.reset());

const script = (workflow: ScriptedWorkflow) =>
  emulator.setScenario({ turns: [{ answer: ['unused'] }], workflows: { [ID]: workflow } });
const film = (change: (manifest: string) => string = (text) => text) =>
  hostOf(folder, change(manifestOfGuide('films')), { workflows });
const sent = () =>
  emulator.transcript().find(({ dir, route }) => dir === 'in' && route === '/v1/workflow/run')?.body;

test('the guide: parameters from the input, output from the answer', async () => {
  script({ output: { files: [{ url: 'https://films.example/1.mp4' }], seconds: 4.5, more: 'x' } });
  const output = await outcome(film(), { script: '{voice}', scenes: [{ a: 1 }] }, 'local');
  expect(output).toEqual({ film: 'https://films.example/1.mp4', seconds: 4.5 });
  expect(sent()).toEqual({
    workflow_id: ID,
    parameters: { script: 'Film: {voice}', scenes: [{ a: 1 }] },
  });
});

describe('a binding without maps', () => {
  const plain = () =>
    film((text) => text.replace(/ +parameters: .*\n/, '').replace(/ +output: \{ film: .*\n/, ''));

  test('passes the input and the answer on', async () => {
    script({ output: { film: 'f', any: [1] } });
    expect(await outcome(plain(), { script: 's', voice: 'v' })).toEqual({ film: 'f', any: [1] });
    expect(sent()).toMatchObject({ parameters: { script: 's', voice: 'v' } });
  });

  test.each(['just text', '[1,2]'])('needs an object for an answer, not %s', async (output) => {
    script({ output });
    expect(await outcome(plain(), { script: 's' })).toMatchObject({ error: { code: 'UPSTREAM_INVALID' } });
  });
});

test('text is taken by the path of all data', async () => {
  script({ output: 'https://films.example/2.mp4' });
  const host = film((text) => text.replace(/output: \{ film: .*\}/, 'output: { film: $.data }'));
  expect(await outcome(host, { script: 's' })).toEqual({ film: 'https://films.example/2.mp4' });
});

test('a question ends the call and is shown', async () => {
  const content = { content_type: 'text', content: 'Which language?' };
  script({ interrupt: { type: 2, data: content } });
  expect(await outcome(film(), { script: 's' })).toMatchObject({
    error: { code: 'WORKFLOW_INTERRUPTED', message: expect.stringContaining('Which language?') },
  });
});

describe('onInterrupt', () => {
  const question = (content: string) => ({ type: 2, data: { content_type: 'text', content } });
  const form = {
    type: 5,
    requiredParameters: {
      city: { type: 'string', required: true, description: 'Where' },
      days: { type: 'integer' },
    },
  };
  const film3 = { output: { files: [{ url: 'https://films.example/3.mp4' }] } };
  const filmWith = (how: string, timeout = '2m') =>
    film((text) =>
      text
        .replace('region: cn', `region: cn\n      onInterrupt: ${how}`)
        .replace('timeout: 2m', `timeout: ${timeout}`),
    );
  const answers = () =>
    emulator
      .transcript()
      .filter(({ dir, route }) => dir === 'in' && route === '/v1/workflows/resume')
      .map(({ body }) => (body as { resume_data: string }).resume_data);

  /** Somebody who gives these answers in turn; what was asked is in `asked`. */
  function answering(who: Answerer['who'], given: Answer[], delayMs = 0) {
    const asked: Question[] = [];
    const ask: Answerer['ask'] = async (one) => {
      asked.push(one);
      await new Promise((resolve) => setTimeout(resolve, delayMs));
      return given.shift() ?? '';
    };
    return { asked, answerer: { who, ask } };
  }
  const call = (how: string, answerer?: Answerer, timeout?: string) =>
    filmWith(how, timeout).call(
      'make_film',
      { script: 's' },
      { mode: 'manual', ...(answerer === undefined ? {} : { answerer }) },
    );

  test.each([
    ['prompt', 'person'],
    ['job', 'person'],
    ['job', 'caller'],
  ] as const)('%s: a %s is asked until the run ends', async (how, who) => {
    script({ interrupt: question('Which language?'), next: { interrupt: form, next: film3 } });
    const { asked, answerer } = answering(who, ['Français', { city: '北京', days: 2 }]);
    expect(await call(how, answerer)).toEqual({ ok: true, output: { film: 'https://films.example/3.mp4' } });
    expect(asked).toEqual([
      { text: 'Which language?', fields: [] },
      {
        text: 'city, days',
        fields: [
          { name: 'city', type: 'string', description: 'Where', isRequired: true },
          { name: 'days', type: 'integer', description: '', isRequired: false },
        ],
      },
    ]);
    expect(answers()).toEqual(['Français', '{"city":"北京","days":2}']);
  });

  test.each([
    ['fail', 'person', 'onInterrupt'],
    ['prompt', 'caller', 'onInterrupt: job'],
    ['prompt', undefined, 'cozecut tool run make_film in a terminal'],
    ['job', undefined, 'over HTTP'],
  ] as const)('%s with %s there ends the call and names the way out', async (how, who, way) => {
    script({ interrupt: form });
    const { asked, answerer } = answering(who ?? 'person', ['x']);
    const result = await call(how, who === undefined ? undefined : answerer);
    expect(result).toMatchObject({
      error: {
        code: 'WORKFLOW_INTERRUPTED',
        message: expect.stringContaining('city'),
        hint: expect.stringContaining(way),
      },
    });
    expect(asked).toEqual([]);
    expect(answers()).toEqual([]);
  });

  test('three answers are taken, not four', async () => {
    const again = (left: number): ScriptedWorkflow =>
      left === 0 ? film3 : { interrupt: question(`Question ${left}`), next: again(left - 1) };
    script(again(3));
    expect(await call('prompt', answering('person', ['a', 'b', 'c']).answerer)).toMatchObject({ ok: true });
    emulator.reset();
    script(again(4));
    const { asked, answerer } = answering('person', ['a', 'b', 'c', 'd']);
    expect(await call('prompt', answerer)).toMatchObject({
      error: { code: 'WORKFLOW_INTERRUPTED', hint: expect.stringContaining('3 answers') },
    });
    expect(asked).toHaveLength(3);
  });

  test.each([1, 6, 7])('a question of kind %i is not for a person', async (type) => {
    script({ interrupt: { type, data: 'https://www.coze.example/authorize' } });
    const { asked, answerer } = answering('person', ['x']);
    expect(await call('prompt', answerer)).toMatchObject({
      error: { code: 'WORKFLOW_INTERRUPTED', message: expect.stringContaining('/authorize') },
    });
    expect(asked).toEqual([]);
  });

  test('the time of the call stands still while it waits for a person', async () => {
    script({ interrupt: question('Which?'), next: film3 });
    const { answerer } = answering('person', ['a'], 1_500);
    expect(await call('prompt', answerer, '1s')).toMatchObject({ ok: true });
  });

  test('a caller who goes away is not waited for', async () => {
    script({ interrupt: question('Which?'), next: film3 });
    const gone = new AbortController();
    const ask: Answerer['ask'] = (_question, signal) => {
      gone.abort();
      return new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
    };
    const result = await filmWith('prompt').call(
      'make_film',
      { script: 's' },
      { mode: 'manual', signal: gone.signal, answerer: { who: 'person', ask } },
    );
    expect(result).toMatchObject({ error: { code: 'CANCELLED' } });
  });

  test('a call that waits for an answer keeps no other one out', async () => {
    script({ interrupt: question('Which?'), next: film3 });
    const host = film((text) =>
      text
        .replace('region: cn', 'region: cn\n      onInterrupt: prompt')
        .replace('timeout: 2m', 'timeout: 2m\n    concurrency: 1'),
    );
    const { promise, resolve } = Promise.withResolvers<Answer>();
    const first = host.call(
      'make_film',
      { script: 'first' },
      { mode: 'manual', answerer: { who: 'person', ask: () => promise } },
    );
    const second = await host.call(
      'make_film',
      { script: 'second' },
      { mode: 'manual', answerer: answering('person', ['b']).answerer },
    );
    expect(second).toMatchObject({ ok: true });
    resolve('a');
    expect(await first).toMatchObject({ ok: true });
    expect(answers()).toEqual(['b', 'a']);
  });
});

test('a studio that says only that a run was interrupted', async () => {
  const studio = await startEmulator({ dialect: 'studio' });
  try {
    const client = createCozeClient({ region: 'studio', baseUrl: studio.url, token: studio.token });
    studio.setScenario({
      turns: [],
      workflows: { [ID]: { interrupt: { type: 2, data: 'Which one?' } } },
    });
    const run: Workflows['run'] = async ({ workflowId }, parameters, options) => {
      const ended = await client.workflows.run({ workflowId, parameters }, options);
      throw new Error(`it ended as ${ended.status}`);
    };
    const host = hostOf(folder, manifestOfGuide('films'), { workflows: { run } });
    expect(await outcome(host, { script: 's' })).toMatchObject({ error: { code: 'WORKFLOW_INTERRUPTED' } });
  } finally {
    await studio.close();
  }
});

test('what Coze refuses is a failure of the other side', async () => {
  script({ fail: { code: 720701002, msg: 'server url timed out' } });
  expect(await outcome(film(), { script: 's' })).toMatchObject({
    error: { code: 'UPSTREAM_FAILED', message: expect.stringContaining('720701002') },
  });
  emulator.reset();
  expect(await outcome(film(), { script: 's' })).toMatchObject({
    error: { code: 'UPSTREAM_FAILED', message: expect.stringContaining('4200') },
  });
});

test('no answer is a failure of the connection', async () => {
  const gone = createCozeClient({ baseUrl: 'http://127.0.0.1:1', token: 'secret-token' });
  const run: Workflows['run'] = async ({ workflowId }, parameters, options) => {
    await gone.workflows.run({ workflowId, parameters }, options);
    throw new Error('there was an answer');
  };
  const result = await outcome(hostOf(folder, manifestOfGuide('films'), { workflows: { run } }), {
    script: 's',
  });
  expect(result).toMatchObject({ error: { code: 'UPSTREAM_UNREACHABLE' } });
  expect(JSON.stringify(result)).not.toContain('secret-token');
});

test('the deadline ends a run', async () => {
  const run: Workflows['run'] = (_binding, _parameters, { signal }) =>
    new Promise((_resolve, reject) => {
      signal.addEventListener('abort', () => reject(new Error('stopped')));
    });
  const host = hostOf(folder, manifestOfGuide('films').replace('timeout: 2m', 'timeout: 30ms'), {
    workflows: { run },
  });
  expect(await outcome(host, { script: 's' })).toMatchObject({ error: { code: 'DEADLINE_EXCEEDED' } });
});

test('an app without workflows says so', async () => {
  const host = hostOf(folder, manifestOfGuide('films'));
  expect(await outcome(host, { script: 's' })).toMatchObject({ error: { code: 'HANDLER_NOT_LOADED' } });
});
