import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin, Tool } from '@cozecut/manifest';
import { textInChinese } from '@cozecut/problems/chinese';
import { describe, expect, test } from 'vitest';
import { toolCommand } from '../src/commands/tool/tool-plain.ts';
import { inChinese } from '../src/help/zh.ts';
import { cozecut, start, temporaryFolder, writeEchoes } from './support.ts';
import { hasTerminal, inTerminal } from './terminal.ts';

const app = join(import.meta.dirname, '..');
const root = join(app, '../..');
const json = (file: string) => JSON.parse(readFileSync(file, 'utf8'));

interface Tree {
  topics: { topic: string; summary: Record<string, string> }[];
  flags: { description: string }[];
  commands: {
    command: string;
    summary: Record<string, string>;
    description?: string;
    args: { name: string; description: string }[];
    flags: { name: string; description: string }[];
    examples: string[];
  }[];
}

const printed = spawnSync(
  process.execPath,
  ['--conditions=@cozecut/source', join(app, 'src/command-tree.ts')],
  {
    encoding: 'utf8',
    maxBuffer: 16 * 1024 * 1024,
  },
).stdout;
const tree = JSON.parse(printed) as Tree;

test('the commands, their flags and arguments are those that users and scripts rely on', () => {
  // A change here is a change of a stable interface: `npm run generate -w tools` writes it down.
  expect(tree).toEqual(json(join(root, 'docs/reference/cli.json')));
});

test('every topic is said, and every command has a summary and a text for each flag and argument', () => {
  const topics = new Set(tree.topics.map(({ topic }) => topic));
  for (const { command, summary, args, flags, examples } of tree.commands) {
    const words = command.split(' ');
    for (let length = 1; length < words.length; length += 1) {
      expect([...topics]).toContain(words.slice(0, length).join(' '));
    }
    expect({ command, summary }).toMatchObject({ summary: { en: expect.stringMatching(/^[A-Z].*[^.]$/) } });
    for (const { name, description } of [...args, ...flags]) {
      expect({ command, name, description }).toMatchObject({ description: expect.stringMatching(/\S/) });
    }
    for (const example of examples) expect(example).toMatch(/cozecut /);
  }
});

/** What stands behind the text of a flag that is made from a schema. */
const NOTES = /(?: \(default: .*?\))?(?: \((?:JSON|may be given several times)\))?$/;

describe('in Chinese', () => {
  const table = json(join(app, 'src/help/zh.json')) as Record<string, string>;
  const short = [
    ...tree.flags.map(({ description }) => description),
    ...tree.commands.flatMap(({ summary, args, flags }) => [
      summary.en!,
      ...[...args, ...flags].map(({ description }) => description),
    ]),
  ];

  test('there is every text, also of those that are made from the schema of an edit', () => {
    const untold = tree.commands.filter(({ summary }) => !/\p{Script=Han}/u.test(summary.zh ?? ''));
    expect(untold.map(({ command }) => command)).toEqual([]);
    const texts = tree.commands.flatMap(({ description = '', args, flags }) => [
      ...(description === '' ? [] : [description]),
      ...[...args, ...flags].map((one) => one.description),
    ]);
    expect([...new Set(texts)].filter((text) => inChinese(text) === undefined)).toEqual([]);
  });

  test('nothing is translated that is not said', () => {
    // Commands that are made of tools are not in the tree.
    const ofTools = toolCommand({ input: {} } as Tool, { plugin: {} as Plugin, isLong: false }).flags;
    const said = new Set([
      ...short,
      ...tree.commands.map(({ description }) => description),
      ...short.map((text) => text.replace(NOTES, '')),
      ...Object.values(ofTools).map(({ description }) => description),
      json(join(app, 'package.json')).description,
    ]);
    expect(Object.keys(table).filter((text) => !said.has(text))).toEqual([]);
  });

  test('the help says it', async () => {
    const cwd = temporaryFolder();
    const help = await cozecut(['draft', 'create', '--help', '--lang', 'zh'], { cwd });
    expect(help.stdout).toContain('用扣子导出、时间线、剪辑表或字幕生成草稿');
    expect(help.stdout).toContain('文件格式（默认自动识别）');
    const all = await cozecut(['--help'], { cwd, env: { LC_ALL: 'zh_CN.UTF-8' } });
    expect(all.stdout).toContain('创建、查看、修复和编辑草稿');
  });
});

