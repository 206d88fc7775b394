import { describe, expect, test } from 'vitest';
import {
  checkManifest,
  emitOpenapi,
  languageAmong,
  type Plugin,
  pluginInLanguage,
  readTexts,
  speaks,
  textsOf,
  translatePlugin,
} from '../src/index.ts';
import { loadFull } from './support/full.ts';

const FILE = '/plugin/plugin.yaml';
const MANIFEST = `apiVersion: cozecut/v1
kind: Plugin
metadata:
  name: speaking
  version: 1.0.0
  title: { en: Speaking, zh-CN: 说话 }
  description: Says something
texts: { zh-CN: ./texts/zh.json }
tools:
  - name: say
    summary: Say something
    description: { model: Call it to speak. }
    handler: { http: { url: "https://example.com" } }
    deprecated: { message: Use shout. }
    input:
      type: object
      required: [words]
      properties:
        words:
          type: array
          description: What is said
          items:
            oneOf:
              - { type: string, description: A word }
              - { type: object, title: Group, additionalProperties: { type: string, description: One of them } }
        description: { type: string, default: What is said, description: A property of that name }
    output: { type: object, properties: { said: { type: string, description: What was said } } }
    examples: [{ name: one, input: { words: [A word] } }]
`;
const CHINESE = {
  'Says something': '说点什么',
  'Say something': '说一句话',
  'Call it to speak.': '说话时调用。',
  'Use shout.': '请用 shout。',
  'What is said': '说的内容',
  'A word': '一个词',
  Group: '一组',
  'One of them': '其中一个',
  'A property of that name': '同名的属性',
  'What was said': '说过的内容',
};

function check(texts: string | undefined) {
  const files: Record<string, string | undefined> = { [FILE]: MANIFEST, '/plugin/texts/zh.json': texts };
  const reads = {
    exists: (path: string) => files[path] !== undefined,
    readFile: (path: string) => files[path]!,
  };
  const { plugin, problems } = checkManifest(FILE, reads);
  const shown = problems.map(({ code, severity, message, location, suggestions }) => ({
    code,
    severity,
    message,
    at: `${location?.file}:${location?.start.line}:${location?.start.column}`,
    ...(suggestions === undefined || suggestions.length === 0 ? {} : { suggestions }),
  }));
  return { plugin, problems: shown, reads };
}

/** The plugin in Chinese by a table. */
function inChinese(table: object, language = 'zh'): Plugin {
  const { plugin, reads } = check(JSON.stringify(table));
  return translatePlugin(plugin!, readTexts(plugin!, language, reads));
}

describe('a table of texts', () => {
  test('stands for every text at every depth, and for nothing else', () => {
    const [tool] = inChinese(CHINESE).tools;
    expect(tool).toMatchObject({
      name: 'say',
      summary: '说一句话',
      description: { model: '说话时调用。' },
      deprecated: { message: '请用 shout。' },
      examples: [{ input: { words: ['A word'] } }],
      input: {
        properties: {
          words: {
            description: '说的内容',
            items: {
              oneOf: [
                { description: '一个词' },
                { title: '一组', additionalProperties: { description: '其中一个' } },
              ],
            },
          },
          description: { default: 'What is said', description: '同名的属性' },
        },
      },
      output: { properties: { said: { description: '说过的内容' } } },
    });
    const { plugin } = check(JSON.stringify(CHINESE));
    expect(textsOf(plugin!).sort()).toEqual([...Object.keys(CHINESE), 'Speaking'].sort());
  });

  test('is looked up by language; what it does not have stays as it is written', () => {
    expect(inChinese({ 'Say something': '说' }).tools[0]).toMatchObject({
      summary: '说',
      input: { properties: { words: { description: 'What is said' } } },
    });
    expect(inChinese(CHINESE, 'fr').tools[0]!.summary).toBe('Say something');
    expect(inChinese(CHINESE, 'zh-TW').openapi.title).toBe('说话');
    expect(languageAmong(['en', 'zh-CN', 'zh'], 'zh-Hans-CN')).toBe('zh');
    expect(languageAmong(['zh-TW', 'zh-CN'], 'ZH-cn')).toBe('zh-CN');
    expect(languageAmong(['zh-CN'], 'z')).toBeUndefined();
    expect(languageAmong([], '')).toBeUndefined();
  });

  test('makes documents of its language, with its full stops', () => {
    const { info, paths } = emitOpenapi(inChinese(CHINESE), { profile: 'coze' }) as {
      info: object;
      paths: Record<string, { post: { summary: string } }>;
    };
    expect(info).toMatchObject({ title: '说话', description: '说点什么' });
    expect(paths['/coze/plugin/v1/tools/say']!.post.summary).toMatch(/^说一句话。说话时调用。/);
  });
});

