import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { cozecut, temporaryFolder } from './support.ts';
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

describe('in Chinese', () => {
  const table = json(join(app, 'src/help/zh.json')) as Record<string, string>;
  const short = [
    ...tree.flags.map(({ description }) => description),
    ...tree.commands.flatMap(({ summary, args, flags }) => [
      summary.en!,
      ...[...args, ...flags].map(({ description }) => description),
    ]),
  ];

  test('there is every text but those that are made from the schema of an edit', () => {
    const untold = tree.commands.filter(({ summary }) => !/\p{Script=Han}/u.test(summary.zh ?? ''));
    expect(untold.map(({ command }) => command)).toEqual([]);
    const made = /^draft edit (?!apply|list|register|rename|sync)/;
    const texts = tree.commands
      .filter(({ command }) => !made.test(command))
      .flatMap(({ description = '', args, flags }) => [
        ...(description === '' ? [] : [description]),
        ...[...args, ...flags].map((one) => one.description),
      ]);
    expect([...new Set(texts)].filter((text) => table[text] === undefined)).toEqual([]);
  });

  test('nothing is translated that is not said', () => {
    const said = new Set([
      ...short,
      ...tree.commands.map(({ description }) => description),
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
    ['a tool like none of many', ['tool', 'run', 'xyzzy'], '`cozecut tool list` names the tools'],
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
    expect(told.stderr).toContain('错误： 命令用法不正确：');
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
