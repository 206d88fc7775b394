import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdirSync, mkdtempSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { CLI, cleanEnvironment, cozecut, start, temporaryFolder } from './support.ts';
import { hasTerminal, inTerminal } from './terminal.ts';

const folder = temporaryFolder();
const small = pluginOf(1);
const large = pluginOf(60);

/** The folder of a plugin with so many tools. */
function pluginOf(count: number): string {
  const cwd = join(folder, `tools-${count}`);
  mkdirSync(cwd);
  writeFileSync(join(cwd, 'echo.js'), 'export const echo = ({ word }) => ({ word });');
  const field = (name: string) =>
    `${name}: { type: object, properties: { word: { type: string, description: ${'A word that is said again. '.repeat(40)} } } }`;
  const tools = Array.from(
    { length: count },
    (_, at) => `  - name: echo_${at}
    summary: Says word number ${at} again
    description: { human: "Says a word again, as it was said the first time, whatever it is that it means", model: "Use it to say a word again" }
    handler: ./echo.js#echo
    ${field('input')}
    ${field('output')}
`,
  );
  writeFileSync(
    join(cwd, 'plugin.yaml'),
    `apiVersion: cozecut/v1\nkind: Plugin\nmetadata: { name: echoes, version: 1.0.0 }\ntools:\n${tools.join('')}`,
  );
  return cwd;
}

/** The folder of a plugin with such handlers, each of which takes a word. */
function pluginWith(handlers: Record<string, string>): string {
  const cwd = mkdtempSync(join(folder, 'with-'));
  const code = Object.entries(handlers).map(([name, text]) => `export const ${name} = ${text};`);
  writeFileSync(join(cwd, 'words.js'), code.join('\n'));
  const word = '{ type: object, properties: { word: { type: string, description: A word } } }';
  const tools = Object.keys(handlers).map(
    (name) =>
      `  - { name: ${name}, summary: Does something, handler: "./words.js#${name}", input: ${word}, output: ${word} }\n`,
  );
  writeFileSync(
    join(cwd, 'plugin.yaml'),
    `apiVersion: cozecut/v1\nkind: Plugin\nmetadata: { name: words, version: 1.0.0 }\ntools:\n${tools.join('')}`,
  );
  return cwd;
}

/** What a command writes to stdout and stderr, in the order in which it does. */
function written(args: readonly string[], cwd: string, env: Record<string, string> = {}): string {
  const file = join(folder, 'written.txt');
  const descriptor = openSync(file, 'w');
  const stdio = ['ignore' as const, descriptor, descriptor];
  spawnSync(process.execPath, [CLI, ...args], { cwd, env: cleanEnvironment(env), stdio });
  closeSync(descriptor);
  return readFileSync(file, 'utf8');
}