describe('words that are wrong', () => {
  const cwd = temporaryFolder();

  test.each([
    ['a command', ['serv'], 'did you mean "serve"?'],
    ['a command like none', ['xyzzy'], '`cozecut --help` lists the commands'],
    [
      'a command of a topic',
      ['job', 'xyzzy'],
      'the commands are job cancel, job list, job logs, job retry, job show',
    ],
    [
      'a tool like none of many',
      ['tool', 'run', 'xyzzy'],
      'there is no plugin.yaml here: `cozecut tool list` names the built-in tools, and --manifest the plugin of another folder',
    ],
  ])('%s: the hint is short', async (_, words, hint) => {
    const { code, stdout, stderr } = await cozecut(words, { cwd });
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(`Hint: ${hint}\n`);
    expect(stderr.length).toBeLessThan(300);
  });

  test('a flag: as JSON with a code, in Chinese with its meaning', async () => {
    const wrong = await cozecut(['lint', '--nope', '--json'], { cwd });
    expect(wrong).toMatchObject({ code: 2, stderr: '' });
    expect(JSON.parse(wrong.stdout).error).toMatchObject({
      code: 'USAGE',
      message: expect.stringContaining('--nope'),
    });
    const told = await cozecut(['lint', '--nope', '--lang', 'zh'], { cwd });
    expect(told.stderr).toBe('错误： 没有选项 --nope\n提示： 用 `cozecut lint --help` 查看用法\n');
  });
});

test.each([
  ['too many arguments', ['auth', 'login', 'x', 'y'], 'cozecut auth login takes no arguments (got x y)'],
  ['one that is missing', ['draft', 'edit', 'rename'], 'DRAFT, NAME must be given'],
  [
    'an argument that is no number',
    ['draft', 'restore', '.', 'x'],
    'the argument must be a whole number (got "x")',
  ],
  [
    'an argument that is none of some',
    ['completion', 'tcsh'],
    'the argument must be bash, zsh or fish (got "tcsh")',
  ],
  ['a flag that is no number', ['serve', '--port', 'x'], '--port must be a whole number (got "x")'],
  ['a number too large', ['serve', '--port', '99999'], '--port must be <= 65535 (got 99999)'],
  ['a number too small', ['serve', '--port=-1'], '--port must be >= 0 (got -1)'],
  ['a value that is none of some', ['lint', '--fail-on', 'x'], '--fail-on must be error or warn (got "x")'],
  ['a value that is not there', ['serve', '--host'], '--host needs a value'],
  ['one of some that is not there', ['lint', '--fail-on'], '--fail-on must be error or warn (got nothing)'],
  ['flags that are missing', ['workflow', 'resume', 'x'], '--answer, --event, --type are missing'],
  [
    'flags that exclude each other',
    ['manifest', 'upgrade', '--write', '--check'],
    '--check and --write exclude each other',
  ],
  ['a flag that needs another', ['manifest', 'typegen', '--check'], '--check needs --out'],
  ['a flag twice', ['serve', '--host', 'a', '--host', 'b'], '--host stands there more than once'],
  ['an unknown flag of a command without flags', ['catalog', 'list', '--nope'], 'there is no flag --nope'],
  ['a flag like another', ['lint', '--jsonn'], 'there is no flag --jsonn', 'did you mean "--json"?'],
  [
    'a command of a topic of a topic',
    ['auth', 'token', 'creat'],
    'there is no command "auth token creat"',
    'did you mean "auth token create"?',
  ],
  ['a topic', ['drat'], 'there is no command "drat"', 'did you mean "draft"?'],
  [
    'a flag of a topic',
    ['manifest', '--nope', 'check'],
    'there is no flag --nope',
    '`cozecut manifest --help` lists the commands',
  ],
  [
    'a flag of a tool before its name',
    ['tool', 'run', '--name', 'x', 'create_draft'],
    'there is no tool "x"',
    'there is no plugin.yaml here: `cozecut tool list` names the built-in tools, and --manifest the plugin of another folder',
  ],
  [
    'a folder that no plugin can be named after',
    ['init', 'some/中文'],
    'the name of a plugin is like my-plugin, 2 to 63 characters (got "中文")',
    'say it with --name',
  ],
  ['no command', ['--json'], 'no command is named', '`cozecut --help` lists the commands'],
] as const)('words that are wrong in other ways: %s', async (_, argv, message, hint?: string) => {
  const run = await cozecut([...argv, '--json'], { cwd: temporaryFolder() });
  expect(run).toMatchObject({ code: 2, stderr: '' });
  const { error } = JSON.parse(run.stdout);
  expect(error.message).toBe(message);
  expect(error.hint).toMatch(hint === undefined ? /^`cozecut [a-z -]+ --help` shows how it is called$/ : /./);
  if (hint !== undefined) expect(error.hint).toBe(hint);
  expect(textInChinese(error.message)).toMatch(/\p{Script=Han}/u);
});