describe('what documents say besides the texts of the plugin', () => {
  /** Every text for a reader, at any depth of a document. */
  function texts(part: unknown, key = ''): string[] {
    if (typeof part === 'string') return /^(?:description|summary)$/.test(key) ? [part] : [];
    if (typeof part !== 'object' || part === null) return [];
    if (key === 'examples') return [];
    if (key === 'scopes') return Object.values(part as Record<string, string>);
    return Object.entries(part).flatMap(([name, value]) => texts(value, name));
  }

  /** The plugin with everything, all of its own texts in Chinese but for those that it does not have. */
  const plugin = loadFull();
  const speaking = translatePlugin(plugin, () => '文字');
  const nameless = { type: 'object', properties: { a_list: { type: ['integer', 'boolean'] }, any: {} } };
  const tools = speaking.tools.map((tool) => ({
    ...tool,
    progress: true,
    effects: { ...tool.effects, idempotent: 'key' as const },
    deprecated: { since: '1.0.0', replacedBy: 'other_tool', message: undefined },
    input: { ...tool.input, properties: { ...(tool.input.properties as object), nameless } },
    output: { ...tool.output, properties: { ...(tool.output.properties as object), nameless } },
  })) as unknown as Plugin['tools'];

  test.each(['coze', 'local', 'full'] as const)('is Chinese in the document %s of a plugin', (profile) => {
    const inWords = (language: string | undefined) =>
      texts(emitOpenapi({ ...speaking, tools, ...(language && { language }) }, { profile }));
    const said = inWords('zh-CN');
    expect(said.length).toBeGreaterThan(20);
    expect(said.filter((text) => text !== '' && !/\p{Script=Han}/u.test(text))).toEqual([]);
    expect(said.filter((text) => /[a-z]+ [a-z]{2,}/.test(text))).toEqual([]);
    // The same texts with the words of the manifest alone.
    expect(inWords(undefined).join()).toContain('Result of the call');
    expect(inWords('fr')).toEqual(inWords(undefined));
  });

  test('is Chinese only where the plugin is: by its texts, or as it is written', () => {
    const { plugin: written, reads } = check(JSON.stringify(CHINESE));
    const noteOf = (one: Plugin, language: string) =>
      JSON.stringify(emitOpenapi(pluginInLanguage(one, language, reads), { profile: 'coze' }));
    expect(noteOf(written!, 'zh')).toContain('调用结果');
    expect(noteOf(written!, 'en')).toContain('Result of the call');
    const without = { ...written!, texts: {} };
    expect([speaks(without, 'zh-CN'), noteOf(without, 'zh-CN').includes('调用结果')]).toEqual([false, false]);
    const own = { ...without, description: { human: '说点什么', model: '说点什么' } };
    expect([speaks(own, 'zh-CN'), noteOf(own, 'zh-CN').includes('调用结果')]).toEqual([true, true]);
    expect(speaks(own, 'en')).toBe(false);
  });
});

describe('the check of a table', () => {
  test('finds nothing in one that fits, also where texts are missing in it', () => {
    expect(check(JSON.stringify(CHINESE)).problems).toEqual([]);
    expect(check('\uFEFF{}').problems).toEqual([]);
  });

  test('names what nothing says, at its place, with what was meant', () => {
    expect(check('{\n  "Say somethin": "说",\n  "toString": "x"\n}').problems).toEqual([
      {
        code: 'TEXT_UNKNOWN',
        severity: 'warning',
        message: 'nothing in the plugin says "Say somethin"',
        at: '/plugin/texts/zh.json:2:3',
        suggestions: ['Say something'],
      },
      {
        code: 'TEXT_UNKNOWN',
        severity: 'warning',
        message: 'nothing in the plugin says "toString"',
        at: '/plugin/texts/zh.json:3:3',
      },
    ]);
  });

  test('refuses what is no table', () => {
    const refused = (texts: string | undefined) => {
      const { plugin, problems } = check(texts);
      expect(plugin).toBeUndefined();
      return problems.map(({ code, message, at }) => `${at} ${code} ${message}`);
    };
    const there = '/plugin/plugin.yaml:8:17 TEXTS_INVALID';
    expect(refused(undefined)).toEqual([`${there} there is no file /plugin/texts/zh.json`]);
    expect(refused('Say something: 说')[0]).toContain(`${there} /plugin/texts/zh.json is not JSON: `);
    expect(refused('[]')).toEqual([`${there} /plugin/texts/zh.json holds no object`]);
    expect(refused('{"Say something": {"toString": false}, "A word": ""}')).toEqual([
      '/plugin/texts/zh.json:1:19 TEXTS_INVALID the text for "Say something" is missing',
      '/plugin/texts/zh.json:1:50 TEXTS_INVALID the text for "A word" is missing',
    ]);
    expect(refused('{"A word": "词", "A word": "词"}')[0]).toMatch(/^\/plugin\/texts\/zh\.json:1:17 /);
  });

  test('ends soon where every text of a large table is unknown', () => {
    const table = Object.fromEntries(
      Array.from({ length: 2_000 }, (_, at) => [`${'Say something '.repeat(10)}${at}`, '说']),
    );
    expect(check(JSON.stringify(table)).problems).toHaveLength(2_000);
  });
});
