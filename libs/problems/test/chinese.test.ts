import { describe, expect, test } from 'vitest';
import { CHINESE_WORDS, problemInChinese } from '../src/chinese/index.ts';
import { createPhraseBook } from '../src/chinese/phrase-book.ts';
import { codeFrame, formatProblem, printProblems } from '../src/index.ts';

const book = createPhraseBook([
  {
    'a list': '列表',
    'a list or a map': '列表或映射',
    'the tool': '工具',
    list: '列表',
    'must be {kind}': '必须是{~kind}',
    'must be {kind} now': '现在必须是{~kind}',
    '{place}: {message}': '{place}：{!message}',
    '{subject} {expected} (got {value})': '{^subject} {!expected}（实际为 {~value}）',
    '{first} and {second} differ': '{first} 与 {second} 不同',
  },
]);

describe('a phrase book', () => {
  test('a number of things is one word: a sentence that ends like it is another one', () => {
    const counted = createPhraseBook([{ '{count} keys': '{count} 个键' }]);
    expect(counted('2 keys')).toBe('2 个键');
    expect(counted('expected two keys')).toBe(undefined);
  });

  test.each([
    ['a sentence without gaps', 'a list', '列表'],
    ['a value stays', 'must be 5', '必须是 5'],
    ['a value that is a phrase is said', 'must be a list or a map', '必须是列表或映射'],
    ['more words count before fewer', 'must be a list now', '现在必须是列表'],
    ['a sentence in a sentence', 'plugin.yaml: a list', 'plugin.yaml：列表'],
    ['two gaps', 'a.json and b.json differ', 'a.json 与 b.json 不同'],
    ['names are joined', 'must be a, b or c', '必须是 a、b 或 c'],
    [
      'a text in quotes is not translated',
      'x must be a list (got "a list")',
      'x 必须是列表（实际为 "a list"）',
    ],
    ['brackets in a value', 'x must be a list (got f(a (b)))', 'x 必须是列表（实际为 f(a (b))）'],
    ['a subject of words is said', 'the tool must be a list (got 5)', '工具必须是列表（实际为 5）'],
    ['a subject of one word is a name', 'list must be a list (got 5)', 'list 必须是列表（实际为 5）'],
  ])('%s', (_, english, chinese) => expect(book(english)).toBe(chinese));

  test.each([
    ['nobody says this'],
    ['plugin.yaml: nobody says this'],
    ['x can be nothing else (got 5)'],
    [`must be ${'a'.repeat(3_000)}`],
  ])('has nothing for %.40s', (english) => expect(book(english)).toBeUndefined());
});

const problem = {
  code: 'WRONG_TYPE',
  severity: 'error',
  message: 'unknown key "nmae" in the tool',
  hint: 'Write true or false',
  suggestions: ['name'],
  predicted: 'value of openapi must be a non-empty string',
} as const;

test('a problem in Chinese: message, hint and labels; what Coze answers stays', () => {
  const said = problemInChinese({ ...problem, suggestions: ['name'] });
  expect(formatProblem(said, CHINESE_WORDS)).toBe(
    [
      '错误 工具中有未知的键 "nmae" [WRONG_TYPE]',
      '  是否指 "name"？',
      '  请写 true 或 false',
      '  扣子会返回： value of openapi must be a non-empty string',
    ].join('\n'),
  );
  expect(printProblems([said], 'stylish', { words: CHINESE_WORDS })).toContain('1 个错误');
  expect(printProblems([], 'codeframe', { words: CHINESE_WORDS })).toBe('');
});

test('columns fit and marks stand under what they mean, where characters are wide', () => {
  const source = 'title: 我的插件 x 🙂 y\n';
  const at = (start: number, end: number) =>
    codeFrame({
      file: 'a.yaml',
      start: { line: 1, column: start },
      end: { line: 1, column: end },
      source,
    }).split('\n')[1];
  expect(at(8, 12)).toBe(`    | ${' '.repeat(7)}${'^'.repeat(8)}`);
  expect(at(13, 14)).toBe(`    | ${' '.repeat(16)}^`);
  expect(at(18, 19)).toBe(`    | ${' '.repeat(21)}^`);
  const rows = [
    { ...problem, code: 'A', message: '文字' },
    { ...problem, code: 'B', message: 'text' },
  ];
  const [first, second] = printProblems(
    rows.map((row) => ({ ...row, suggestions: [] })),
    'stylish',
  ).split('\n');
  expect([first, second].join('|')).toMatch(/文字 {2}A\|.*text {2}B$/);
});
