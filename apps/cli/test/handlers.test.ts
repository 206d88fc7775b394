import { once } from 'node:events';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Emulator, startEmulator } from '@cozecut/coze-emulator';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cozecut, post, start, temporaryFolder, withServer } from './support.ts';

const folder = temporaryFolder();
const manifest = join(folder, 'plugin.yaml');
const api = createServer((request, response) => {
  if (request.url === '/things/gone') return void response.destroy();
  const isKnown = request.headers.authorization === 'Bearer key-of-the-api';
  response.writeHead(isKnown ? 200 : 401, { 'content-type': 'application/json' });
  response.end(isKnown ? JSON.stringify({ path: request.url }) : '{"message":"who are you?"}');
});
let coze: Emulator;

beforeAll(async () => {
  await new Promise<void>((resolve) => api.listen(0, '127.0.0.1', resolve));
  const turns = [{ answer: ['unused'] }];
  coze = await startEmulator({
    scenario: {
      turns,
      workflows: {
        '7400000000000000001': { output: { text: 'from the workflow' } },
        '7400000000000000002': { interrupt: { type: 2, data: 'Which one?' } },
      },
    },
  });
  const { port } = api.address() as AddressInfo;
  writeFileSync(join(folder, 'env.mjs'), 'console.log(JSON.stringify({ names: Object.keys(process.env) }));');
  writeFileSync(
    manifest,
    `
apiVersion: cozecut/v1
kind: Plugin
metadata: { name: handlers, version: 1.0.0 }
tools:
  - name: ask_api
    summary: Ask the API
    handler:
      http:
        method: GET
        url: http://127.0.0.1:${port}/things/{id}
        headers: { authorization: "Bearer {secret:THINGS_KEY}" }
    input: { type: object, required: [id], properties: { id: { type: string, description: Id } } }
    output: { type: object, properties: { path: { type: string, description: Path } } }
  - name: run_program
    summary: Run the program
    modes: [manual]
    handler: { exec: { argv: [node, env.mjs] } }
    input: { type: object, properties: {} }
    output: { type: object, properties: { names: { type: array, items: { type: string }, description: Names } } }
  - name: stay
    summary: Run a program that stays
    modes: [manual]
    handler: { exec: { argv: [node, stay.mjs] } }
    input: { type: object, properties: {} }
    output: { type: object, properties: {} }
  - name: run_workflow
    summary: Run the workflow
    handler: workflow:main
    input: { type: object, properties: {} }
    output: { type: object, properties: { text: { type: string, description: Text } } }
  - name: ask_workflow
    summary: Run the workflow that asks
    handler: workflow:asking
    input: { type: object, properties: {} }
    output: { type: object, properties: {} }
bindings:
  workflows:
    - { name: main, region: cn, workflowId: "\${env:MAIN_WORKFLOW}" }
    - { name: asking, region: cn, workflowId: "7400000000000000002" }
deployments:
  local:
    modes: [cloud, manual]
    server: { host: 127.0.0.1, port: 0 }
    egress: { allow: ["127.0.0.1"] }
`,
  );
});
afterAll(async () => {
  await coze.close();
  await new Promise((resolve) => api.close(resolve));
});

const environment = () => ({
  THINGS_KEY: 'key-of-the-api',
  MAIN_WORKFLOW: '7400000000000000001',
  COZE_API_TOKEN: coze.token,
  COZE_BASE_URL: coze.url,
});
const run = async (tool: string, input: object, env: Record<string, string> = environment()) => {
  const args = ['tool', 'run', tool, '--input', JSON.stringify(input), '--json', '--manifest', manifest];
  const { code, stdout, stderr } = await cozecut(args, { cwd: folder, env });
  return { code, answer: JSON.parse(stdout || 'null') as unknown, stderr };
};

describe('tools without code, by hand', () => {
  test('an HTTP API, with a secret of the environment', async () => {
    expect(await run('ask_api', { id: 'a/b' })).toMatchObject({ code: 0, answer: { path: '/things/a%2Fb' } });
    const refused = await run('ask_api', { id: 'x' }, { ...environment(), THINGS_KEY: 'wrong-key' });
    expect(refused).toMatchObject({ code: 5, answer: { error: { code: 'UPSTREAM_FAILED' } } });
    expect(JSON.stringify(refused)).not.toContain('wrong-key');
    const { THINGS_KEY: _left, ...without } = environment();
    expect(await run('ask_api', { id: 'x' }, without)).toMatchObject({
      code: 4,
      answer: { error: { code: 'SECRET_MISSING' } },
    });
  });

  test('a program, which sees none of the secrets', async () => {
    const { code, answer } = await run('run_program', {});
    expect(code).toBe(0);
    const { names } = answer as { names: string[] };
    expect(names).toContain('PATH');
    expect(
      names.filter((name) => !/^(PATH|HOME|USERPROFILE|LANG|LC_\w+|TMPDIR|TEMP|SystemRoot)$/.test(name)),
    ).toEqual([]);
  });

  test('a workflow of Coze', async () => {
    expect(await run('run_workflow', {})).toMatchObject({ code: 0, answer: { text: 'from the workflow' } });
    expect(await run('ask_workflow', {})).toMatchObject({
      code: 5,
      answer: { error: { code: 'WORKFLOW_INTERRUPTED', message: expect.stringContaining('Which one?') } },
    });
    const { MAIN_WORKFLOW: _left, ...without } = environment();
    expect(await run('run_workflow', {}, without)).toMatchObject({
      code: 2,
      answer: { error: { code: 'WORKFLOW_ID_MISSING', message: expect.stringContaining('MAIN_WORKFLOW') } },
    });
  });
});

test('a signal ends the program of a tool with the command', async () => {
  const pidFile = join(folder, 'stay.pid');
  writeFileSync(
    join(folder, 'stay.mjs'),
    `import { renameSync, writeFileSync } from 'node:fs';
    writeFileSync('stay.tmp', String(process.pid));
    renameSync('stay.tmp', 'stay.pid');
    setInterval(() => {}, 1000);`,
  );
  const child = start(['tool', 'run', 'stay', '--manifest', manifest], { cwd: folder, env: environment() });
  const ended = once(child, 'close');
  while (!existsSync(pidFile)) await sleep(20);
  const pid = Number(readFileSync(pidFile, 'utf8'));
  expect(() => process.kill(pid, 0)).not.toThrow();
  child.kill('SIGINT');
  expect((await ended)[0]).toBe(130);
  expect(() => process.kill(pid, 0)).toThrow('ESRCH');
});

test('the server answers for them, with the status of the failure', async () => {
  await withServer(['--manifest', manifest], { cwd: folder, env: environment() }, async (url) => {
    const call = (tool: string, input: object) => post(`${url}/v1/tools/${tool}`, input);
    expect(await call('ask_api', { id: '7' })).toMatchObject({ status: 200, body: { path: '/things/7' } });
    expect(await call('ask_api', { id: '..' })).toMatchObject({ status: 400 });
    expect(await call('run_workflow', {})).toMatchObject({ body: { text: 'from the workflow' } });
    expect(await call('ask_workflow', {})).toMatchObject({
      status: 409,
      body: { code: 'WORKFLOW_INTERRUPTED' },
    });
    expect(await call('run_program', {})).toMatchObject({ status: 404 });
    expect(await call('ask_api', { id: 'gone' })).toMatchObject({
      status: 502,
      body: { code: 'UPSTREAM_UNREACHABLE' },
    });
  });
});
