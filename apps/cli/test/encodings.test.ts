import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { CLI, cleanEnvironment, cozecut, temporaryFolder } from './support.ts';

const cwd = temporaryFolder();
const TEXT = '{"text": "早间新闻"}\r\n';
const MARK = '\uFEFF';
/** Bytes of the text in GB18030, the encoding of a Chinese Windows. */
const GB18030 = Buffer.from('7b2274657874223a2022d4e7bce4d0c2cec5227d0d0a', 'hex');

writeFileSync(join(cwd, 'say.js'), 'export const say = ({ text }) => ({ text });');
const MANIFEST = `apiVersion: cozecut/v1
kind: Plugin
metadata: { name: says, version: 1.0.0 }
tools:
  - name: say
    summary: 早间新闻
    handler: ./say.js#say
    input: { type: object, properties: { text: { type: string, description: Text } } }
    output: { type: object, properties: { text: { type: string, description: Text } } }
`;
writeFileSync(join(cwd, 'plugin.yaml'), MANIFEST);

const UNDERSTOOD: [name: string, bytes: Buffer][] = [
  ['UTF-8', Buffer.from(TEXT)],
  ['UTF-8 with its mark, as editors of Windows write it', Buffer.from(MARK + TEXT)],
  ['UTF-16, as PowerShell writes it', Buffer.from(MARK + TEXT, 'utf16le')],
  ['UTF-16 of the other order', Buffer.from(MARK + TEXT, 'utf16le').swap16()],
];

test.each(UNDERSTOOD)('an input in %s, from a file and from a pipe', async (_, bytes) => {
  writeFileSync(join(cwd, 'input.json'), bytes);
  const file = await cozecut(['tool', 'run', 'say', '--input', '@input.json'], { cwd });
  expect(file).toEqual({ code: 0, stdout: '{\n  "text": "早间新闻"\n}\n', stderr: '' });
  const pipe = spawnSync(process.execPath, [CLI, 'tool', 'run', 'say', '--input', '-'], {
    cwd,
    env: cleanEnvironment({}),
    input: bytes,
    encoding: 'utf8',
  });
  expect({ code: pipe.status, stdout: pipe.stdout }).toEqual({ code: 0, stdout: file.stdout });
});

test('an input in an encoding that would be taken for other words is refused', async () => {
  writeFileSync(join(cwd, 'gb.json'), GB18030);
  const run = await cozecut(['tool', 'run', 'say', '--input', '@gb.json'], { cwd });
  expect(run).toMatchObject({ code: 2, stdout: '' });
  expect(run.stderr).toBe('Error: cannot read gb.json: it is not UTF-8\nHint: Save the file as UTF-8\n');
});

test('an input in UTF-16 that was cut off is refused, in the language of the person', async () => {
  writeFileSync(join(cwd, 'cut.json'), Buffer.from(MARK + TEXT, 'utf16le').subarray(0, -1));
  const run = (...words: string[]) =>
    cozecut(['tool', 'run', 'say', '--input', '@cut.json', ...words], { cwd });
  const code = 2;
  const english = 'Error: cannot read cut.json: it is cut off or no UTF-16\n';
  expect(await run()).toEqual({ code, stdout: '', stderr: english });
  expect((await run('--lang', 'zh')).stderr).toContain('内容不完整，或不是 UTF-16 编码');
});

test('so is a manifest, by all who read it; a mark and the line ends of Windows do no harm', async () => {
  const gb = Buffer.from(MANIFEST.replace('早间新闻', 'NEWS'));
  const at = gb.indexOf('NEWS');
  GB18030.copy(gb, at, 10, 14);
  writeFileSync(join(cwd, 'gb.yaml'), gb);
  const check = await cozecut(['manifest', 'check', '--manifest', 'gb.yaml', '--lang', 'zh'], { cwd });
  expect(check).toMatchObject({ code: 2, stdout: '' });
  expect(check.stderr).toMatch(/无法读取清单文件 .*gb\.yaml：不是 UTF-8 编码/);
  const lint = await cozecut(['lint', 'gb.yaml'], { cwd });
  expect(lint).toMatchObject({ code: 2 });
  expect(lint.stderr).toContain('it is not UTF-8');
  writeFileSync(join(cwd, 'windows.yaml'), MARK + MANIFEST.replaceAll('\n', '\r\n'));
  const list = await cozecut(['tool', 'list', '--manifest', 'windows.yaml'], { cwd });
  expect(list).toMatchObject({ code: 0, stdout: 'say  早间新闻\n' });
});

test('a replacement character that somebody wrote is a character', async () => {
  writeFileSync(join(cwd, 'odd.yaml'), MANIFEST.replace('早间新闻', 'a \uFFFD b'));
  const list = await cozecut(['tool', 'list', '--manifest', 'odd.yaml'], { cwd });
  expect(list).toMatchObject({ code: 0, stdout: 'say  a \uFFFD b\n' });
});

test('@ without a name is told as that', async () => {
  const run = await cozecut(['tool', 'run', 'say', '--input', '@'], { cwd });
  expect(run).toMatchObject({ code: 2, stderr: 'Error: @ must be followed by the name of a file\n' });
});
