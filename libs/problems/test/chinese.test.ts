import { describe, expect, test } from 'vitest';
import { CHINESE_WORDS, hintInChinese, messageInChinese, problemInChinese } from '../src/chinese/index.ts';
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

describe('reasons, places and what other programs say', () => {
  test.each([
    [
      "--input is not JSON: Expected property name or '}' in JSON at position 1 (line 1 column 2)",
      "--input 不是 JSON：第 1 行第 2 列（位置 1）应为键名或 '}'",
    ],
    ['"board.png" at 0 s on video track 1 has no sound', '视频轨道 1 上 0 秒处的 "board.png" 没有声音'],
    [
      '"a b" at 5 s on track "it is: x" plays at a changing speed: such clips can be moved, not cut',
      '轨道 "it is: x" 上 5 秒处的 "a b" 使用曲线变速：这样的片段只能移动，不能剪切',
    ],
    ['line 3: the cue has no end; it is left out', '第 3 行：这条字幕没有结束时间，已略去'],
    [
      'draft: the unit cannot be decided, the length of no media file is known: tracks[0].segments[0] ends at 4000 (walk.mp4 of unknown length; fits s or ms)',
      'draft：无法确定时间单位，没有一个素材文件的时长是已知的：tracks[0].segments[0] 结束于 4000（walk.mp4，时长未知，符合秒或毫秒）',
    ],
    [
      'tracks[0].clips[0].ranges[0]: "Bye" is not in the text',
      'tracks[0].clips[0].ranges[0]：文字中没有 "Bye"',
    ],
    [
      'stranger.zip has an unsafe file "/etc/passwd": it is absolute',
      'stranger.zip 中有不安全的文件 "/etc/passwd"：是绝对路径',
    ],
    ['"C:/a.mp4" is a path of another system', '"C:/a.mp4" 是其他系统的路径'],
    ['--answer, --event, --type are missing', '缺少选项 --answer, --event, --type'],
    ['captions[0] needs "start"', 'captions[0] 缺少 "start"'],
    ['the input needs "start"', '输入缺少 "start"'],
  ])('%s', (english, chinese) => {
    expect(messageInChinese('', english)).toBe(chinese);
  });
});

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

test('a list of what there is, is ours; a key with what a schema says about it is not', () => {
  expect(hintInChinese('formats: srt, vtt')).toBe('格式：srt, vtt');
  expect(hintInChinese('start: a value')).toBe('start: a value');
  // But for our own schemas.
  expect(hintInChinese('canvas: Size of the picture')).toBe('canvas：画面尺寸');
});

test.each([
  ['expected a value (got "hello")', '此处应为一个值（实际为 "hello"）'],
  ['the text ends, expected a key or "}"', '文本到此结束，此处应为一个键或 "}"'],
])('what stands where JSON is wrong: %s', (english, chinese) => {
  const place = 'not valid JSON at line 1, column 1 (character 0)';
  expect(messageInChinese('DR162', `${place}: ${english}`)).toBe(
    `第 1 行第 1 列（第 0 个字符）不是有效的 JSON：${chinese}`,
  );
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
