import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SCENARIO_SCHEMA } from '@cozecut/coze-emulator';
import { draftEditSchema, readInput, timelineSchema } from '@cozecut/draft-core';
import { manifestJsonSchema } from '@cozecut/manifest';
import { isUserError } from '@cozecut/problems';
import { hintInChinese, messageInChinese, textInChinese } from '@cozecut/problems/chinese';
import { describe, expect, test } from 'vitest';
import { saidInSources, wordsInSources } from './said-in-sources.ts';
import { cozecut, temporaryFolder } from './support.ts';

const root = join(import.meta.dirname, '../../..');
const json = (file: string): Record<string, string> => JSON.parse(readFileSync(join(root, file), 'utf8'));
const meanings = json('libs/problems/src/chinese/meanings.json');
const phrases = globSync('libs/problems/src/chinese/phrases/*.json', { cwd: root }).flatMap((file) =>
  Object.entries(json(file)),
);
const shapeOf = (text: string) => text.replace(/\{\w+\}/g, '{}');

const codesIn = (pattern: RegExp, projects: string) =>
  new Set(
    globSync(`${projects}/src/**/*.ts`, { cwd: root })
      .filter((file) => !file.includes('node_modules'))
      .flatMap((file) => [...readFileSync(join(root, file), 'utf8').matchAll(pattern)])
      .map(([, code]) => code!),
  );

/** Where the lint says what the server of Coze will answer, which it does in English. */
const WORDS_OF_COZE =
  /^libs\/manifest\/src\/lint\/(?:server|predict)|cz017|apps\/server\/src\/http\/websocket/;
/** Hints that are commands or YAML. */
const AS_IT_IS = /^ *(?:npx )?cozecut |^npm install |^\w+: (?:["[{]|{ )|^(?:content|items): \{/;

/** Tables that have both languages, and files for other programs. */
const OTHER_TABLES =
  /^apps\/cli\/src\/(?:text|help\/.*|commands\/(?:completion|draft\/edit\/edit-flags)|services\/listen\/service-file)\.ts$/;
/** Pieces of sentences that stand in the book as a whole, and what nobody reads. */
const PIECES: ReadonlySet<string> = new Set([
  '{}: {}{} is more than {}the shorter clip, {}',
  'must be a whole number (got {})',
  'ended with exit code {}',
  'was ended by {}',
  'the stream {} {} ({} bytes) without a terminal event',
  'the chat is {}{}',
  'in a state that is not known',
  'too late',
  'Nonexistent flag',
  'Unexpected argument',
  'edit register',
  'a file is where a folder is needed:',
  '  {}npm install && npm test',
  '{} cozecut workflow resume {} --event {} --type {} --answer {}',
  '{} {}  (cozecut listen --bot {})',
]);

/** What stays as it is in Chinese: quotes, commands and their flags, YAML and code. */
const VERBATIM =
  /"(?:[^"\\]|\\.)*"|`[^`]*`|'[^']*'|\{[^}]*\}|(?:cozecut|draft (?:edit|lint)|npm|npx|openssl)(?: [\w@./:-]+)*|--[\w-]+(?: [\w.:]+)?|modes?: (?:\w+|\[.*?\])|export function|seed auto/g;

/** Words beside each other, or one that is no name. */
const ENGLISH =
  /[A-Za-z]?[a-z']+ [a-z']{2,}|(?<![\w.:/-])(?:and|is|it|of|one|or|the|them|to|with)(?![\w.:/-])/g;

