import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { cozecut, start, temporaryFolder } from './support.ts';

const MANIFEST = `apiVersion: cozecut/v1
kind: Plugin
metadata: { name: speaking, version: 1.0.0, title: Speaking }
texts: { zh-CN: ./zh.json }
tools:
  - name: say
    summary: Say something
    description: { model: Call it to speak. }
    handler: { http: { url: "https://example.com" } }
    input:
      type: object
      required: [words]
      properties:
        words: { type: string, description: What is said }
        loud: { type: integer, default: 5, description: How loud }
        list: { type: array, items: { type: string }, description: Nothing says this }
    output: { type: object }
`;
const CHINESE = {
  'Say something': '说一句话',
  'Call it to speak.': '说话时调用。',
  'What is said': '说的内容',
  'How loud': '音量',
};

function pluginFolder(): string {
  const cwd = temporaryFolder();
  writeFileSync(join(cwd, 'plugin.yaml'), MANIFEST);
  writeFileSync(join(cwd, 'zh.json'), JSON.stringify(CHINESE));
  return cwd;
}

test('tools are listed, shown and explained in the language of the person; programs get them as written', async () => {
  const cwd = pluginFolder();
  const said = async (...words: string[]) => (await cozecut(words, { cwd })).stdout;
  expect(await said('tool', 'list', '--lang', 'zh')).toBe('say  说一句话\n');
  expect(await said('tool', 'list', '--lang', 'en')).toBe('say  Say something\n');
  expect(JSON.parse(await said('tool', 'list', '--lang', 'zh', '--json')).tools[0].summary).toBe(
    'Say something',
  );

  const shown = await said('tool', 'show', 'say', '--lang', 'zh');
  expect(shown).toMatch(/^say: 说一句话\n\n说话时调用。\n/);
  expect(shown).toContain('"description": "说的内容"');
  expect(JSON.parse(await said('tool', 'show', 'say', '--lang', 'zh', '--json')).summary).toBe(
    'Say something',
  );

  const help = await said('tool', 'run', 'say', '--help', '--lang', 'zh');
  expect(help).toMatch(/^说一句话\n/);
  expect(help).toMatch(/--words=<value> +说的内容（必填）/);
  expect(help).toMatch(/--loud=<value> +音量（默认 5）/);
  // What has no translation is as it is written.
  expect(help).toMatch(/--list=<value> +Nothing says this（JSON）/);
  expect(help).toMatch(/--input=<value> +整个输入/);
  expect(help).toContain('说话时调用。');
  const english = await said('tool', 'run', 'say', '--help', '--lang', 'en');
  expect(english).toMatch(/--words=<value> +What is said \(required\)/);
  expect(english).toMatch(/--loud=<value> +How loud \(default: 5\)/);
  expect(english).not.toMatch(/\p{Script=Han}/u);
});

test('a server that starts lists its tools in the language of the person', async () => {
  const server = start(['serve', '--port', '0', '--lang', 'zh'], { cwd: pluginFolder() });
  let said = '';
  const ended = once(server, 'close');
  for await (const part of server.stderr) {
    said += part;
    if (said.includes('Ctrl-C')) server.kill('SIGTERM');
  }
  await ended;
  expect(said).toContain('  POST /v1/tools/say  说一句话\n');
});

test('what is wrong with the input is explained in the words of the plugin', async () => {
  const cwd = pluginFolder();
  const wrong = ['tool', 'run', 'say', '--lang', 'zh'];
  const { stderr } = await cozecut(wrong, { cwd });
  expect(stderr).toContain('words: 说的内容');
  const { stdout } = await cozecut([...wrong, '--json'], { cwd });
  expect(JSON.parse(stdout).error.problems[0].hint).toBe('words: What is said');
});

test('documents are exported in a language that was asked for, whatever the person speaks', async () => {
  const cwd = pluginFolder();
  const exported = async (...words: string[]) => cozecut(['openapi', 'export', ...words], { cwd });
  expect((await exported('--lang', 'zh')).stdout).toContain('summary: Say something. Call it to speak.');
  expect((await exported('--texts', 'zh')).stdout).toContain('summary: 说一句话。说话时调用。');
  expect(await exported('--texts', 'fr')).toMatchObject({
    code: 2,
    stderr: expect.stringMatching(/no texts in "fr"\n.*It has zh-CN/),
  });
  await cozecut(['plugin', 'export', '--texts', 'zh-CN', '--out', 'coze'], { cwd });
  expect(readFileSync(join(cwd, 'coze/openapi.yaml'), 'utf8')).toContain('说的内容');
});

test('the check of the manifest names a translation of nothing', async () => {
  const cwd = pluginFolder();
  writeFileSync(join(cwd, 'zh.json'), JSON.stringify({ ...CHINESE, 'How lout': '音量' }));
  const { code, stdout, stderr } = await cozecut(['manifest', 'check', '--lang', 'zh'], { cwd });
  expect(code).toBe(0);
  expect(stdout + stderr).toMatch(/插件中没有这段原文："How lout" \[TEXT_UNKNOWN\]\n +是否指 "How loud"？/);
});
