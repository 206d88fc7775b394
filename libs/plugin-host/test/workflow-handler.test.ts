import { type Emulator, type ScriptedWorkflow, startEmulator } from '@cozecut/coze-emulator';
import { createCozeClient } from '@cozecut/coze-transport';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Workflows } from '../src/index.ts';
import { hostOf, manifestOfGuide, outcome, temporaryFolder } from './support/plugin.ts';

const folder = temporaryFolder();
const ID = '7400000000000000042';
let emulator: Emulator;
let workflows: Workflows;
beforeAll(async () => {
  emulator = await startEmulator();
  const client = createCozeClient({ baseUrl: emulator.url, token: emulator.token });
  workflows = {
    run: async ({ workflowId }, parameters, options) => {
      const run = await client.workflows.run({ workflowId, parameters }, options);
      return run.status === 'completed' ? { data: run.data } : { interrupted: run.interrupt };
    },
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

test.each(['prompt', 'job'])('onInterrupt: %s says that it is not there yet', async (how) => {
  script({ interrupt: { type: 5, requiredParameters: { city: { type: 'string' } } } });
  const host = film((text) => text.replace('region: cn', `region: cn\n      onInterrupt: ${how}`));
  expect(await outcome(host, { script: 's' })).toMatchObject({
    error: {
      code: 'WORKFLOW_INTERRUPTED',
      message: expect.stringContaining('city'),
      hint: expect.stringContaining(`onInterrupt: ${how} is not supported`),
    },
  });
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