describe('codes', () => {
  test('every rule and every error that a person can get has a meaning in Chinese', () => {
    const projects = '{libs/*,plugins/*,apps/cli,apps/runner,apps/server}';
    const wanted = new Set([
      ...codesIn(/'((?:DR|CZ)\d{3})'/g, projects),
      ...codesIn(/new UserError\(\s*'([A-Z_]+)'/g, projects),
    ]);
    expect(wanted.size).toBeGreaterThan(330);
    expect([...wanted].filter((code) => meanings[code] === undefined)).toEqual([]);
  });

  test('no code is explained that nobody uses', () => {
    const used = codesIn(/'([A-Z][A-Z_0-9]{3,})'/g, '{libs,plugins,apps}/*');
    expect(Object.keys(meanings).filter((code) => !used.has(code))).toEqual([]);
  });
});

/** The hint of what is refused. */
function refusal(call: () => unknown): string {
  try {
    call();
  } catch (error) {
    if (isUserError(error)) return error.hint ?? '';
    throw error;
  }
  return '';
}

describe('fields', () => {
  /** What schemas say about their keys, at any depth. */
  function descriptionsIn(schema: unknown): string[] {
    if (typeof schema !== 'object' || schema === null) return [];
    return Object.entries(schema).flatMap(([key, value]) =>
      key === 'description' && typeof value === 'string' ? [value] : descriptionsIn(value),
    );
  }
  const said = new Set(
    descriptionsIn([
      timelineSchema,
      draftEditSchema,
      manifestJsonSchema('Plugin'),
      manifestJsonSchema('Tool'),
      SCENARIO_SCHEMA,
    ]),
  );

  test('what our schemas say about a key is Chinese in the hint about it', () => {
    expect(said.size).toBeGreaterThan(350);
    const untold = [...said].filter((text) => !/^key：.*\p{Script=Han}/u.test(hintInChinese(`key: ${text}`)));
    // A form alone has no words.
    expect(untold.filter((text) => /[a-z]{3}/.test(text.replace(/`[^`]*`| or /g, '')))).toEqual([]);
  });

  test('nothing is said in Chinese that no schema says', () => {
    const table = Object.keys(json('libs/problems/src/chinese/fields.json'));
    expect(table.filter((text) => !said.has(text))).toEqual([]);
  });
});

describe('sentences', () => {
  const shapes = new Set(phrases.map(([english]) => shapeOf(english)));

  test('every message and hint that stands in the sources has its Chinese', () => {
    const projects =
      '{libs/{auth,catalog,draft-core,manifest,media,plugin-host,problems,store},plugins/*,apps/{cli,runner,server}}';
    const said = saidInSources(root, projects).filter(
      ({ text, file }) => !WORDS_OF_COZE.test(file) && !AS_IT_IS.test(text),
    );
    expect(said.length).toBeGreaterThan(1_000);
    const isSaid = (text: string) =>
      shapes.has(text) || hintInChinese(text.replaceAll('{}', '"x"')) !== text.replaceAll('{}', '"x"');
    expect(said.filter(({ text }) => !isSaid(text)).map(({ text, file }) => `${file}: ${text}`)).toEqual([]);
  });

  test('what is said in Chinese is said whole: no words of English are left but names, commands and forms', () => {
    const projects =
      '{libs/{auth,catalog,draft-core,manifest,media,plugin-host,problems,store,coze-transport},plugins/*,apps/{cli,runner,server}}';
    const said = [
      ...saidInSources(root, projects),
      ...wordsInSources(root, '{libs/{coze-transport,plugin-host},apps/{cli,runner}}'),
    ].filter(
      ({ text, file }) =>
        !WORDS_OF_COZE.test(file) &&
        !OTHER_TABLES.test(file) &&
        !PIECES.has(text) &&
        !/\p{Script=Han}/u.test(text),
    );
    const inPart = said.flatMap(({ text, file }) => {
      const chinese = hintInChinese(text.replaceAll('{}', '"x"'));
      const left = chinese.replace(VERBATIM, '…').match(ENGLISH);
      return left !== null && /\p{Script=Han}/u.test(chinese) ? [`${file}: ${chinese}`] : [];
    });
    expect([...new Set(inPart)]).toEqual([]);
  });

  test('so has every text of the programs of a person, wherever it stands in the sources', () => {
    const projects = '{libs/{coze-transport,plugin-host},apps/{cli,runner}}';
    const said = wordsInSources(root, projects).filter(
      ({ text, file }) =>
        !OTHER_TABLES.test(file) &&
        !AS_IT_IS.test(text) &&
        !PIECES.has(text) &&
        !/\p{Script=Han}/u.test(text),
    );
    expect(said.length).toBeGreaterThan(350);
    const isSaid = (text: string) =>
      textInChinese(text.replaceAll('{}', '"x"')) !== text.replaceAll('{}', '"x"');
    expect(said.filter(({ text }) => !isSaid(text)).map(({ text, file }) => `${file}: ${text}`)).toEqual([]);
  });

  test('each says in Chinese what it says in English: the same names, no others', () => {
    const names = (text: string) => [...text.matchAll(/\{[~!^]?(\w+)\}/g)].map(([, name]) => name).sort();
    for (const [english, chinese] of phrases) {
      expect({ english, names: [...new Set(names(chinese))] }).toEqual({ english, names: names(english) });
    }
  });

  test('a list of what there is has its words in Chinese and its names as they are', () => {
    const hint = refusal(() => readInput('{"no": "format"}'));
    expect(hint).toMatch(/^formats: .*coze2jianying \(export of /);
    expect(hintInChinese(hint)).toMatch(/^格式：.*coze2jianying（Coze2JianYing 的导出内容）/);
    expect(hintInChinese(hint).replace('Advanced SubStation Alpha', '')).not.toMatch(/[a-z]{2} [a-z]{2}/);
  });

  test('names, numbers and what a person wrote stay as they are', () => {
    expect(
      messageInChinese('WRONG_VALUE', 'tool a_b: the input of example "a list": text must be text (got 5)'),
    ).toBe('工具 a_b：示例 "a list" 的输入：text 必须是文本（实际为 5）');
    expect(messageInChinese('DR030', '{"x": 1} is new here')).toBe('片段缺少素材：{"x": 1} is new here');
    expect(messageInChinese('X', 'nobody says this')).toBe('nobody says this');
    expect(hintInChinese('nobody says this')).toBe('nobody says this');
    // What the schema of a plugin says about a key is not ours.
    expect(hintInChinese('text: a list')).toBe('text: a list');
    expect(hintInChinese('mode: cloud for one, modes: [cloud, local] for several')).toMatch(/^一种方式/);
  });
});

test('the command line says message, hint and labels in Chinese; programs get the data as ever', async () => {
  const cwd = temporaryFolder();
  const wrong = ['draft', 'create', 'none.json', '--out', 'x'];
  const { code, stderr } = await cozecut([...wrong, '--lang', 'zh'], { cwd });
  expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringMatching(/^错误： 无法读取 none\.json/) });
  const told = await cozecut([...wrong, '--lang', 'zh', '--json'], { cwd });
  expect(JSON.parse(told.stdout).error.message).toMatch(/^cannot read none\.json/);
});

test('what a setting is when nobody sets it is said in Chinese', async () => {
  const { stdout } = await cozecut(['config', 'list', '--lang', 'zh'], { cwd: temporaryFolder() });
  const rows = stdout.trim().split('\n');
  expect(rows.length).toBeGreaterThan(10);
  expect(rows.filter((row) => /[a-z]{2} [a-z]{2}/.test(row))).toEqual([]);
});