describe('where no terminal is', () => {
  test.each([
    ['manifest', 'print'],
    ['manifest', 'check'],
    ['manifest', 'typegen'],
    ['openapi', 'export'],
    ['plugin', 'export', '--out', 'coze'],
    ['tool', 'test'],
    ['tool', 'list'],
  ])('%s %s says that it reads a manifest that takes its time, before all else and once', (...args) => {
    const text = written(args, large);
    expect(text.split('\n')[0]).toBe('Reading plugin.yaml');
    expect(text.match(/^Reading/gm)).toHaveLength(1);
  });

  test('nothing is said of a manifest that is read at once', () => {
    expect(written(['manifest', 'print'], small)).toMatch(/^apiVersion/);
    expect(written(['manifest', 'check'], small)).toMatch(/^No errors in/);
  });

  test('nor of a tool that is one of many in the plugin that comes with the program', async () => {
    const shown = await cozecut(['tool', 'show', 'create_draft'], { cwd: folder });
    expect(shown).toMatchObject({ code: 0, stderr: '' });
  });

  test('a tool of a plugin that takes its time is named before it runs', () => {
    expect(written(['tool', 'run', 'echo_3', '--word', 'hi'], large)).toMatch(/^Running echo_3\n\{/);
    expect(written(['tool', 'run', 'create_draft', '--name', 'a'], folder)).toMatch(
      /^Running create_draft\n\{/,
    );
    expect(written(['tool', 'run', 'create_draft', '--name', 'a', '--quiet'], folder)).toMatch(/^\{/);
    expect(written(['tool', 'run', 'create_draft', '--name', 'a', '--json'], folder)).toMatch(/^\{/);
    expect(written(['tool', 'run', 'create_draft', '--help'], folder)).not.toContain('Running');
  });

  test('so is one that asks for what is not there at once, and no other', () => {
    const cwd = pluginWith({
      echo: '({ word }) => ({ word })',
      keep: 'async ({ word }, { drafts }) => ({ word: `${word} ${(await drafts.list({ limit: 1 })).total}` })',
      ask: "async ({ word }, { fetch }) => ({ word: await fetch('http://127.0.0.1:1/').then(() => word, () => 'nobody') })",
    });
    expect(written(['tool', 'run', 'echo', '--word', 'hi'], cwd)).toMatch(/^\{/);
    expect(written(['tool', 'run', 'keep', '--word', 'hi'], cwd)).toMatch(/^Running keep\n\{/);
    expect(written(['tool', 'run', 'ask', '--word', 'hi'], cwd)).toMatch(/^Running ask\n\{/);
    const exec = pluginWith({});
    writeFileSync(
      join(exec, 'plugin.yaml'),
      readFileSync(join(exec, 'plugin.yaml'), 'utf8').concat(
        '  - { name: say, summary: Says a word, modes: [manual], handler: { exec: { argv: [echo, hi] } }, input: { type: object }, output: { type: object } }\n',
      ),
    );
    expect(written(['tool', 'run', 'say'], exec)).toMatch(/^Running say\n/);
  });

  test('what opens a store names the manifest that says where it is', () => {
    expect(written(['job', 'list'], small)).toBe('Reading plugin.yaml\nThere are no such jobs.\n');
    expect(written(['job', 'show', 'x'], small)).toMatch(/^Reading plugin\.yaml\nError/);
  });

  test('lint says which files it checks', () => {
    expect(written(['lint'], small)).toMatch(/^Checking plugin\.yaml\n/);
    expect(written(['lint', 'plugin.yaml', '../tools-60/plugin.yaml'], small)).toMatch(
      /^Checking plugin\.yaml \+1\n/,
    );
  });

  test('--quiet and --json say none of it', async () => {
    const quiet = await cozecut(['lint', '--quiet'], { cwd: large });
    expect(quiet.stderr).toBe('');
    const json = await cozecut(['manifest', 'check', '--json'], { cwd: large });
    expect(json).toMatchObject({ code: 0, stderr: '' });
    expect(JSON.parse(json.stdout)).toMatchObject({ problems: [] });
  });

  test('it is said in Chinese to who reads that', () => {
    expect(written(['manifest', 'check'], large, { LANG: 'zh_CN.UTF-8' })).toMatch(
      /^正在读取 plugin\.yaml\n/,
    );
    expect(written(['lint', '--lang', 'zh'], small)).toMatch(/^正在检查 plugin\.yaml\n/);
  });

  test('a large file and a large draft are named before they are read', () => {
    const subtitle = (at: number) => `${at}\n00:00:00,000 --> 00:00:01,000\n${'word '.repeat(400)}\n\n`;
    writeFileSync(
      join(folder, 'long.srt'),
      Array.from({ length: 300 }, (_, at) => subtitle(at + 1)).join(''),
    );
    writeFileSync(join(folder, 'short.srt'), subtitle(1));
    const convert = (file: string) => written(['draft', 'convert', file, '--to', 'lrc'], folder);
    expect(convert('long.srt')).toMatch(/^Reading long\.srt\n/);
    expect(convert('short.srt')).not.toContain('Reading');
    const made = spawnSync(process.execPath, [CLI, 'draft', 'create', 'long.srt', '--out', 'long-draft'], {
      cwd: folder,
      env: cleanEnvironment({}),
      encoding: 'utf8',
    });
    expect(made).toMatchObject({ status: 0 });
    expect(written(['draft', 'show', 'long-draft'], folder)).toMatch(/^Reading long-draft\n/);
  });

  test('who is asked over the network is named before the answer is there', async () => {
    const { promise: isSaid, resolve: said } = Promise.withResolvers<void>();
    const server = createServer(async (_, response) => {
      await isSaid;
      response.writeHead(400, { 'content-type': 'application/json' }).end('{"code":4000,"msg":"no"}');
    }).listen(0, '127.0.0.1');
    onTestFinished(() => {
      server.closeAllConnections();
      server.close();
    });
    await once(server, 'listening');
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const child = start(['bot', 'list'], {
      cwd: small,
      env: { COZE_BASE_URL: url, COZE_API_TOKEN: 'pat_test' },
    });
    onTestFinished(() => void child.kill());
    const closed = once(child, 'close');
    let stderr = '';
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
      stderr += chunk;
      if (stderr.includes('\n')) said();
    });
    const [code] = await closed;
    expect(stderr).toMatch(new RegExp(`^Asking ${url}\n.`));
    expect(code).not.toBe(0);
  });

  test('a database is named without its password', async () => {
    const address = 'postgres://somebody:secret-1@127.0.0.1:1/drafts?password=secret-2';
    const run = await cozecut(['job', 'list'], { cwd: small, env: { COZECUT_STORE: address } });
    expect(run.stderr).toMatch(
      /^Reading plugin\.yaml\nOpening postgres:\/\/somebody:\*+@127\.0\.0\.1:1\/drafts\?password=\*+\n/,
    );
    expect(run.stdout + run.stderr).not.toContain('secret-');
    const listed = await cozecut(['config', 'list'], { cwd: small, env: { COZECUT_STORE: address } });
    expect(listed.stdout).not.toContain('secret-');
  });
});

test.skipIf(!hasTerminal)('at a terminal the waiting sign stands for it', async () => {
  const { code, screen } = await inTerminal(['manifest', 'check'], { cwd: large }, []);
  expect(code).toBe(0);
  expect(screen).toContain('…');
  expect(screen).not.toContain('Reading');
});
