import type { ScriptedWorkflow } from '@cozecut/coze-emulator';
import { describe, expect, test } from 'vitest';
import { CozeError, createCozeClient, type WorkflowRun } from '../src/index.ts';
import { SCENARIO_A, withEmulator } from './support.ts';

const ID = '7400000000000000042';

function run(workflow: ScriptedWorkflow, parameters = {}): Promise<WorkflowRun> {
  const scenario = { ...SCENARIO_A, workflows: { [ID]: workflow } };
  return withEmulator({ scenario }, (_emulator, client) =>
    client.workflows.run({ workflowId: ID, parameters }),
  );
}

/** A client whose every answer is this body. */
function answering(body: string, init: ResponseInit = {}) {
  const headers = { 'content-type': 'application/json' };
  const answer = async () => new Response(body, { headers, ...init });
  return createCozeClient({ baseUrl: 'http://coze.test', token: 't', fetch: answer });
}
const params = { workflowId: ID, parameters: {} };

describe('the data of a run', () => {
  test.each<[string, object | string, unknown]>([
    ['an object is parsed', { a: [1, '二'] }, { a: [1, '二'] }],
    ['a list is parsed', [1, 2], [1, 2]],
    ['text stays text', 'hello {', 'hello {'],
    ['text that looks like a number stays text', '007', '007'],
    ['no text stays no text', '', ''],
  ])('%s', async (_name, output, data) => {
    expect(await run({ output })).toMatchObject({
      status: 'completed',
      data,
      executeId: expect.stringMatching(/^\d+$/),
      debugUrl: expect.stringMatching(/^https:/),
    });
  });

  test('ids beyond 2^53 are not rounded', async () => {
    const data = '{"id":7400000000000000043}';
    expect(await run({ output: data })).toMatchObject({ data: { id: '7400000000000000043' } });
  });

  test('an answer without a code, and one whose code is text, are successes', async () => {
    expect(await answering('{"data":"{}"}').workflows.run(params)).toMatchObject({ data: {} });
    expect(await answering('{"code":"0","data":"x"}').workflows.run(params)).toMatchObject({ data: 'x' });
  });
});

describe('a question', () => {
  test.each<[string, object | string, string]>([
    ['text in an object', { content_type: 'text', content: 'Which day?' }, 'Which day?'],
    ['plain text', 'Which day?', 'Which day?'],
    ['an object of another kind', { options: [1] }, '{"options":[1]}'],
    ['nothing but parameters', '', 'day, city'],
  ])('%s', async (_name, data, question) => {
    const requiredParameters = { day: { type: 'string' }, city: { type: 'string' } };
    expect(await run({ interrupt: { type: 5, data, requiredParameters } })).toMatchObject({
      status: 'interrupted',
      interrupt: { type: 5, question, eventId: expect.stringMatching(/^\d+\/\d+$/) },
    });
  });
});

describe('failures', () => {
  test.each([
    ['4200', 'COZE_NOT_FOUND', 4200],
    ['a code of the workflow', 'COZE_PLUGIN_UNREACHABLE', 720701002],
    ['a code that is not known', 'COZE_ERROR', 999],
  ])('%s', async (_name, code, remote) => {
    await expect(run({ fail: { code: remote, msg: 'said so' } })).rejects.toMatchObject({
      code,
      remoteCode: String(remote),
      operation: 'POST /v1/workflow/run',
    });
  });

  test('a page instead of JSON', async () => {
    const page = answering('<html>', { headers: { 'content-type': 'text/html' } });
    await expect(page.workflows.run(params)).rejects.toMatchObject({ code: 'BAD_RESPONSE' });
  });

  test('the caller ends the run', async () => {
    const leaving = new AbortController();
    const client = createCozeClient({
      baseUrl: 'http://coze.test',
      token: 't',
      fetch: (_url, init) =>
        new Promise((_resolve, reject) => {
          const { signal } = init ?? (_url as Request);
          signal?.addEventListener('abort', () => reject(signal.reason));
          queueMicrotask(() => leaving.abort());
        }),
    });
    const failed = client.workflows.run(params, { signal: leaving.signal });
    await expect(failed).rejects.toBeInstanceOf(CozeError);
    await expect(failed).rejects.toMatchObject({ code: 'ABORTED' });
  });

  test('no connection', async () => {
    const gone = createCozeClient({ baseUrl: 'http://127.0.0.1:1', token: 't' });
    await expect(gone.workflows.run(params)).rejects.toMatchObject({ code: 'NETWORK' });
  });
});
