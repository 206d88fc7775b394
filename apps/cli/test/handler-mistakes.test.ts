import { once } from 'node:events';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { cozecut, temporaryFolder, writeEchoes } from './support.ts';

const folder = temporaryFolder();

/** Runs the tool `echo` of a plugin whose handler is this code. */
function echoWith(code: string, more: string[] = []) {
  const cwd = mkdtempSync(join(folder, '插件 '));
  writeEchoes(cwd);
  writeFileSync(join(cwd, 'echo.js'), code);
  return cozecut(['tool', 'run', 'echo', '--word', 'hi', ...more], { cwd }).then((run) => ({ ...run, cwd }));
}

test('what a handler throws is told to whoever runs it, with the place in their file', async () => {
  const { code, stdout, stderr, cwd } = await echoWith(
    'export const echo = () => {\n  throw new Error("boom");\n};\n',
  );
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(stderr).toContain(`echo: Error: boom\n    at echo (${join(cwd, 'echo.js')}:2:9)\n`);
  expect(stderr).not.toMatch(/node:internal|"level"/);
});

test('an output that breaks its schema is told key by key', async () => {
  const { code, stderr } = await echoWith('export const echo = () => ({ word: 1 });', ['--lang', 'zh']);
  expect(code).toBe(1);
  expect(stderr).toMatch(/^echo: 工具的输出不符合自己的 schema\n {2}word 必须/);
});

test('what a handler prints goes to stderr, also while it is loaded', async () => {
  const run = await echoWith(
    'console.log("top");\nexport const echo = (input) => (console.log("said"), input);',
  );
  expect(run).toMatchObject({ code: 0, stderr: 'top\nsaid\n' });
  expect(JSON.parse(run.stdout)).toEqual({ word: 'hi' });
});

test('what Node warns a handler of is seen by whoever runs it', async () => {
  const { code, stderr } = await echoWith(
    'export const echo = async (input) => {\n  process.emitWarning("an old way");\n  await new Promise(setImmediate);\n  return input;\n};\n',
  );
  expect({ code, stderr }).toEqual({ code: 0, stderr: expect.stringContaining('Warning: an old way') });
});

test.each([
  'export const echo = () => process.exit(0);',
  'process.exit(0);\nexport const echo = () => ({});',
])('a handler that ends the program has not done its work: %s', async (code) => {
  expect(await echoWith(code)).toMatchObject({
    code: 1,
    stdout: '',
    stderr: 'echo: the tool has ended the program\n',
  });
});

test('a file that is no program is named with the line', async () => {
  const { code, stderr, cwd } = await echoWith(
    'import "node:fs";\nunknown();\nexport const echo = () => ({});',
  );
  expect(code).toBe(2);
  expect(stderr).toContain(`cannot be imported: unknown is not defined (${join(cwd, 'echo.js')}:2)`);
});

test('where no plugin.yaml is, a tool of another folder is looked for in vain, and that is said', async () => {
  const cwd = mkdtempSync(join(folder, 'empty-'));
  const { code, stderr } = await cozecut(['tool', 'run', 'count_everything'], { cwd });
  expect(code).toBe(2);
  expect(stderr).toContain('there is no plugin.yaml here');
});

test('dev has no place to serve where the port is taken: no change of a file would mend it', async () => {
  const cwd = mkdtempSync(join(folder, 'dev-'));
  writeEchoes(cwd);
  const server = createServer().listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const run = await cozecut(['dev', '--port', String(port)], { cwd });
  expect(run).toMatchObject({
    code: 2,
    stderr: expect.stringContaining(`port ${port} on 127.0.0.1 is in use`),
  });
});
