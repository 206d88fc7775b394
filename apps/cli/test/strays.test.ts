import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';
import { shippedScenario } from '@cozecut/coze-emulator';
import { expect, onTestFinished, test } from 'vitest';

import { folderOfPlugins, withCoze } from './listening.ts';
import { cozecut, post, start, temporaryFolder, withServer } from './support.ts';

const { plugin } = folderOfPlugins();

test('a promise that a tool left alone does not end the server, and what Node warns of is a line of its log', async () => {
  const cwd = join(temporaryFolder(), 'stray');
  mkdirSync(cwd);
  writeFileSync(
    join(cwd, 'plugin.yaml'),
    `apiVersion: cozecut/v1
kind: Plugin
metadata: { name: tester, version: 1.0.0 }
tools:
  - name: leave
    summary: Leave
    handler: ./leave.mjs#leave
    http: { method: POST, path: /v1/leave }
    modes: [cloud]
    input: { type: object, properties: {} }
    output: { type: object, properties: { n: { type: integer } } }
deployments:
  cloud: { modes: [cloud], server: { host: 127.0.0.1 }, store: ./store }
`,
  );
  const code =
    'let n = 0;\nexport const leave = () => (process.emitWarning("old"), void Promise.reject(new Error("stray")), { n: ++n });\n';
  writeFileSync(join(cwd, 'leave.mjs'), code);
  await withServer([], { cwd }, async (url, logged) => {
    for (const n of [1, 2, 3]) expect(await post(`${url}/v1/leave`, {})).toMatchObject({ body: { n } });
    const lines = () => logged().trim().split('\n');
    await expect.poll(() => lines().filter((line) => line.includes('"message":"old"')).length).toBe(3);
    expect(lines().filter((line) => !line.startsWith('{'))).toEqual([]);
  });
});

/** The folder of a plugin with `crash`, whose timer throws, and `slow`, which answers when `go` is there. */
function crashing(): string {
  const cwd = mkdtempSync(join(tmpdir(), 'cozecut-crash-'));
  onTestFinished(() => rmSync(cwd, { recursive: true, force: true }));
  const tool = (name: string) => `  - name: ${name}
    summary: Does it
    handler: ./tools.mjs#${name}
    http: { method: POST, path: /v1/${name} }
    input: { type: object, properties: {} }
    output: { type: object, properties: { done: { type: boolean } } }
    examples: [{ name: one, input: {} }]
`;
  writeFileSync(
    join(cwd, 'plugin.yaml'),
    `apiVersion: cozecut/v1
kind: Plugin
metadata: { name: tester, version: 1.0.0 }
tools:
${tool('crash')}${tool('slow')}deployments:
  local: { modes: [cloud, manual], server: { host: 127.0.0.1 }, store: ./store }
`,
  );
  writeFileSync(
    join(cwd, 'tools.mjs'),
    `import { existsSync, writeFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
export const crash = () => new Promise(() => setTimeout(() => { throw new Error('secret of the timer'); }, 1));
export async function slow() {
  writeFileSync('${join(cwd, 'began')}', '');
  while (!existsSync('${join(cwd, 'go')}')) await wait(10);
  return { done: true };
}
`,
  );
  return cwd;
}

test('an exception in a timer of a tool fails its call alone; the server ends when the others are done', async () => {
  const cwd = crashing();
  const child = start(['serve', '--port', '0', '--json'], { cwd });
  onTestFinished(() => void child.kill('SIGKILL'));
  const ended = once(child, 'close');
  let [told, log] = ['', ''];
  child.stderr.on('data', (chunk) => {
    log += chunk;
  });
  const output = createInterface({ input: child.stdout }).on('line', (line) => {
    told += line;
  });
  const [line] = (await once(output, 'line')) as [string];
  const { url } = JSON.parse(line) as { url: string };
  told = '';
  const slow = post(`${url}/v1/slow`, {});
  while (!existsSync(join(cwd, 'began'))) await wait(10);
  const crashed = await post(`${url}/v1/crash`, {});
  expect(crashed).toMatchObject({ status: 500, body: { code: 'INTERNAL' } });
  expect(JSON.stringify(crashed.body)).not.toContain('secret of the timer');
  writeFileSync(join(cwd, 'go'), '');
  expect(await slow).toMatchObject({ status: 200, body: { done: true } });
  expect(await ended).toEqual([1, null]);
  const lines = log.trim().split('\n');
  const thrown = lines.filter((one) => one.includes('nobody catches it'));
  expect(thrown).toHaveLength(1);
  expect(JSON.parse(thrown[0]!)).toMatchObject({
    level: 'error',
    tool: 'crash',
    error: expect.stringContaining('tools.mjs'),
  });
  expect(JSON.parse(told).error).toMatchObject({
    code: 'TOOL_CRASHED',
    message: 'crash has thrown outside of its call: secret of the timer',
  });
});

test('a tool run by hand says so, too, and so does a test of it', async () => {
  const cwd = crashing();
  writeFileSync(join(cwd, 'go'), '');
  const run = await cozecut(['tool', 'run', 'crash', '--lang', 'zh'], { cwd });
  expect(run).toMatchObject({ code: 1, stdout: '' });
  expect(run.stderr).toContain('错误： crash 在调用之外抛出了异常：secret of the timer');
  const tested = await cozecut(['tool', 'test', '--json'], { cwd });
  expect(tested.code).toBe(3);
  expect(JSON.parse(tested.stdout).results.map(({ ok }: { ok: boolean }) => ok)).toEqual([false, true]);
});

test('whoever answers a bot ends, too, and says which tool it was', async () => {
  const cwd = plugin(['editor']);
  const code =
    'export const read = () => new Promise(() => setTimeout(() => { throw new Error("late"); }, 1));\n';
  writeFileSync(join(cwd, 'read.mjs'), code);
  const run = await withCoze({ scenario: shippedScenario('b-one-tool') }, (_, env) =>
    cozecut(['listen', '--say', 'read it'], { cwd, env }),
  );
  expect(run).toMatchObject({ code: 1, stdout: '' });
  expect(run.stderr).toContain('Error: read_file has thrown outside of its call: late\n');
});
