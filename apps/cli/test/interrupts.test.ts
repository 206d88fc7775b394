import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Emulator, startEmulator } from '@cozecut/coze-emulator';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { cozecut, post, temporaryFolder, withServer } from './support.ts';
import { hasTerminal, inTerminal } from './terminal.ts';

const folder = temporaryFolder();
let coze: Emulator;

const form = {
  type: 5,
  requiredParameters: {
    days: { type: 'integer', required: true, description: 'How long' },
    note: { type: 'string' },
  },
};
const scenario = {
  turns: [],
  workflows: {
    '7400000000000000001': {
      interrupt: { type: 2, data: 'Which \u001b[2Jcity?' },
      next: { interrupt: form, next: { output: { text: 'planned' } } },
    },
  },
};

beforeAll(async () => {
  coze = await startEmulator({ scenario });
  const tool = (name: string) => `  - name: ${name}
    summary: Plan
    handler: workflow:${name.replace('_', '-')}
    input: { type: object, properties: {} }
    output: { type: object, properties: { text: { type: string, description: Text } } }
`;
  // The tools of the built-in plugin, as a plugin of one's own takes them over.
  const builtIn = join(import.meta.dirname, '../../../plugins/jianying');
  mkdirSync(join(folder, 'node_modules/@cozecut'), { recursive: true });
  symlinkSync(builtIn, join(folder, 'node_modules/@cozecut/plugin-jianying'));
  for (const name of ['get-job.yaml', 'answer-job.yaml']) {
    const text = readFileSync(join(builtIn, 'tools/job', name), 'utf8');
    writeFileSync(join(folder, name), text.replace(/handler: .*#/, 'handler: pkg:@cozecut/plugin-jianying#'));
  }
  const workflow = (name: string, how: string) =>
    `    - { name: ${name}, region: cn, workflowId: "7400000000000000001", onInterrupt: ${how} }\n`;
  writeFileSync(
    join(folder, 'plugin.yaml'),
    `apiVersion: cozecut/v1
kind: Plugin
metadata: { name: trips, version: 1.0.0 }
include: [./*-job.yaml]
tools:
${tool('ask_person')}${tool('ask_caller')}bindings:
  workflows:
${workflow('ask-person', 'prompt')}${workflow('ask-caller', 'job')}deployments:
  local: { modes: [cloud, manual], server: { host: 127.0.0.1, port: 0 } }
`,
  );
});
afterAll(() => coze.close());
beforeEach(() => coze.reset());

const environment = () => ({ COZE_API_TOKEN: coze.token, COZE_BASE_URL: coze.url });
const answers = () =>
  coze
    .transcript()
    .filter(({ dir, route }) => dir === 'in' && route === '/v1/workflows/resume')
    .map(({ body }) => (body as { resume_data: string }).resume_data);

test('a person who is not there is not waited for', async () => {
  const { code, stdout } = await cozecut(['tool', 'run', 'ask_person', '--json'], {
    cwd: folder,
    env: environment(),
    input: 'Paris\n',
  });
  expect(code).toBe(5);
  expect(JSON.parse(stdout).error).toMatchObject({
    code: 'WORKFLOW_INTERRUPTED',
    hint: expect.stringContaining('in a terminal'),
  });
  expect(answers()).toEqual([]);
});

const inPlanner = (tool: string, typed: Parameters<typeof inTerminal>[2]) =>
  inTerminal(['tool', 'run', tool], { cwd: folder, env: environment() }, typed);

describe.skipIf(!hasTerminal)('in a terminal', () => {
  test.each(['ask_person', 'ask_caller'])('%s: the person answers questions and forms', async (tool) => {
    const { code, screen } = await inPlanner(tool, [
      ['> ', '\r'],
      ['an answer is needed', 'Paris\r'],
      ['days (integer, required): ', 'a few\r'],
      ['days must be a whole number', '3\r'],
      ['note (string): ', '\r'],
    ]);
    expect(code).toBe(0);
    expect(screen).toContain('"text": "planned"');
    // What Coze sends cannot clear the screen.
    expect(screen).toContain('Which [2Jcity?');
    expect(answers()).toEqual(['Paris', '{"days":3}']);
  });

  test('Ctrl-C ends the call', async () => {
    const { code } = await inPlanner('ask_person', [['> ', '\u0003']]);
    expect(code).toBe(130);
  });

  test('the end of the input does, too', async () => {
    const { code, screen } = await inPlanner('ask_person', [['> ', '\u0004']]);
    expect(screen).toContain('the question was not answered');
    expect(code).toBe(130);
  });
});

test('the caller of a job answers over HTTP', async () => {
  await withServer([], { cwd: folder, env: environment() }, async (url) => {
    const job = async (path: string) =>
      (await fetch(`${url}${path}`)).json() as Promise<Record<string, unknown>>;
    const asked = async (path: string, part: string) => {
      for (;;) {
        const state = await job(path);
        if (JSON.stringify(state.question)?.includes(part) || state.status !== 'running') return state;
        await sleep(20);
      }
    };
    const { status, body } = await post(`${url}/v1/tools/ask_caller`, {});
    expect(status).toBe(202);
    const path = `/v1/jobs/${body.job_id}`;
    const question = { text: expect.stringContaining('city?'), fields: [] };
    expect(await asked(path, 'city')).toMatchObject({ status: 'running', phase: 'waiting', question });
    expect(await post(`${url}${path}/answer`, { answer: 7 })).toMatchObject({ status: 400 });
    expect(await post(`${url}${path}/answer`, { answer: 'Paris' })).toMatchObject({ status: 202 });
    expect(await asked(path, 'days')).toMatchObject({
      question: { fields: [{ name: 'days', type: 'integer', isRequired: true }, { name: 'note' }] },
    });
    expect(await post(`${url}${path}/answer`, { answer: { days: 2 } })).toMatchObject({ status: 202 });
    expect(await asked(path, 'nothing more')).toMatchObject({
      status: 'succeeded',
      output: { text: 'planned' },
    });
    expect(answers()).toEqual(['Paris', '{"days":2}']);
    expect(await post(`${url}${path}/answer`, { answer: 'late' })).toMatchObject({
      status: 409,
      body: { code: 'JOB_NOT_WAITING' },
    });
    expect(await post(`${url}/v1/jobs/none/answer`, { answer: 'x' })).toMatchObject({ status: 404 });

    // A call of Coze cannot answer while it waits itself: it becomes a job at once.
    const called = await post(`${url}/coze/plugin/v1/tools/ask_caller`, {});
    expect(called).toMatchObject({ status: 200, body: { success: true, job_status: 'running' } });
    const own = `/v1/jobs/${called.body.job_id}`;
    expect(await asked(own, 'city')).toMatchObject({ phase: 'waiting', question });
    await post(`${url}${own}/answer`, { answer: 'Rome' });
    await asked(own, 'days');
    await post(`${url}${own}/answer`, { answer: { days: 1 } });
    expect(await asked(own, 'nothing more')).toMatchObject({
      status: 'succeeded',
      output: { text: 'planned' },
    });

    const refused = await post(`${url}/v1/tools/ask_person`, {});
    expect(refused).toMatchObject({ status: 409, body: { code: 'WORKFLOW_INTERRUPTED' } });
  });
});

test('a bot answers with the tools that it has', async () => {
  await withServer([], { cwd: folder, env: environment() }, async (url) => {
    const ask = async (path: string, input: object) =>
      (await post(`${url}/coze/plugin/v1${path}`, input)).body as Record<string, unknown>;
    const { job_id } = await ask('/tools/ask_caller', {});
    const asked = async (isNews: (state: Record<string, unknown>) => boolean) => {
      for (;;) {
        const state = await ask('/jobs/look', { job_id });
        if (isNews(state)) return state;
      }
    };
    expect(await asked(({ question }) => question !== undefined)).toMatchObject({
      success: true,
      state: 'running',
      question: expect.stringContaining('city?'),
      question_fields: [],
    });
    for (const wrong of [{}, { answer: 'Paris', values: { days: 2 } }])
      expect(await ask('/jobs/answer', { job_id, ...wrong })).toMatchObject({ error_code: 'INPUT_INVALID' });
    expect(await ask('/jobs/answer', { job_id: 'none', answer: 'Paris' })).toMatchObject({
      error_code: 'JOB_NOT_FOUND',
    });
    // Whoever is second is told so, and does not answer the next question.
    const told = await Promise.all(
      ['Paris', 'Rome'].map((answer) => ask('/jobs/answer', { job_id, answer })),
    );
    expect(told.map(({ error_code }) => error_code).toSorted()).toEqual(['', 'JOB_NOT_WAITING']);
    expect(await asked(({ question_fields: fields }) => (fields as object[])?.length > 0)).toMatchObject({
      question_fields: [
        { name: 'days', type: 'integer', description: 'How long', required: true },
        { name: 'note', required: false },
      ],
    });
    // As a text, in which Coze may send an object.
    await ask('/jobs/answer', { job_id, values: '{"days": 3}' });
    expect(await asked(({ state }) => state !== 'running')).toMatchObject({
      state: 'succeeded',
      result: '{"text":"planned"}',
    });
    expect(answers()).toEqual([expect.stringMatching(/^(Paris|Rome)$/), '{"days":3}']);
    expect(await ask('/jobs/answer', { job_id, answer: 'late' })).toMatchObject({
      error_code: 'JOB_NOT_WAITING',
    });
  });
});