describe('flags of every command, and help', () => {
  const cwd = temporaryFolder();
  const elsewhere = temporaryFolder();

  test('may stand before the command', async () => {
    const behind = await cozecut(['draft', 'profiles', '--json', '--lang', 'zh'], { cwd });
    expect(await cozecut(['--lang', 'zh', '--json', 'draft', 'profiles'], { cwd })).toEqual(behind);
    for (const words of [
      ['draft', '--lang', 'zh', '--json', 'profiles'],
      ['draft', '--json', 'profiles', '--lang=zh'],
    ]) {
      expect(await cozecut(words, { cwd })).toEqual(behind);
    }
    const told = await cozecut(['--lang=zh', 'draft', 'show', 'none'], { cwd });
    expect(told).toMatchObject({ code: 2, stderr: expect.stringContaining('无法读取 none：文件不存在') });
  });

  test('the version is told in each way that people know', async () => {
    const version = await cozecut(['--version'], { cwd });
    expect(version).toMatchObject({ code: 0, stdout: expect.stringMatching(/^cozecut\/\d+\.\d+\.\d+ /) });
    for (const words of [['-v'], ['--quiet', '--version'], ['--lang', 'zh', '-v']]) {
      expect(await cozecut(words, { cwd })).toEqual(version);
    }
  });

  test('may stand before the name of a tool, and so may those that choose the manifest', async () => {
    const file = writeEchoes(cwd);
    const said = { code: 0, stdout: '{\n  "word": "-hi"\n}\n', stderr: '' };
    const behind = ['echo', '--word=-hi'];
    for (const words of [
      ['tool', 'run', '--quiet', '--manifest', file, ...behind],
      ['tool', `--manifest=${file}`, 'run', ...behind, '--quiet'],
      ['--deployment', 'local', 'tool', 'run', '--manifest', file, '--json', ...behind],
    ]) {
      expect(await cozecut(words, { cwd: elsewhere })).toEqual(said);
    }
    // Not run, and not passed over either.
    expect(await cozecut(['tool', 'run', '--', 'echo', '--word', 'hi'], { cwd })).toMatchObject({
      code: 2,
      stdout: '',
      stderr: expect.stringContaining('the name of the tool must stand before its flags'),
    });
  });

  test('a command ends as it would when nobody reads what is said', async () => {
    const child = start(['draft', 'profiles'], { cwd });
    child.stderr.destroy();
    child.stdout.resume();
    expect(await once(child, 'close')).toEqual([0, null]);
    const failed = start(['draft', 'show', 'none'], { cwd });
    failed.stderr.destroy();
    expect(await once(failed, 'close')).toEqual([2, null]);
  });

  test('help is asked for in each way that people know', async () => {
    const asked = await cozecut(['draft', 'show', '--help'], { cwd });
    expect(asked).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('USAGE\n  $ cozecut draft show DRAFT'),
    });
    expect(await cozecut(['help', 'draft', 'show'], { cwd })).toEqual(asked);
    expect(await cozecut(['draft', 'show', '-h'], { cwd })).toEqual(asked);
    const all = await cozecut([], { cwd });
    for (const words of [['help'], ['-h'], ['--no-color']])
      expect(await cozecut(words, { cwd })).toEqual(all);
  });

  test('is whole in Chinese: no heading and no note of the framework is left', async () => {
    for (const words of [['lint'], ['draft', 'edit', 'cut'], ['draft'], []]) {
      const { stdout } = await cozecut([...words, '--help', '--lang', 'zh'], { cwd });
      expect(stdout).toContain('用法');
      expect(
        stdout.split('\n').filter((line) => /^[A-Z ]+$|\((?:required|default)|\[default|<options/.test(line)),
      ).toEqual([]);
    }
  });
});

test.skipIf(!hasTerminal)('colours are for terminals whose person wants them', async () => {
  const options = { cwd: temporaryFolder() };
  const plain = await Promise.all([
    inTerminal(['lint', '--help', '--no-color'], options, []),
    inTerminal(['lint', '--help'], { ...options, env: { NO_COLOR: '1' } }, []),
  ]);
  for (const { code, screen } of plain) {
    expect(code).toBe(0);
    expect(screen).not.toContain('\u001b[');
  }
  expect((await inTerminal(['lint', '--help'], options, [])).screen).toContain('\u001b[');
});
